/** Isomorphism classes: their published numbers, and expectations under the law that are known exactly. */

import { describe, expect, it } from "vitest";
import { degreesOf } from "../../src/distribution/erdos-renyi.ts";
import { graphClasses } from "../../src/distribution/graph-classes.ts";

const law = (n: number, edges: "undirected" | "directed" | "directed-loops", p = 0.5) => ({ n, edges, p });

describe("classes", () => {
  it("are as many as published (OEIS A000088, A000273, A000595)", () => {
    const numbers = (edges: Parameters<typeof law>[1], most: number): number[] =>
      Array.from({ length: most }, (_, i) => graphClasses(law(i + 1, edges))!.graphs.count);
    expect(numbers("undirected", 6)).toEqual([1, 2, 4, 11, 34, 156]);
    expect(numbers("directed", 4)).toEqual([1, 3, 16, 218]);
    expect(numbers("directed-loops", 3)).toEqual([2, 10, 104]);
  });

  it("are null where all graphs are too many", () => {
    expect([graphClasses(law(8, "undirected")), graphClasses(law(6, "directed")), graphClasses(law(5, "directed-loops"))]).toEqual([null, null, null]); // prettier-ignore
  });
});

describe("probabilities", () => {
  it("sum to 1, with the law's mean number of edges and its variance", () => {
    for (const [n, edges, pairs] of [
      [6, "undirected", 15],
      [4, "directed", 12],
      [3, "directed-loops", 9],
    ] as const) {
      // prettier-ignore
      const p = 0.3;
      const { graphs, probabilities } = graphClasses(law(n, edges, p))!;
      let [total, mean, square] = [0, 0, 0];
      for (let g = 0; g < graphs.count; g++) {
        let ones = 0;
        for (let i = 0; i < n * n; i++) ones += graphs.data[g * n * n + i];
        if (edges === "undirected") ones /= 2;
        total += probabilities[g];
        mean += probabilities[g] * ones;
        square += probabilities[g] * ones * ones;
      }
      expect(total).toBeCloseTo(1, 12);
      expect(mean).toBeCloseTo(pairs * p, 10);
      expect(square - mean ** 2).toBeCloseTo(pairs * p * (1 - p), 10);
    }
  });

  it("give the largest probability of a parity vector at n = 6, .2451171875", () => {
    const { graphs, probabilities } = graphClasses(law(6, "undirected"))!;
    const degrees = degreesOf(graphs);
    const cells = new Map<number, number>();
    for (let g = 0; g < graphs.count; g++) {
      let cell = 0;
      for (let i = 0; i < 6; i++) cell ^= 1 << degrees[g * 6 + i];
      cells.set(cell, (cells.get(cell) ?? 0) + probabilities[g]);
    }
    expect(Math.max(...cells.values())).toBe(0.2451171875);
  });
});
