import { describe, expect, it } from "vitest";
import { normals } from "../../../src/base/random.ts";
import { kappa } from "../../../src/numeric/arc-cosine.ts";
import {
  parityNormSquared,
  parityValues,
  twinProduct,
} from "../../../src/family/frame-parity/relu-parity.ts";

const signs = (k: number): number[][] =>
  Array.from({ length: 2 ** k }, (_, p) => Array.from({ length: k }, (_, i) => ((p >> i) & 1 ? -1 : 1)));
const dot = (w: readonly number[], z: ArrayLike<number>): number => w.reduce((s, x, i) => s + x * z[i], 0);

/** ||g||^2 by the alternating sum in 60 digits (mpmath). */
const NORMS = [
  [10, 2.122026903257067],
  [16, 49.965600093599],
  [24, 5627.0472861153],
];

/** The 2^k units, spelled out. */
const byUnits = (k: number, weight: (w: number[]) => number, z: ArrayLike<number>): number =>
  signs(k).reduce((sum, w) => sum + weight(w) * Math.max(0, dot(w, z) / Math.sqrt(k)), 0);
const product = (w: readonly number[]): number => w.reduce((a, b) => a * b, 1);

describe("values", () => {
  it.each([2, 4, 6, 8, 10])("are those of the 2^k units, k = %i", (k) => {
    const all = Int32Array.from({ length: k }, (_, i) => i);
    for (let run = 0; run < 20; run++) {
      const z = normals([k, run], new Float64Array(k));
      expect(parityValues(k, "parity")(z, 0, all)).toBeCloseTo(byUnits(k, product, z), 10);
      expect(parityValues(k, "pair")(z, 0, all)).toBeCloseTo(
        byUnits(k, (w) => w[0] * w[1], z),
        10,
      );
    }
  });

  it("vanish for odd k > 1: why those are refused", () => {
    for (const k of [3, 5])
      expect(byUnits(k, product, normals([k, 1], new Float64Array(k)))).toBeCloseTo(0, 12);
  });

  it("reads coordinates by their indices", () => {
    const z = normals([1, 1], new Float64Array(20));
    const of = Int32Array.of(3, 9, 5, 0);
    const value = parityValues(4, "parity")(z, 10, of);
    expect(value).toBeCloseTo(
      byUnits(
        4,
        product,
        Array.from(of, (i) => z[10 + i]),
      ),
      12,
    );
  });
});

describe("norms", () => {
  it("of g are those of math.md", () => {
    for (const [k, norm] of [[2, 0.7267605], [4, 0.3030165], [6, 0.4292328], [8, 0.8739497]])
      expect(parityNormSquared(k)).toBeCloseTo(norm, 6);
  }); // prettier-ignore

  it("of g keep their digits where the plain sum loses them", () => {
    // E over signs u of 4^k prod u_i kappa(mean u), in the plain form; exact enough up to k = 6
    for (const k of [2, 4, 6]) {
      let sum = 0;
      for (const u of signs(k)) sum += product(u) * kappa(dot(u, Array(k).fill(1 / k)));
      expect(Math.abs(parityNormSquared(k) / (2 ** k * sum) - 1)).toBeLessThan(1e-11);
    }
    // 60-digit evaluations of the same sum
    for (const [k, norm] of NORMS) expect(Math.abs(parityNormSquared(k) / norm - 1)).toBeLessThan(1e-12);
  });

  it("of twins are sums over both sets of units", () => {
    for (const [k, common] of [[4, 2], [4, 3], [4, 4], [6, 2], [6, 4]]) {
      // S = 0..k-1; T shares the first `common` coordinates, its others are independent
      let sum = 0;
      for (const w of signs(k))
        for (const v of signs(k)) {
          const overlap = w.slice(0, common).reduce((s, x, i) => s + x * v[i], 0);
          sum += w[0] * w[1] * v[0] * v[1] * kappa(overlap / k);
        }
      expect(Math.abs(twinProduct(k, common) / sum - 1)).toBeLessThan(1e-10);
    }
    expect(twinProduct(2, 2)).toBeCloseTo(parityNormSquared(2), 12);
  }); // prettier-ignore
});
