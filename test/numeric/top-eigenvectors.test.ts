import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { topEigenvectors } from "../../src/numeric/top-eigenvectors.ts";

describe("top eigenvectors", () => {
  it("are those of a matrix with known ones, by value and not by size", () => {
    const size = 12;
    const basis = topEigenvectors(new Float64Array(size * size), size, 3, keyFor("basis")); // any orthonormal rows
    const values = [3, 2, -9];
    const matrix = new Float64Array(size * size);
    values.forEach((value, r) => {
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++)
          matrix[i * size + j] += value * basis[r * size + i] * basis[r * size + j];
    });
    const found = topEigenvectors(matrix, size, 2, keyFor("start"));
    for (let r = 0; r < 2; r++) {
      const cosines = [0, 1].map((q) =>
        found.slice(q * size, (q + 1) * size).reduce((sum, x, i) => sum + x * basis[r * size + i], 0),
      );
      expect(cosines[0] ** 2 + cosines[1] ** 2).toBeCloseTo(1, 10);
    }
  });

  it("have the largest Rayleigh quotients of a random matrix", () => {
    const size = 20;
    const raw = normals(keyFor("random"), new Float64Array(size * size));
    const matrix = raw.map((x, at) => x + raw[(at % size) * size + Math.floor(at / size)]);
    const quotient = (row: Float64Array): number =>
      row.reduce((sum, x, i) => sum + x * row.reduce((s, y, j) => s + matrix[i * size + j] * y, 0), 0);
    const [top] = [topEigenvectors(matrix, size, 1, keyFor("one"))];
    for (let trial = 0; trial < 50; trial++) {
      const row = normals(keyFor("trial", trial), new Float64Array(size));
      const norm = Math.hypot(...row);
      expect(quotient(row.map((x) => x / norm))).toBeLessThan(quotient(top));
    }
    // it is an eigenvector
    const image = top.map((_, i) => top.reduce((s, y, j) => s + matrix[i * size + j] * y, 0));
    image.forEach((x, i) => expect(x).toBeCloseTo(quotient(top) * top[i], 4));
  });
});
