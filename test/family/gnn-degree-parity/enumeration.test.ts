/** The three exact routes to degree parities against all graphs on few nodes. */

import { describe, expect, it } from "vitest";
import {
  characterMeans,
  directedCharacterMean,
} from "../../../src/family/gnn-degree-parity/degree-character.ts";
import { degreeParityLaw } from "../../../src/family/gnn-degree-parity/degree-law.ts";
import { windowMaximum } from "../../../src/family/gnn-degree-parity/degree-window.ts";
import { largestDegree, type GraphLaw } from "../../../src/distribution/erdos-renyi.ts";
import { upperLimit } from "../../../src/numeric/confidence.ts";

/** Pr[pi = v] by summing over all graphs, in Gray-code order: one edge changes at a time. */
function enumerate({ n, edges, p }: GraphLaw): Map<number, number> {
  const slots: [number, number][] = [];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (edges === "undirected" ? j > i : edges === "directed-loops" || j !== i) slots.push([i, j]);
  const weight = Array.from({ length: slots.length + 1 }, (_, k) => p ** k * (1 - p) ** (slots.length - k));
  const degrees = new Int32Array(n);
  let vector = n % 2;
  const law = new Map<number, number>();
  const shift = (node: number, by: number): void => {
    vector ^= 1 << degrees[node];
    degrees[node] += by;
    vector ^= 1 << degrees[node];
  };
  for (let graph = 0, k = 0; ;) {
    law.set(vector, (law.get(vector) ?? 0) + weight[k]);
    if (++graph === 2 ** slots.length) return law;
    const slot = 31 - Math.clz32(graph & -graph);
    const gray = graph ^ (graph >>> 1);
    const by = ((gray >>> slot) & 1) === 1 ? 1 : -1;
    k += by;
    shift(slots[slot][0], by);
    if (edges === "undirected") shift(slots[slot][1], by);
  }
}

const sign = (set: number, vector: number): number => {
  let odd = 0;
  for (let rest = set & vector; rest !== 0; rest &= rest - 1) odd ^= 1;
  return odd === 1 ? -1 : 1;
};
const mean = (law: Map<number, number>, set: number): number =>
  [...law].reduce((sum, [v, x]) => sum + sign(set, v) * x, 0);

describe("undirected graphs", () => {
  it.each([
    [3, 0.5],
    [4, 0.3],
    [5, 0.5],
    [6, 0.8],
    [7, 0.5],
    [7, 0.3],
  ])("law and characters by enumeration: n = %i, p = %d", (n, p) => {
    const truth = enumerate({ n, edges: "undirected", p });
    const law = degreeParityLaw(n, p);
    expect([...law.vectors]).toEqual([...truth.keys()].sort((a, b) => a - b));
    law.vectors.forEach((v, i) =>
      expect(Math.abs(law.probabilities[i] / truth.get(v)! - 1)).toBeLessThan(1e-10),
    );
    const sets = Array.from({ length: 2 ** n }, (_, i) => i);
    const { values } = characterMeans(n, p, sets);
    sets.forEach((s) => expect(Math.abs(values[s] - mean(truth, s))).toBeLessThan(1e-11));
  });

  it("characters against the law at n = 12", () => {
    const law = degreeParityLaw(12, 0.37);
    const table = new Map(Array.from(law.vectors, (v, i) => [v, law.probabilities[i]]));
    const sets = Array.from({ length: 40 }, (_, i) => (i * 2654435761) % 4096);
    const { values, absoluteError } = characterMeans(12, 0.37, sets);
    expect(absoluteError).toBeLessThan(1e-12);
    sets.forEach((s, i) => expect(Math.abs(values[i] - mean(table, s))).toBeLessThan(1e-12));
  });
});

describe("directed graphs", () => {
  it.each([
    [4, "directed", 0.5],
    [4, "directed-loops", 0.3],
    [5, "directed", 0.7],
  ] as const)("closed form and windows by enumeration: n = %i, %s, p = %d", (n, edges, p) => {
    const law: GraphLaw = { n, edges, p };
    const truth = enumerate(law);
    const largest = largestDegree(law);
    for (let s = 0; s < 2 ** (largest + 1); s++) {
      const set = Array.from({ length: largest + 1 }, (_, j) => j).filter((j) => ((s >>> j) & 1) === 1);
      expect(Math.abs(directedCharacterMean(law, set).value - mean(truth, s))).toBeLessThan(1e-12);
    }
    const full = Math.max(...truth.values());
    for (let size = 1; size <= largest; size++) {
      const { lowest, probability } = windowMaximum(law, size);
      const cells = new Map<number, number>();
      for (const [v, x] of truth) {
        const w = (v >>> lowest) & (2 ** size - 1);
        cells.set(w, (cells.get(w) ?? 0) + x);
      }
      expect(probability).toBeCloseTo(Math.max(...cells.values()), 12);
      expect(probability).toBeGreaterThanOrEqual(full * (1 - 1e-12));
    }
    expect(windowMaximum(law, largest).probability).toBeCloseTo(full, 12);
  });
});

describe("Clopper-Pearson upper limit", () => {
  it("has its closed forms and published values", () => {
    // K = 0: 1 - delta^(1/N); K = N - 1: (1 - delta)^(1/N)
    expect(upperLimit(0, 50, 0.01)).toBeCloseTo(1 - 0.01 ** (1 / 50), 7);
    expect(upperLimit(49, 50, 0.01)).toBeCloseTo(0.99 ** (1 / 50), 7);
    expect(upperLimit(50, 50, 0.01)).toBe(1);
    // two-sided 95 % interval of 10 in 100, upper end 0.1762 (one-sided 0.975)
    expect(upperLimit(10, 100, 0.025)).toBeCloseTo(0.1762, 4);
  });
});
