import { describe, expect, it } from "vitest";
import { stream } from "../../src/base/random.ts";
import { rayleighEstimate } from "../../src/numeric/eigenvalue-bounds.ts";
import {
  provesAtLeast,
  provesAtMost,
  quotientShows,
  quotientsProve,
} from "../../src/numeric/eigenvalue-proofs.ts";

/** 1 on the diagonal and c beside it: the eigenvalues are 1 + c (n - 1) and 1 - c. */
function constant(order: number, c: number) {
  const entries = new Float64Array(order * order).fill(c);
  for (let i = 0; i < order; i++) entries[i * order + i] = 1;
  return { entries, order, errorNorm: 0 };
}

describe("elimination", () => {
  it.each([[2, 0.5], [40, 0.25], [40, -1 / 64], [200, 0.01]])("order %i, correlation %d: proves what is true and nothing else", (order, c) => {
    const matrix = constant(order, c);
    const largest = Math.max(1 + c * (order - 1), 1 - c);
    for (const share of [1e-10, 1e-6, 0.1]) {
      expect(provesAtMost(matrix, largest * (1 + share))).toBe(true);
      expect(provesAtLeast(matrix, largest * (1 - share))).toBe(true);
      expect(provesAtMost(matrix, largest * (1 - share))).toBe(false);
      expect(provesAtLeast(matrix, largest * (1 + share))).toBe(false);
    }
    // at the eigenvalue itself, within rounding, neither is proved
    expect(provesAtMost(matrix, largest) || provesAtLeast(matrix, largest)).toBe(false);
  }); // prettier-ignore

  it("takes the entries' own error off, on both sides", () => {
    const matrix = { ...constant(20, 0.5), errorNorm: 0.01 }; // 10.5
    expect([10.505, 10.515].map((x) => provesAtMost(matrix, x))).toEqual([false, true]);
    expect([10.495, 10.485].map((x) => provesAtLeast(matrix, x))).toEqual([false, true]);
  });

  it("of random matrices agrees with a Rayleigh quotient", () => {
    const random = stream([3, 1]);
    for (let run = 0; run < 10; run++) {
      const order = 3 + random.below(30);
      const entries = new Float64Array(order * order);
      for (let i = 0; i < order; i++)
        for (let j = 0; j <= i; j++)
          entries[i * order + j] = entries[j * order + i] = i === j ? order : random.normal();
      const matrix = { entries, order, errorNorm: 0 };
      const below = rayleighEstimate(entries, order);
      expect(provesAtMost(matrix, below * (1 - 1e-9))).toBe(false);
      expect(provesAtLeast(matrix, below * (1 - 1e-9))).toBe(true);
    }
  });
});

describe("quotients", () => {
  const exact = { absolute: 0, relative: 0 };

  it("of rows prove bounds of |M|, its entries' errors included", () => {
    const matrix = constant(100, 0.1); // 10.9
    expect([10.89, 10.9001].map((x) => quotientsProve(matrix, x, exact))).toEqual([false, true]);
    // signs count for nothing: |M| has a larger eigenvalue than M
    const signed = constant(100, -0.1);
    expect([1.2, 10.9001].map((x) => quotientsProve(signed, x, exact))).toEqual([false, true]);
    const off = { absolute: 0.001, relative: 0 }; // adds 0.1
    expect([10.99, 11.0001].map((x) => quotientsProve(matrix, x, off))).toEqual([false, true]);
    expect([11, 12].map((x) => quotientsProve(matrix, x, { absolute: 0, relative: 0.1 }))).toEqual([false, true]);
  }); // prettier-ignore

  it("of a vector show an eigenvalue, and none that is not there", () => {
    for (const c of [0.1, 0.01]) {
      const matrix = constant(150, c);
      const largest = 1 + 149 * c;
      expect(quotientShows(matrix, largest * 0.997)).toBe(true);
      for (const more of [1 + 1e-9, 1.01, 2]) expect(quotientShows(matrix, largest * more)).toBe(false);
      expect(quotientShows({ ...matrix, errorNorm: 0.01 * largest }, largest * 0.997)).toBe(false);
    }
  });
});
