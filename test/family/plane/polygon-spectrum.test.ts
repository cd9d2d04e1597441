import { describe, expect, it } from "vitest";
import { harmonicDimension } from "../../../src/family/plane/harmonics.ts";
import { harmonicShares } from "../../../src/family/plane/polygon-spectrum.ts";
import { polygonNormSquared } from "../../../src/family/plane/polygon-norm.ts";

const sharesOf = (n: number, k: number, degree: number): number[] =>
  Array.from(harmonicShares(n, k, degree), (x, l) => x * Number(harmonicDimension(Math.max(n, 2), l)));

describe("the polygon's shares of harmonics", () => {
  it("are those of its Fourier series on the plane: only odd multiples of k, as (l^2 - 1)^-2", () => {
    const shares = sharesOf(2, 4, 60);
    const norm = (l: number): number => (16 * 16) / Math.PI ** 2 / ((l * l - 1) ** 2 * polygonNormSquared(4));
    shares.forEach((share, l) => expect(share).toBeCloseTo(l % 8 === 4 ? norm(l) : 0, 12));
  });

  it.each([
    [2, 4, 400],
    [3, 2, 300],
    [5, 6, 300],
    [16, 4, 600],
    [40, 4, 800],
  ])("add up to 1 from below, degrees k and more: n = %i, k = %i", (n, k, degree) => {
    const shares = sharesOf(n, k, degree);
    let total = 0;
    for (const [l, share] of shares.entries()) {
      expect(share).toBeGreaterThanOrEqual(0);
      if (l < k || l % 2 === 1) expect(share).toBe(0);
      total += share;
    }
    expect(total).toBeLessThan(1 + 1e-12);
    expect(total).toBeGreaterThan(0.9995);
  });
});
