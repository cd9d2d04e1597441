import { describe, expect, it } from "vitest";
import { colourable, fano } from "../../src/study/reduction-instances/recipe.ts";
import { reductionInstances } from "../../src/study/reduction-instances/study.ts";
import { recipeTask } from "../../src/study/study.ts";
import { recordOf } from "../../src/run/store/files.ts";
import { builtIn } from "../../src/study/registry.ts";

describe("the reduction on instances", () => {
  it("is held against every colouring: of the Fano plane none is proper, without one of its lines some are", () => {
    expect(colourable(fano)).toBe(false);
    for (let i = 0; i < 7; i++)
      expect(colourable({ vertices: 7, edges: fano.edges.filter((_, e) => e !== i) })).toBe(true);
  });

  it("holds where both agree, and is open where one instance disagrees or has no answer", () => {
    const of = (...fittable: (boolean | null)[]) =>
      recordOf(
        recipeTask("reduction-instances", "gnn-degree-parity", {}),
        { instances: fittable.map((f) => ({ vertices: 7, edges: 7, fittable: f, colourable: true })) },
        {},
      );
    const scope = { scale: "quick", catalogue: builtIn } as const;
    const verdict = (...fittable: (boolean | null)[]) =>
      reductionInstances.evidence?.([of(...fittable)], scope)[0].verdict;
    expect(verdict(true, true)).toEqual({
      kind: "holds",
      because: "fitting and colouring agree on 2 of 2 instances",
    });
    expect(verdict(true, false)?.kind).toBe("open");
    expect(verdict(true, null)?.kind).toBe("open");
  });
});
