import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.ts";
import { keyFor, stream } from "../../../src/base/random.ts";
import { polygonSums } from "../../../src/family/plane/polygon-values.ts";
import { alternating, directions, easyCoefficients, reluPolygon, requirePolygon } from "../../../src/family/plane/polygon.ts"; // prettier-ignore
import { meanDegree, polygonNormSquared } from "../../../src/family/plane/polygon-norm.ts";

describe("the polygon", () => {
  it("is its own definition, evaluated by sectors", () => {
    for (const k of [2, 4, 6, 10, 64])
      for (const coefficients of [alternating(k), easyCoefficients(k)]) {
        const f = reluPolygon(k, coefficients);
        const w = directions(k);
        const random = stream(keyFor("points", k));
        const points = Array.from({ length: 500 }, () => [random.normal(), random.normal()]);
        // on the edges between sectors, on the axes, at 0
        for (let m = 0; m <= 4 * k; m++)
          points.push([Math.cos((Math.PI * m) / (2 * k)), Math.sin((Math.PI * m) / (2 * k))]);
        points.push([0, 0], [-1, 0], [-1, -0], [0, -1], [1e-300, 0]);
        for (const [x, y] of points) {
          let sum = 0;
          for (let m = 0; m < 2 * k; m++)
            sum += coefficients[m] * Math.max(0, w[2 * m] * x + w[2 * m + 1] * y);
          expect(Math.abs(f(x, y) - sum)).toBeLessThan(1e-15 * (20 + k) * (1 + Math.hypot(x, y)));
        }
      }
  });

  it("has the norms of math.md, by three formulas, and a gradient of one length", () => {
    for (const [k, norm] of [[2, 0.7267605], [4, 0.1167867], [6, 0.0483062]]) expect(polygonNormSquared(k)).toBeCloseTo(norm, 6); // prettier-ignore
    for (const k of [2, 4, 6, 10, 50]) {
      let sum = 0;
      for (let l = 100_001; l >= 1; l -= 2) sum += (l * l * k * k - 1) ** -2;
      const norm = polygonNormSquared(k);
      expect(Math.abs(norm / ((16 * k * k * sum) / Math.PI ** 2) - 1)).toBeLessThan(1e-13);
      const x = Math.PI / (2 * k);
      expect(Math.abs(norm - (Math.cos(x) ** -2 - Math.tan(x) / x))).toBeLessThan(1e-15);
      const f = reluPolygon(k, alternating(k));
      const [gx, gy] = [(f(3.001, 0.2) - f(3, 0.2)) / 0.001, (f(3, 0.201) - f(3, 0.2)) / 0.001];
      expect(Math.abs((gx * gx + gy * gy) / norm / meanDegree(k) - 1)).toBeLessThan(1e-8);
    }
  });

  it("vanishes for odd k, which is why they are refused", () => {
    const w = directions(3);
    for (const [x, y] of [[1, 0.3], [-0.2, 2]]) {
      let sum = 0;
      for (let m = 0; m < 6; m++) sum += (-1) ** m * Math.max(0, w[2 * m] * x + w[2 * m + 1] * y);
      expect(Math.abs(sum)).toBeLessThan(1e-15);
    }
  }); // prettier-ignore
});

it.each([2, 4, 6, 8, 10, 30, 100])("folded into an eighth of the plane it is the same: k = %i", (k) => {
  const s = stream(keyFor("folded", k));
  const [x, y] = [0, 1].map(() => Float64Array.from({ length: 3000 }, () => s.normal())) as [Float64Array, Float64Array]; // prettier-ignore
  for (const [i, [u, v]] of [[0, 0], [1, 0], [0, -1], [-1, 0], [1, 1], [-1, 1], [2, -2]].entries()) [x[i], y[i]] = [u, v]; // prettier-ignore
  const { points, sums, add } = polygonSums(k, 3000);
  points.set(x);
  points.set(y, 3000);
  sums.fill(5);
  add(0, 3000, 0, 1999, 2); // an odd number writes one more
  sums[1999] = 5;
  add(1999, 4999, 1999, 1001, 2);
  const f = reluPolygon(k, alternating(k));
  x.forEach((_, i) => expect(sums[i] - 5).toBeCloseTo(2 * f(x[i], y[i]), 10));
});

it("a k that has no polygon is refused with the reason", () => {
  expect(() => requirePolygon(3, "k")).toThrow(/k: 3 is odd, .* 0 everywhere; allowed: even/);
  for (const k of [0, -2, 102, 2.5, NaN]) expect(() => requirePolygon(k, "k")).toThrow(InputError);
});
