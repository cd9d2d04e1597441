import { describe, expect, it } from "vitest";
import { runSteps } from "../../../src/base/progress.ts";
import { degreeCounts, totalCount } from "../../../src/family/gnn-degree-parity/degree-counts.ts";
import { histogramIndex, layerMoves } from "../../../src/family/gnn-degree-parity/degree-histograms.ts";
import { degreeParityLaw } from "../../../src/family/gnn-degree-parity/degree-law.ts";
import { totalOf } from "../../../src/family/gnn-degree-parity/evidence.ts";
import { asWritten, compare, exactly, multiply, rational, subtract } from "../../../src/numeric/rational.ts";
import { parityCounts } from "./enumeration.ts";

const countsOf = (n: number, p: number) => runSteps(degreeCounts(n, asWritten(p)));

describe("counts of parity vectors", () => {
  it("are those of all graphs, weighted by their edges, up to n = 7", async () => {
    for (let n = 3; n <= 7; n++) {
      const graphs = parityCounts(n, "undirected");
      for (const p of [0.5, 0.3, 0.85, 0.0625]) {
        const { num, den } = asWritten(p);
        const weight = (edges: number): bigint =>
          num ** BigInt(edges) * (den - num) ** BigInt((n * (n - 1)) / 2 - edges);
        const expected = [...graphs].map(([v, row]): [number, bigint] => [
          v,
          row.reduce((sum, graphsOf, edges) => sum + BigInt(graphsOf) * weight(edges), 0n),
        ]);
        expect(await countsOf(n, p)).toEqual(expected.sort(([v], [w]) => v - w));
      }
    }
  });

  it("have the published largest shares at p = 1/2", async () => {
    for (const [n, share] of [[3, 0.5], [4, 0.5], [5, 0.34375], [6, 0.2451171875], [7, 0.16548919677734375]]) {
      const counts = await countsOf(n, 0.5);
      const most = counts.reduce((a, [, count]) => (count > a ? count : a), 0n);
      expect(compare(rational(most, totalCount(n, rational(1, 2))), exactly(share))).toBe(0);
    }
  }); // prettier-ignore

  it("sum to b^E, of 3 * 2^(n-4) vectors, and agree with the float pass within its error", async () => {
    for (const [n, p] of [[9, 0.5], [10, 0.07], [11, 0.5], [11, 0.37]]) {
      const counts = await countsOf(n, p);
      const total = totalOf({ n, p, edges: "undirected" })!;
      expect(counts).toHaveLength(3 * 2 ** (n - 4));
      expect(counts.reduce((sum, [, count]) => sum + count, 0n)).toBe(total);
      const { vectors, probabilities, relativeError } = degreeParityLaw(n, p);
      expect(counts.map(([v]) => v)).toEqual([...vectors]);
      counts.forEach(([, count], i) => {
        const truth = rational(count, total);
        const off = subtract(exactly(probabilities[i]), truth);
        const size = rational(off.num < 0n ? -off.num : off.num, off.den);
        expect(compare(size, multiply(truth, exactly(relativeError)))).toBeLessThanOrEqual(0);
      });
    }
  }); // prettier-ignore

  it("turn into their mirror image when graphs are complemented and p becomes 1 - p", async () => {
    const n = 9;
    const mirror = (v: number): number =>
      Array.from({ length: n }, (_, j) => ((v >> j) & 1) << (n - 1 - j)).reduce((a, b) => a | b);
    const mirrored = (await countsOf(n, 0.2)).map(([v, count]): [number, bigint] => [mirror(v), count]);
    expect(mirrored.sort(([v], [w]) => v - w)).toEqual(await countsOf(n, 0.8));
  });

  it("never add up to 2^53 in the inner loop: ways into a histogram are fewer than 2^12 or 2^(n - 2)", () => {
    for (const n of [3, 8, 12, 14, 15, 16]) {
      const index = histogramIndex(n);
      let most = 0;
      for (let t = 0; t < n; t++) {
        const { targets, first, ways } = layerMoves(n, t, index);
        for (let i = 0; i < targets; i++)
          most = Math.max(
            most,
            ways.subarray(first[i], first[i + 1]).reduce((a, b) => a + b, 0),
          );
      }
      // it grows by a factor below two a vertex
      expect(most).toBeLessThan(Math.max(2 ** 12, 2 ** (n - 2)));
    }
  });

  it("are given while their length is moderate", () => {
    expect(totalOf({ n: 15, p: 0.5, edges: "undirected" })).toBe(2n ** 105n);
    expect(totalOf({ n: 15, p: 0.12345, edges: "undirected" })).toBe(20_000n ** 105n);
    expect(totalOf({ n: 17, p: 0.1, edges: "undirected" })).toBe(10n ** 136n);
    expect(totalOf({ n: 15, p: 0.1234567, edges: "undirected" })).toBeNull();
    expect(totalOf({ n: 4, p: 5e-324, edges: "undirected" })).toBeNull();
  });
});
