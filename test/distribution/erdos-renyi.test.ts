import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { bernoulliWords, degreesOf, largestDegree, sampleDegrees, sampleGraphs, type Edges } from "../../src/distribution/erdos-renyi.ts"; // prettier-ignore
import { graphBytes } from "./graph-bytes.ts";

const kinds: Edges[] = ["undirected", "directed", "directed-loops"];

describe("sampleGraphs", () => {
  it("draws graphs of the stated kind, whose degrees sampleDegrees agrees with", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.constantFrom(...kinds), fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(), (n, edges, p, seed) => {
        const law = { n, edges, p };
        const graphs = sampleGraphs([7, seed], law, 3);
        expect(sampleDegrees([7, seed], law, 3)).toEqual(degreesOf(graphs));
        for (let g = 0; g < 3; g++) {
          for (let i = 0; i < n; i++) {
            if (edges !== "directed-loops") expect(graphs.data[(g * n + i) * n + i]).toBe(0);
            for (let j = 0; j < i; j++)
              if (edges === "undirected") expect(graphs.data[(g * n + i) * n + j]).toBe(graphs.data[(g * n + j) * n + i]);
          }
        }
      }),
      { numRuns: 60 },
    );
  }); // prettier-ignore

  it("draws, bit for bit, the graphs of the definition that records were made with", () => {
    const sizes = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(31, 32, 33, 48, 49, 70));
    const probability = fc.oneof(fc.constant(0.5), fc.double({ min: 0.01, max: 0.99, noNaN: true }));
    fc.assert(
      fc.property(sizes, fc.constantFrom(...kinds), probability, fc.nat(), fc.integer({ min: 1, max: 4 }), (n, edges, p, seed, count) => {
        const law = { n, edges, p };
        const bytes = graphBytes([3, seed], law, count);
        expect(sampleGraphs([3, seed], law, count).data).toEqual(bytes);
        const sums = Uint16Array.from({ length: count * n }, (_, row) => bytes.subarray(row * n, (row + 1) * n).reduce((a, b) => a + b, 0));
        expect(sampleDegrees([3, seed], law, count)).toEqual(sums);
      }),
      { numRuns: 100 },
    );
    // small graphs are made in runs of 256
    for (const count of [255, 256, 257, 600])
      for (const n of [1, 2, 9, 16]) {
        const law = { n, edges: "undirected", p: 0.5 } as const;
        expect(sampleGraphs([4, n], law, count).data).toEqual(graphBytes([4, n], law, count));
      }
  }); // prettier-ignore

  it.each(kinds)("is the same in memory of graphs that are done with, where they are as many (%s)", (edges) => {
    for (const n of [9, 16, 40]) {
      const law = { n, edges, p: 0.3 };
      const fresh = sampleGraphs([1, 2], law, 300);
      const done = sampleGraphs([1, 3], law, 300);
      expect(done.data).not.toEqual(fresh.data);
      const again = sampleGraphs([1, 2], law, 300, done);
      expect(again.rows).toBe(done.rows);
      expect(again.data).toEqual(fresh.data);
      expect(degreesOf(again)).toEqual(degreesOf(fresh));
      // fewer of them, or others in size, take memory of their own
      for (const other of [sampleGraphs([1, 4], law, 299, done), sampleGraphs([1, 4], { ...law, n: n + 1 }, 300, done)])
        expect(other.rows).not.toBe(done.rows);
      expect(again.rows).toEqual(fresh.rows);
    }
  }); // prettier-ignore

  it.each(kinds)("has edge frequency p (%s)", (edges) => {
    for (const p of [0.5, 0.3, 0.05, 1 / 3, 0.999]) {
      const law = { n: 20, edges, p };
      const degrees = sampleDegrees(keyFor("frequency", edges, p), law, 2000);
      const total = degrees.reduce((a, b) => a + b, 0);
      const trials = (2000 * 20 * largestDegree(law)) / (edges === "undirected" ? 2 : 1);
      const hits = edges === "undirected" ? total / 2 : total;
      expect(Math.abs(hits / trials - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / trials));
    }
  });
});

it("bernoulliWords: lanes are independent of one another", () => {
  const next = bernoulliWords(stream(keyFor("lanes")).word, 0.3);
  let both = 0;
  for (let i = 0; i < 20_000; i++) {
    const w = next();
    both += w & (w >>> 7) & 1;
  }
  expect(Math.abs(both / 20_000 - 0.09)).toBeLessThan(5 * Math.sqrt((0.09 * 0.91) / 20_000));
});
