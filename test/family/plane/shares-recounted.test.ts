import { describe, expect, it } from "vitest";
import { harmonicDimension } from "../../../src/family/plane/harmonics.ts";
import { harmonicShares, spectrumError } from "../../../src/family/plane/polygon-spectrum.ts";
import { sharesByAngles } from "../../../src/family/plane/shares-recounted.ts";

describe("shares of the degrees of harmonics", () => {
  // the design's mathematics
  it.each([[16, 4, 4, 0.569, 5e-4], [256, 8, 8, 0.0735, 5e-5]])(
    "n = %i, k = %i: degree %i holds %d",
    (n, k, l, share, within) => {
      expect(Math.abs(sharesByAngles(n, k, l).shares[l] - share)).toBeLessThan(within);
    },
  ); // prettier-ignore

  it.each([[2, 4], [3, 2], [5, 6], [16, 4], [17, 4], [64, 8], [101, 2]])("n = %i, k = %i: as by Funk and Hecke", (n, k) => {
    const degree = 60;
    const { shares, error } = sharesByAngles(n, k, degree);
    const other = harmonicShares(n, k, degree);
    for (let l = 0; l <= degree; l++) {
      const expected = other[l] === 0 ? 0 : other[l] * Number(harmonicDimension(n, l));
      expect(Math.abs(shares[l] - expected)).toBeLessThanOrEqual((error + spectrumError(n, degree)) * expected);
    }
  }); // prettier-ignore

  it("add up to all of the norm, from below", () => {
    for (const [n, k] of [[3, 2], [6, 4], [16, 4]]) {
      const sums = [40, 400, 4000].map((degree) => sharesByAngles(n, k, degree).shares.reduce((a, b) => a + b));
      expect(sums[0]).toBeLessThan(sums[1]);
      expect(sums[2]).toBeLessThan(1);
      expect(1 - sums[2]).toBeLessThan((1 - sums[0]) / 100);
    }
  }); // prettier-ignore
});
