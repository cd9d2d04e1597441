import { describe, expect, it } from "vitest";
import {
  defaultWindow,
  largestDirectedCorrelation,
  windowAround,
  windowMaximum,
} from "../../../src/family/gnn-degree-parity/degree-window.ts";
import { directedCharacterMean } from "../../../src/family/gnn-degree-parity/degree-character.ts";
import { largestDegree, type GraphLaw } from "../../../src/distribution/erdos-renyi.ts";
import { lawAt, parityCounts } from "./enumeration.ts";

/** Marginal of the full law of parity vectors on the degrees of a window. */
function marginal(law: Map<number, number>, lowest: number, size: number): number[] {
  const cells = Array.from({ length: 2 ** size }, () => 0);
  for (const [v, x] of law) cells[(v >> lowest) % 2 ** size] += x;
  return cells;
}

describe("the window of degrees", () => {
  it("has the marginal of the full law, n = 3, 4", () => {
    for (const edges of ["directed", "directed-loops"] as const)
      for (const n of [3, 4])
        for (const p of [0.5, 0.2]) {
          const full = lawAt(parityCounts(n, edges), p);
          const law: GraphLaw = { n, edges, p };
          for (let size = 1; size <= largestDegree(law); size++) {
            const { lowest, vector, probability, relativeError } = windowMaximum(law, size);
            const cells = marginal(full, lowest, size);
            expect(Math.abs(probability / Math.max(...cells) - 1)).toBeLessThan(relativeError + 1e-13);
            expect(cells[vector]).toBeCloseTo(probability, 13);
            // the bound: the full family's likeliest vector is no likelier than the window's
            expect(Math.max(...full.values())).toBeLessThanOrEqual(probability * (1 + 1e-12));
            if (size === largestDegree(law)) expect(probability).toBeCloseTo(Math.max(...full.values()), 13);
          }
        }
  });

  it("gets no worse as it widens", () => {
    const law: GraphLaw = { n: 60, edges: "directed", p: 0.5 };
    let before = 1;
    for (let size = 1; size <= 16; size++) {
      const { probability } = windowMaximum(law, size);
      expect(probability).toBeLessThanOrEqual(before * (1 + 1e-12));
      before = probability;
    }
  });

  it("sits around the mean degree and inside the range", () => {
    expect(windowAround({ n: 101, edges: "directed", p: 0.5 }, 5)).toEqual({ lowest: 48, size: 5 });
    expect(windowAround({ n: 100, edges: "directed", p: 0.001 }, 6).lowest).toBe(0);
    expect(windowAround({ n: 100, edges: "directed", p: 0.999 }, 6).lowest).toBe(94);
    expect(defaultWindow({ n: 3, edges: "directed", p: 0.5 })).toBe(2);
    expect(defaultWindow({ n: 500, edges: "directed", p: 0.5 })).toBe(20);
  });

  it("states a useful error bound at n = 10,000", () => {
    const { probability, relativeError } = windowMaximum({ n: 10_000, edges: "directed", p: 0.5 }, 12);
    expect(probability * 2 ** 12).toBeCloseTo(1, 4);
    expect(relativeError).toBeLessThan(1e-8);
  });

  it("knows the largest correlation of the family", () => {
    for (const n of [3, 4, 5, 9]) {
      const law: GraphLaw = { n, edges: "directed-loops", p: 0.3 };
      let largest = 0;
      for (let s = 1; s < 2 ** (n + 1) - 1; s++) {
        const set = Array.from({ length: n + 1 }, (_, j) => j).filter((j) => (s >> j) % 2 === 1);
        largest = Math.max(largest, Math.abs(directedCharacterMean(law, set).value));
      }
      expect(largestDirectedCorrelation(law)).toBeGreaterThanOrEqual(largest - 1e-13);
      expect(largestDirectedCorrelation(law)).toBeLessThan(largest + 1e-12);
    }
  });
});
