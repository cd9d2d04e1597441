import { describe, expect, it } from "vitest";
import { recordOf } from "../../../src/run/store/files.ts";
import { averageMember as recipe, fittedExplained } from "../../../src/study/average-member/recipe.ts";
import { averageCheck, averageMember } from "../../../src/study/average-member/study.ts";
import { recipeTask } from "../../../src/study/study.ts";
import { builtIn } from "../../../src/study/registry.ts";

const context = { catalogue: builtIn };

describe("the average predictor", () => {
  it("is fitted on one half and judged on the other", () => {
    const h = Float64Array.from({ length: 40 }, (_, i) => i % 7);
    expect(
      fittedExplained(
        h,
        h.map((x) => 3 - 2 * x),
      ),
    ).toBeCloseTo(1, 12);
    expect(
      fittedExplained(
        h.map(() => 1),
        h,
      ),
    ).toBeLessThanOrEqual(0);
    // right on the first half, wrong on the second: what a fit to all of it would hide
    expect(
      fittedExplained(
        h,
        h.map((x, i) => (i < 20 ? x : -x)),
      ),
    ).toBeLessThan(-1);
  });

  it("says nothing of a hidden plane, and of polynomials in one variable what they share", async () => {
    const of = (family: string, params: Record<string, number>) =>
      recipe({ family, params, members: 30, samples: 2000, targets: 3 }, context);
    const planes = (await of("gnn-hidden-plane", { n: 1, d: 32, k: 4 }))["explained"] as number[];
    for (const x of planes) expect(Math.abs(x)).toBeLessThan(0.05);
    // one set S for all: the average is the target itself
    const one = await recipe(
      {
        family: "gnn-degree-parity",
        params: { n: 6, degrees: [1, 2] },
        members: 3,
        samples: 500,
        targets: 2,
      },
      context,
    );
    expect(one["explained"]).toEqual([1, 1]);
  });

  it("is a check of the family's cell at just its size", () => {
    const result = {
      family: "gnn-hidden-plane",
      params: { d: 32 },
      members: 30,
      samples: 100,
      explained: [0.01, 0.03],
    };
    const record = recordOf(recipeTask("average-member", "gnn-hidden-plane", {}), result, {});
    expect(averageCheck("gnn-hidden-plane", { d: 32 }, [record])?.says).toBe(
      "the average of 30 members explains 0.020 of 2 others",
    );
    expect(averageCheck("gnn-hidden-plane", { d: 64 }, [record])).toBeNull();
    expect(averageMember.read([], { scale: "laptop", ...context })).toBeNull();
  });
});
