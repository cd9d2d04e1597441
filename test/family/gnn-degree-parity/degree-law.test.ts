import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.ts";
import {
  completed,
  degreeLaw,
  degreeParityLaw,
  estimateDegreeLaw,
} from "../../../src/family/gnn-degree-parity/degree-law.ts";
import { compare, exactly, multiply, rational, subtract } from "../../../src/numeric/rational.ts";
import { runSteps } from "../../../src/base/progress.ts";
import { degreeCounts, totalCount } from "../../../src/family/gnn-degree-parity/degree-counts.ts";
import { lawAt, parityCounts } from "./enumeration.ts";

describe("the law of the parity vector", () => {
  it("is that of all graphs up to n = 7", () => {
    for (let n = 3; n <= 7; n++) {
      const counts = parityCounts(n, "undirected");
      for (const p of [0.5, 0.3, 0.85]) {
        const expected = lawAt(counts, p);
        const { vectors, probabilities, relativeError } = degreeParityLaw(n, p);
        expect([...vectors]).toEqual([...expected.keys()].sort((a, b) => a - b));
        vectors.forEach((v, i) => {
          const truth = expected.get(v) ?? 0;
          // the enumeration itself rounds once a graph class and edge
          expect(Math.abs(probabilities[i] - truth)).toBeLessThanOrEqual((relativeError + 1e-14) * truth);
        });
      }
    }
  });

  it("has the published maxima at p = 1/2", () => {
    const maxima = [0.5, 0.5, 0.34375, 0.2451171875, 0.16548919677734375];
    maxima.forEach((x, i) => expect(degreeParityLaw(i + 3, 0.5).likeliest.probability).toBe(x));
    expect(1 / degreeParityLaw(10, 0.5).likeliest.probability).toBeCloseTo(13.6, 1);
  });

  it("is within the stated relative error of exact counts", async () => {
    for (const [n, p, written] of [
      [8, 0.5, rational(1, 2)],
      [9, 0.3, rational(3, 10)],
      [10, 0.5, rational(1, 2)],
      [10, 0.07, rational(7, 100)],
    ] as const) {
      const exact = new Map(await runSteps(degreeCounts(n, written)));
      const graphs = totalCount(n, written);
      const { vectors, probabilities, relativeError } = degreeParityLaw(n, p);
      expect([...exact.keys()]).toEqual([...vectors]);
      vectors.forEach((v, i) => {
        const truth = rational(exact.get(v) ?? 0n, graphs);
        const off = subtract(exactly(probabilities[i]), truth);
        const size = rational(off.num < 0n ? -off.num : off.num, off.den);
        expect(compare(size, multiply(truth, exactly(relativeError)))).toBeLessThanOrEqual(0);
      });
      expect(relativeError).toBeLessThan(1e-12);
    }
  });

  it("turns into its mirror image when the graph is complemented and p becomes 1 - p", () => {
    const n = 9;
    const [law, other] = [degreeParityLaw(n, 0.2), degreeParityLaw(n, 0.8)];
    const mirror = (v: number): number => {
      let image = 0;
      for (let j = 0; j < n; j++) image |= ((v >> j) & 1) << (n - 1 - j);
      return image;
    };
    const probabilities = new Map(Array.from(other.vectors, (v, i) => [v, other.probabilities[i]]));
    law.vectors.forEach((v, i) =>
      expect(probabilities.get(mirror(v))! / law.probabilities[i]).toBeCloseTo(1, 11),
    );
  });

  it("reaches 3 * 2^(n-4) vectors and sums to 1", () => {
    for (const n of [8, 11, 12]) {
      const { vectors, probabilities } = degreeParityLaw(n, 0.5);
      expect(vectors).toHaveLength(3 * 2 ** (n - 4));
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      for (const v of vectors) expect(completed(n, v >>> 2)).toBe(v);
    }
  });

  it("reports progress up to the end and refuses what it cannot do", () => {
    const fractions: number[] = [];
    degreeLaw({ n: 11, edges: "undirected", p: 0.5 }, { onProgress: (x) => fractions.push(x) });
    expect(fractions.length).toBeGreaterThan(5);
    expect(fractions.every((x, i) => x <= 1 && (i === 0 || x >= fractions[i - 1]))).toBe(true);
    expect(() => degreeLaw({ n: 30, edges: "undirected", p: 0.5 })).toThrow(InputError);
    expect(() => degreeLaw({ n: 5, edges: "directed", p: 0.5 })).toThrow(InputError);
    expect(estimateDegreeLaw(20).seconds).toBeGreaterThan(600);
  });

  it("survives extreme edge probabilities", () => {
    for (const p of [5e-324, 1e-200, 1e-9, 0.9999999999999999]) {
      const { probabilities, likeliest } = degreeParityLaw(8, p);
      expect(probabilities.every((x) => x > 0 && x <= 1 + 1e-12)).toBe(true);
      expect(likeliest.probability).toBeCloseTo(1, 6);
    }
  });
});
