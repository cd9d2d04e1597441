import { expect, it } from "vitest";
import { normals } from "../../src/base/random.ts";
import { lanczos } from "../../src/numeric/lanczos.ts";

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
