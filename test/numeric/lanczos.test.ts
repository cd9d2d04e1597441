import { expect, it } from "vitest";
import { normals } from "../../src/base/random.ts";
import { lanczos, largestOfTridiagonal } from "../../src/numeric/lanczos.ts";

it("Lanczos finds the edge of a dense spectrum from below", () => {
  // the path's adjacency matrix: eigenvalues 2 cos(pi j / (n + 1))
  const n = 60;
  const path = (x: Float64Array, y: Float64Array): void => {
    for (let i = 0; i < n; i++) y[i] = (x[i - 1] ?? 0) + (x[i + 1] ?? 0);
  };
  const truth = 2 * Math.cos(Math.PI / (n + 1));
  for (const seed of [1, 2]) {
    const start = normals([0, seed], new Float64Array(n));
    let before = -Infinity;
    for (const steps of [1, 5, 20, n]) {
      const value = lanczos(path, n, steps, start);
      expect(value).toBeLessThanOrEqual(truth + 1e-13);
      expect(value).toBeGreaterThanOrEqual(before - 1e-13);
      before = value;
    }
    expect(before).toBeCloseTo(truth, 12);
  }
  // an invariant subspace ends it early
  expect(lanczos((x, y) => y.set(x), 5, 5)).toBeCloseTo(1, 14);
});

it("bisection ends on numbers that are none, and at both ends of float64", () => {
  expect(largestOfTridiagonal([NaN, 1], [0])).toBeNaN();
  expect(largestOfTridiagonal([Infinity, 1], [Infinity])).toBeNaN();
  expect(largestOfTridiagonal([5e-324, 0], [0])).toBeLessThanOrEqual(5e-324);
  expect(Number.isFinite(largestOfTridiagonal([1e308, -1e308], [1e300]))).toBe(true);
});
