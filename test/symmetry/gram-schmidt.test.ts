import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { range } from "../../src/base/range.ts";
import { dot, orthonormalise } from "../../src/numeric/orthonormalise.ts";
import { gramSchmidtForm } from "../../src/symmetry/gram-schmidt.ts";
import { euclidean, lorentzian } from "../../src/symmetry/minkowski-lengths.ts";

const points = Array.from({ length: 6 }, (_, i) => normals(keyFor("cloud", i), new Float64Array(3)));

describe("Gram-Schmidt forms", () => {
  it.each([euclidean(3), lorentzian(3)])("keep all inner products of the points, metric %j", (...metric) => {
    const form = gramSchmidtForm(points, metric);
    // the form's own metric: signs of the basis vectors, in the order in which they came up
    const squared = (row: ArrayLike<number>, by: readonly number[]): number =>
      by.reduce((sum, sign, i) => sum + sign * row[i] ** 2, 0);
    const signs = [metric, [metric[1], metric[0], metric[2]], [metric[1], metric[2], metric[0]]].filter(
      (by) => points.every((p, i) => Math.abs(squared(p, metric) - squared(form[i], by)) < 1e-9),
    );
    expect(signs.length).toBeGreaterThan(0);
  });

  // the design's: ties are then decided by rounding, which a distance of 1e-14 is itself
  it.each([
    [1e-2, 4e-13],
    [1e-6, 2e-8],
    [1e-10, 2e-4],
  ])("change by rounding over the distance of the first two points: %d, at worst %d", (distance, design) => {
    const errors = range(100).map((i) => {
      const cloud = range(10).map((j) => normals(keyFor("near", i, j), new Float64Array(3)));
      cloud[1] = cloud[0].map((x, a) => x + distance * cloud[1][a]);
      const rows = orthonormalise(normals(keyFor("turn", i), new Float64Array(9)), 3, 3);
      const turned = cloud.map((p) => [0, 3, 6].map((r) => dot(p, rows.subarray(r, r + 3))));
      const after = gramSchmidtForm(turned, euclidean(3));
      return Math.max(
        ...gramSchmidtForm(cloud, euclidean(3)).flatMap((p, j) =>
          Array.from(p, (x, a) => Math.abs(x - after[j][a])),
        ),
      );
    });
    // the worst of some clouds is a number of orders of magnitude
    expect(Math.max(...errors)).toBeLessThan(3 * design);
    expect(Math.max(...errors)).toBeGreaterThan(design / 100);
  });

  it("begin with a lower triangle of positive diagonal, and refuse points in a plane", () => {
    const form = gramSchmidtForm(points, euclidean(3));
    expect([form[0][1], form[0][2], form[1][2]].every((x) => Math.abs(x) < 1e-14)).toBe(true);
    expect([form[0][0], form[1][1], form[2][2]].every((x) => x > 0)).toBe(true);
    const flat = points.map((p) => [p[0], p[1], 0]);
    expect(() => gramSchmidtForm(flat, euclidean(3))).toThrow(/^points: span 2 of 3 dimensions/);
  });
});
