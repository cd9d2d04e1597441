import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normals, stream } from "../../src/base/random.ts";
import {
  collatzWielandt,
  factorisationBound,
  largestEigenvalue,
  rayleighEstimate,
} from "../../src/numeric/eigenvalue-bounds.ts";

/** Q diag(spectrum) Q^T for a random product of reflections. */
function withSpectrum(spectrum: readonly number[], seed: number): Float64Array {
  const order = spectrum.length;
  const matrix = new Float64Array(order * order);
  spectrum.forEach((x, i) => (matrix[i * order + i] = x));
  for (let k = 0; k < 4; k++) {
    const u = normals([seed, k], new Float64Array(order));
    const norm = u.reduce((s, x) => s + x * x, 0);
    const reflect = (at: (i: number) => number): void => {
      let dot = 0;
      for (let i = 0; i < order; i++) dot += u[i] * matrix[at(i)];
      for (let i = 0; i < order; i++) matrix[at(i)] -= ((2 * dot) / norm) * u[i];
    };
    for (let j = 0; j < order; j++) reflect((i) => i * order + j);
    for (let j = 0; j < order; j++) reflect((i) => j * order + i);
  }
  for (let i = 0; i < order; i++) for (let j = 0; j < i; j++) matrix[j * order + i] = matrix[i * order + j];
  return matrix;
}

describe("bounds on the largest eigenvalue", () => {
  it("enclose known spectra", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 1e6 }), (order, seed) => {
        const { uniform } = stream([3, seed]);
        const spectrum = Array.from({ length: order }, () => 5 * uniform());
        const truth = Math.max(...spectrum);
        const matrix = withSpectrum(spectrum, seed);
        const { lower, upper } = largestEigenvalue(matrix, order, { entryError: 1e-13 });
        expect(lower).toBeLessThanOrEqual(truth + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(truth - 1e-12);
        expect(collatzWielandt(matrix, order)).toBeGreaterThanOrEqual(truth - 1e-12);
        // the factorisation is sharp up to what the estimate from below misses
        expect(upper - truth).toBeLessThan(1e-9 + 1.01 * Math.max(0, truth - lower) * 10 + 1e-2 * truth);
      }),
      { numRuns: 150 },
    );
  });

  it("are sharp for a non-negative matrix by Perron's vector", () => {
    const order = 200;
    const matrix = new Float64Array(order * order);
    for (let i = 0; i < order; i++) for (let j = 0; j < order; j++) matrix[i * order + j] = i === j ? 1 : 0.1;
    const truth = 1 + 0.1 * (order - 1);
    const { lower, upper, method } = largestEigenvalue(matrix, order);
    expect(lower).toBeCloseTo(truth, 9);
    expect(upper).toBeGreaterThanOrEqual(truth);
    expect(upper).toBeLessThan(truth * (1 + 1e-9));
    expect(method).toBe("collatz-wielandt");
  });

  it("are better by factorisation where signs cancel", () => {
    // a Hadamard matrix over sqrt(n) plus the identity: eigenvalues 0 and 2, absolute row sums 1 + sqrt(n)
    const order = 64;
    const matrix = new Float64Array(order * order);
    for (let i = 0; i < order; i++)
      for (let j = 0; j < order; j++) {
        const odd = (i & j).toString(2).replaceAll("0", "").length % 2;
        matrix[i * order + j] = (odd === 1 ? -1 : 1) / 8 + (i === j ? 1 : 0);
      }
    expect(collatzWielandt(matrix, order)).toBeGreaterThan(8);
    const { upper, method } = largestEigenvalue(matrix, order);
    expect(method).toBe("factorisation");
    expect(upper).toBeGreaterThanOrEqual(2);
    expect(upper).toBeLessThan(2.001);
  });

  it("end among subnormal numbers, where nothing lies between two bounds", () => {
    for (const least of [5e-324, 1e-322, 1e-310])
      expect(factorisationBound(Float64Array.of(3 * least, 0, 0, least), 2, least)).toBeGreaterThanOrEqual(3 * least);
  }); // prettier-ignore

  it("do not call an estimate from below a bound (negative control)", () => {
    // power iteration started orthogonally to nothing still needs steps: one step stays below the truth
    const matrix = withSpectrum([10, 1, 1, 1, 1, 1, 1, 1], 5);
    expect(rayleighEstimate(matrix, 8, 1)).toBeLessThan(9.99);
    expect(factorisationBound(matrix, 8, 2)).toBeGreaterThanOrEqual(10 - 1e-9);
  });
});
