import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { gaussian } from "../../../src/distribution/gaussian.ts";
import { parityNormSquared, parityValues } from "../../../src/family/frame-parity/relu-parity.ts";
import { squareMoment } from "../../../src/family/frame-parity/square-moments.ts";

const h2 = (x: number): number => (x * x - 1) / Math.SQRT2;

describe("what the square of a parity tells about its coordinates", () => {
  it("of one is sqrt 2 / k: g^2 is homogeneous of degree 2", () => {
    for (const k of [2, 4, 6, 8, 12]) expect(squareMoment(k, 1)).toBeCloseTo(Math.SQRT2 / k, 9);
  });

  // derived and checked elsewhere (design, neighbours 0.2)
  it.each([
    [2, 0.87597],
    [4, 0.32502],
    [6, 0.17402],
    [8, 0.11012],
  ])("of two, k = %i, is %d", (k, expected) => {
    expect(squareMoment(k, 2)).toBeCloseTo(expected, 5);
  });

  it("is the integral over angles at k = 2, radii in closed form: E R^2, R^4, R^6 = 2, 8, 48", () => {
    const value = parityValues(2, "parity");
    const [angles, sums] = [4000, [0, 0, 0]];
    for (let i = 0; i < angles; i++) {
      const angle = (2 * Math.PI * i) / angles;
      const [x, z] = [Math.cos(angle), Math.sin(angle)];
      const square = value([x, z], 0, Int32Array.of(0, 1)) ** 2;
      const radial = [2, (8 * x * x - 2) / Math.SQRT2, (48 * x * x * z * z - 8 + 2) / 2];
      for (const [r, weight] of radial.entries()) sums[r] += square * weight;
    }
    for (const r of [1, 2]) expect(sums[r] / sums[0]).toBeCloseTo(squareMoment(2, r), 5);
  });

  it.each([4, 6])("is the mean over samples, k = %i", (k) => {
    const count = 30_000;
    const { data } = gaussian([k]).sample(keyFor("square moments", k), count);
    const value = parityValues(k, "parity");
    const points = Int32Array.from({ length: k }, (_, i) => i);
    const [sums, squares] = [new Float64Array(4), new Float64Array(4)];
    for (let e = 0; e < count; e++) {
      let psi = value(data, e * k, points) ** 2 / parityNormSquared(k);
      for (let r = 1; r <= 3; r++) {
        psi *= h2(data[e * k + r - 1]);
        sums[r] += psi;
        squares[r] += psi * psi;
      }
    }
    for (let r = 1; r <= 3; r++) {
      const error = Math.sqrt(squares[r]) / count;
      expect(Math.abs(sums[r] / count - squareMoment(k, r)), `r = ${r}`).toBeLessThan(4 * error);
    }
  });
});
