/** Which graphs trained networks get right: the correlation with the distance of classes, and its control. */

import { beforeAll, describe, expect, it } from "vitest";
import { recordOf } from "../../../src/run/store/files.ts";
import { correlationOf } from "../../../src/study/graph-accuracy/recipe.ts";
import { graphAccuracyBlocks, graphAccuracyText } from "../../../src/study/graph-accuracy/section.ts";
import { graphAccuracy, type GraphAccuracy } from "../../../src/study/graph-accuracy/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { computed } from "../computed.ts";

const scope = { scale: "laptop", catalogue: builtIn } as const;
const [task] = graphAccuracy.tasks(scope).last!;

describe("accuracies graph by graph", () => {
  const params = { n: 12, degrees: [3], graphs: 2000, trainings: 3, steps: 200 };
  let found: GraphAccuracy;
  beforeAll(async () => {
    const result = await computed(graphAccuracy, params);
    [found] = graphAccuracy.read([recordOf({ ...task, params } as never, result, {})], scope)!;
  });

  it("grow with the ratio of distances; with permuted ratios they do not (negative control)", () => {
    const twin = found.labellings.find((l) => l.labels === "easy twin")!;
    const kept = twin.quarters.reduce((sum, q) => sum + q.graphs, 0);
    expect(kept).toBeGreaterThan(100);
    expect(twin.correlation).toBeGreaterThan(3 / Math.sqrt(kept));
    expect(twin.quarters[3].accuracy).toBeGreaterThan(twin.quarters[0].accuracy);
    for (const { permuted } of found.labellings)
      expect(Math.abs(permuted)).toBeLessThan(4.5 / Math.sqrt(kept));
  });

  it("come in quarters of equal size, by rising ratio", () => {
    for (const { quarters } of found.labellings) {
      const sizes = quarters.map((q) => q.graphs);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(quarters.map((q) => q.ratio)).toEqual(quarters.map((q) => q.ratio).toSorted((a, b) => a - b));
    }
  });

  it("are told in words and in a table of two rows", () => {
    expect(graphAccuracyText([found])).toMatch(/n = 12, S = \{3\}, easy twin: 0\.\d\d \(permuted/);
    expect(graphAccuracyBlocks([found])[1]).toMatchObject({ table: { rows: { length: 2 } } });
  });

  it("correlate as numbers do", () => {
    expect(correlationOf([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
    expect(correlationOf([1, 2, 3], [1, 0, 1])).toBeCloseTo(0, 12);
    expect(correlationOf([1, 2, 4], [5, 3, -1])).toBeCloseTo(-1, 12);
    expect(correlationOf([1, 2, 3], [7, 7, 7])).toBe(0);
  });
});
