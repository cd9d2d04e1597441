import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { degreeParityLaw } from "../../../src/family/gnn-degree-parity/degree-law.ts";
import {
  countCells,
  defaultSamples,
  sampleCells,
} from "../../../src/family/gnn-degree-parity/degree-sample.ts";
import { sampleDegrees, type GraphLaw } from "../../../src/distribution/erdos-renyi.ts";
import { runNow } from "../../../src/base/progress.ts";

describe("sampled parity vectors", () => {
  it("follow the exact law", () => {
    const law: GraphLaw = { n: 7, edges: "undirected", p: 0.5 };
    const samples = 100_000;
    const cells = runNow(sampleCells(keyFor("cells"), law, samples));
    const counts = new Map<number, number>();
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    const { vectors, probabilities } = degreeParityLaw(7, 0.5);
    let chi2 = 0;
    vectors.forEach((v, i) => {
      const expected = samples * probabilities[i];
      chi2 += ((counts.get(v) ?? 0) - expected) ** 2 / expected;
      counts.delete(v);
    });
    expect(counts.size).toBe(0);
    // 23 degrees of freedom: mean 23, standard deviation 6.8
    expect(chi2).toBeLessThan(23 + 5 * 6.8);
  });

  it("are the parities of the very graphs drawn, in any chunks", () => {
    const law: GraphLaw = { n: 5, edges: "directed-loops", p: 0.3 };
    const cells = runNow(sampleCells([1, 2], law, 50));
    expect(runNow(sampleCells([1, 2], law, 50))).toEqual(cells);
    expect(cells.every((c) => Number.isInteger(c) && c < 2 ** 6)).toBe(true);
    expect(sampleDegrees([1, 2], law, 3)).toHaveLength(15);
  });

  it("of large graphs are mapped to 52 bits without losing equality", () => {
    const law: GraphLaw = { n: 200, edges: "undirected", p: 0.5 };
    const cells = runNow(sampleCells([3, 4], law, 300));
    expect(cells.every((c) => Number.isSafeInteger(c) && c >= 0)).toBe(true);
    // 2^52 cells and 300 samples: distinct but for a real coincidence
    expect(countCells(cells.slice())).toMatchObject({ largestCount: 1, cells: 300 });
  });

  it("are counted", () => {
    expect(countCells(Float64Array.of(5, 1, 5, 2, 5, 1))).toEqual({
      largestCount: 3,
      likeliest: 5,
      cells: 3,
    });
  });

  it("are as many as a few seconds allow", () => {
    expect(defaultSamples({ n: 16, edges: "undirected", p: 0.5 })).toBe(1_000_000);
    expect(defaultSamples({ n: 10_000, edges: "undirected", p: 0.5 })).toBe(50);
  });
});
