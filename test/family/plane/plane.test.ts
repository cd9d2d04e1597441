import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import { drawPlane, overlap, planeOf, rowsOf } from "../../../src/family/plane/plane.ts";
import { project } from "../../../src/family/plane/project.ts";

describe("planes", () => {
  it("drawn at random have orthonormal rows and Haar's mean overlap 4/d", () => {
    for (const d of [2, 3, 7, 50]) {
      let sum = 0;
      const runs = 400;
      for (let run = 0; run < runs; run++) {
        const [U, V] = [drawPlane(keyFor("U", d, run), d), drawPlane(keyFor("V", d, run), d)];
        const [a, b, c, e] = overlap(U, U);
        for (const [x, y] of [[a, 1], [b, 0], [c, 0], [e, 1]]) expect(Math.abs(x - y)).toBeLessThan(1e-14);
        sum += overlap(U, V).reduce((s, x) => s + x * x, 0);
      }
      // ||U V^T||_F^2 lies in [0, 2]
      expect(Math.abs(sum / runs - 4 / d)).toBeLessThan(4 / Math.sqrt(runs) / Math.sqrt(d));
    }
    expect(drawPlane(keyFor("U"), 5)).toEqual(drawPlane(keyFor("U"), 5));
  }); // prettier-ignore

  it("from a file are brought to the nearest orthonormal rows, or refused", () => {
    const { u, v } = rowsOf(drawPlane(keyFor("file"), 6));
    const rounded = planeOf(u.map((x) => Number(x.toFixed(8))), v, "members.0"); // prettier-ignore
    const [a, b, c, d] = overlap(rounded, rounded);
    expect(Math.max(Math.abs(a - 1), Math.abs(b), Math.abs(c), Math.abs(d - 1))).toBeLessThan(1e-15);
    expect(Math.max(...u.map((x, i) => Math.abs(x - rounded[i])))).toBeLessThan(1e-8);
    expect(() => planeOf([1, 0], [1, 0], "members.3")).toThrow(/members.3: the rows are not orthonormal/);
    expect(() => planeOf([1, 0], [0, 2], "m")).toThrow(/not orthonormal/);
    expect(() => planeOf([1, 0, 0], [0, 1], "m")).toThrow(/u has 3 entries, v has 2/);
    expect(() => planeOf([1], [0], "m")).toThrow(/at least 2/);
  });
});

it.each([2, 9, 32, 4096, 8195].flatMap((d) => [1, 3, 7, 8, 9, 17].map((count) => [count, d] as const)))(
  "projects %i vectors of %i coordinates as one by one, to the last bit",
  (count, d) => {
    const plane = drawPlane(keyFor("plane"), d);
    const vectors = normals(keyFor("vectors", count), new Float32Array(count * d));
    const sums = (row: number): Float64Array =>
      Float64Array.from({ length: count }, (_, i) => {
        let sum = 0;
        for (let j = 0; j < d; j++) sum += plane[row * d + j] * vectors[i * d + j];
        return sum;
      });
    expect(project(vectors, plane)).toEqual([sums(0), sums(1)]);
    expect(project(new Float32Array(0), plane)).toEqual([new Float64Array(0), new Float64Array(0)]);
  },
);
