import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normals } from "../../src/base/random.ts";
import { factorise, solveFactorised } from "../../src/numeric/cholesky.ts";

describe("Cholesky's factorisation", () => {
  it("solves random positive definite systems", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), (n, seed) => {
        const b = normals([seed, n], new Float64Array(n * n));
        const a = new Float64Array(n * n);
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++) a[i * n + j] += b[i * n + k] * b[j * n + k];
            if (i === j) a[i * n + j] += 1;
          }
        const x = normals([seed, n + 100], new Float64Array(n));
        const right = x.map((_, i) => x.reduce((sum, v, j) => sum + a[i * n + j] * v, 0));
        const factor = Float64Array.from(a);
        expect(factorise(factor, n)).toBe(true);
        solveFactorised(factor, n, right);
        x.forEach((v, i) => expect(right[i]).toBeCloseTo(v, 8));
      }),
    );
  });

  it("says when a matrix is not positive definite (negative control)", () => {
    expect(factorise(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
    expect(factorise(Float64Array.of(1, 1, 1, 1), 2)).toBe(false);
    expect(factorise(Float64Array.of(2, 1, 1, 2), 2)).toBe(true);
  });
});
