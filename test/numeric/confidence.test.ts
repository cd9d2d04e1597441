import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logGamma } from "../../src/numeric/binomial.ts";
import { meanLowerLimit, meanUpperLimit, upperLimit } from "../../src/numeric/confidence.ts";

/** Pr[Bin(n, p) = k]. */
const binomialPoint = (n: number, k: number, p: number): number =>
  Math.exp(
    logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p),
  );

/** How often a limit made from k of n misses the true p, exactly. */
function missed(n: number, p: number, misses: (k: number) => boolean): number {
  let total = 0;
  for (let k = 0; k <= n; k++) if (misses(k)) total += binomialPoint(n, k, p);
  return total;
}

const shares = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const sizes = fc.integer({ min: 1, max: 300 });

describe("limits for a mean in [0, 1]", () => {
  it("cover coins of every bias at the stated confidence", () => {
    fc.assert(
      fc.property(sizes, shares, fc.constantFrom(0.9, 0.99, 0.995), (n, p, confidence) => {
        expect(missed(n, p, (k) => meanUpperLimit(k / n, n, confidence) < p)).toBeLessThanOrEqual(1 - confidence);
        expect(missed(n, p, (k) => meanLowerLimit(k / n, n, confidence) > p)).toBeLessThanOrEqual(1 - confidence);
      }),
      { numRuns: 60 },
    );
  }); // prettier-ignore

  it("a sample mean does not (negative control)", () => {
    expect(missed(100, 0.3, (k) => k / 100 < 0.3)).toBeGreaterThan(0.3);
  });

  it("are never sharper than the exact ones for coins, and not much wider", () => {
    fc.assert(
      fc.property(sizes, fc.nat(300), (n, hits) => {
        const k = hits % (n + 1);
        const [up, down] = [meanUpperLimit(k / n, n, 0.99), meanLowerLimit(k / n, n, 0.99)];
        const [best, worst] = [upperLimit(k, n, 0.01), 1 - upperLimit(n - k, n, 0.01)];
        expect(up).toBeGreaterThanOrEqual(best);
        expect(down).toBeLessThanOrEqual(worst);
        // the Chernoff bound loses a factor of the order of sqrt(n) in probability
        expect(up - k / n).toBeLessThan(2.2 * (best - k / n) + 1e-12);
      }),
      { numRuns: 200 },
    );
  });

  it("are mirror images, rise with the mean, and close in as trials grow", () => {
    fc.assert(
      fc.property(shares, shares, fc.integer({ min: 1, max: 1e9 }), (a, b, n) => {
        expect(meanLowerLimit(a, n, 0.99)).toBeCloseTo(1 - meanUpperLimit(1 - a, n, 0.99), 9);
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(meanUpperLimit(low, n, 0.99)).toBeLessThanOrEqual(meanUpperLimit(high, n, 0.99));
        expect(meanUpperLimit(a, n, 0.99)).toBeGreaterThan(a);
        // Pinsker: kl(p, q) >= 2 (p - q)^2
        expect(meanUpperLimit(a, n, 0.99) - a).toBeLessThan(1.0001 * Math.sqrt(Math.log(100) / (2 * n)));
      }),
    );
  });

  it("at the ends", () => {
    // (1 - q)^n = 1/100
    expect(meanUpperLimit(0, 1000, 0.99)).toBeCloseTo(1 - 0.01 ** (1 / 1000), 8);
    expect(meanLowerLimit(1, 1000, 0.99)).toBeCloseTo(0.01 ** (1 / 1000), 8);
    expect(meanUpperLimit(1, 10, 0.99)).toBe(1);
    expect(meanLowerLimit(0, 10, 0.99)).toBe(0);
    for (const least of [5e-324, 1e-310, 1e-300]) {
      expect(meanUpperLimit(least, 1000, 0.99)).toBeCloseTo(meanUpperLimit(0, 1000, 0.99), 12);
      expect(meanLowerLimit(least, 1000, 0.99)).toBe(0);
    }
    // p ln(p/q) + (1-p) ln(1-p) = ln 100, as 1 - q is 1
    const logRatio = (Math.log(0.01) + 0.99 * Math.log(0.99)) / 0.01;
    expect(Math.log(meanLowerLimit(0.01, 1, 0.99) / 0.01)).toBeCloseTo(logRatio, 2);
    expect(meanUpperLimit(NaN, 10, 0.99)).toBe(1);
  });
});
