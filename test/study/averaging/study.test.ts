/** Averages over a part of a group: the closed form against the simulation, and the design's numbers. */

import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, it } from "vitest";
import { averagingCaption, averagingFigure } from "../../../src/study/averaging/section.ts";
import { averagingComplexity, type AveragingCase } from "../../../src/study/averaging/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { computed, foundBy } from "../computed.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const [task] = averagingComplexity.tasks(scope).first!;

describe("averages over m elements of a group", () => {
  let cases: readonly AveragingCase[];
  beforeAll(async () => {
    cases = await foundBy(averagingComplexity, task, scope);
  });

  it("are off by 15, 7, 3, 1, 1/3, 0 at 1, 2, 4, 8, 12, 16 of 16", () => {
    expect(cases[0].points.map((p) => [p.elements, p.exact])).toEqual([
      [1, 15],
      [2, 7],
      [4, 3],
      [8, 1],
      [12, expect.closeTo(1 / 3, 12)],
      [16, 0],
    ]);
    expect(cases.map(({ order, orbit }) => [order, orbit])).toEqual([
      [16, 16],
      [16, 8],
      [24, 24],
    ]);
  });

  it("are off by as much when drawn; not when elements come twice (negative control)", () => {
    for (const { points, order, orbit } of cases)
      for (const { elements: m, exact, simulated, standardError, withReplacement } of points) {
        expect(Math.abs(simulated - exact)).toBeLessThanOrEqual(5 * standardError + 1e-12);
        expect(withReplacement / ((orbit - 1) / m) - 1).toBeCloseTo(0, 0);
        if (m > order / 2) expect(withReplacement).toBeGreaterThan(2 * simulated);
      }
  });

  it("are drawn with their numbers, and said in words", () => {
    const { document } = parseHTML("<html><body></body></html>");
    expect(averagingFigure(cases, document).rows).toHaveLength(6 + 6 + 7);
    expect(averagingCaption(cases)).toMatch(/1\.00 in closed form, (0\.9|1\.0)\d drawn \(cyclic:16/);
  });

  it("refuse sets of an odd number of points, and groups too large to list", async () => {
    const of = (group: string, subset: number[]) =>
      computed(averagingComplexity, { seed: 0, inputs: 10, cases: [{ group, subset }] });
    await expect(of("cyclic:16", [0, 1, 2])).rejects.toThrow(/^subset: has 3 points/);
    await expect(of("symmetric:9", [0, 1])).rejects.toThrow(/symmetric:9/);
  });
});
