import { describe, expect, it } from "vitest";
import {
  binomialLaw,
  binomialPmf,
  complementary,
  incompleteBeta,
  integerPower,
  logGamma,
  pairwiseSum,
} from "../../src/numeric/binomial.ts";
import { upperLimit } from "../../src/numeric/confidence.ts";
import { binomial } from "../../src/numeric/choose.ts";
import {
  asWritten,
  exactly,
  nearestNumber,
  rational,
  subtract,
  type Rational,
} from "../../src/numeric/rational.ts";
import { stream } from "../../src/base/random.ts";

function exactPmf(n: number, j: number, p: Rational): Rational {
  const { num: a, den: b } = p;
  return rational(binomial(n, j) * a ** BigInt(j) * (b - a) ** BigInt(n - j), b ** BigInt(n));
}

describe("the binomial law", () => {
  it("is within its stated error of the exact rationals", () => {
    for (const n of [1, 2, 7, 60, 300])
      for (const p of [0.5, 0.3, 0.01, 0.999]) {
        const { probabilities, errors } = binomialLaw(n, p);
        for (let j = 0; j <= n; j++) {
          const off = subtract(exactly(probabilities[j]), exactPmf(n, j, asWritten(p)));
          const size = nearestNumber(rational(off.num < 0n ? -off.num : off.num, off.den));
          expect(size).toBeLessThanOrEqual(errors[j]);
          expect(errors[j]).toBeLessThan(1e-12 * probabilities[j] + 2e-300);
        }
      }
  });

  it("holds at n = 10,000", () => {
    const { probabilities, errors } = binomialLaw(10_000, 0.5);
    // C(10000, 5000) / 2^10000
    const truth = nearestNumber(exactPmf(10_000, 5000, rational(1, 2)));
    expect(Math.abs(probabilities[5000] / truth - 1)).toBeLessThan(1e-13);
    expect(errors[5000] / probabilities[5000]).toBeLessThan(1e-13);
    expect(pairwiseSum(probabilities)).toBeCloseTo(1, 12);
    expect(binomialPmf(10_000, 1e-300)[0]).toBe(1);
    expect(binomialPmf(10_000, 5e-324)[1]).toBe(10_000 * 5e-324);
  });

  it("reads p as it is written, on both sides", () => {
    expect(complementary(0.3).q).toBe(0.7);
    expect(complementary(0.9999999999999999).q).toBe(1e-16);
  });
});

describe("functions", () => {
  it("powers", () => {
    for (const [x, n] of [
      [0.5, 10],
      [-0.9, 7],
      [0.999, 10_000],
      [0, 0],
      [2, 1],
    ] as const)
      // prettier-ignore
      expect(integerPower(x, n)).toBeCloseTo(Math.pow(x, n), 12);
    expect(integerPower(-1, 3)).toBe(-1);
  });

  it("log Gamma is that of factorials", () => {
    let log = 0;
    for (let n = 1; n <= 200; n++) {
      expect(Math.abs(logGamma(n) - log)).toBeLessThanOrEqual(3e-14 * Math.max(1, log));
      log += Math.log(n);
    }
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14);
  });

  it("the incomplete beta function is a binomial tail", () => {
    for (const n of [5, 40])
      for (const x of [0.05, 0.3, 0.8])
        for (let a = 1; a <= n; a++) {
          const tail = pairwiseSum(binomialPmf(n, x).subarray(a));
          expect(Math.abs(incompleteBeta(x, a, n - a + 1) - tail)).toBeLessThan(1e-13);
        }
    expect(incompleteBeta(0.3, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.3)), 13);
  });
});

describe("Clopper-Pearson limits", () => {
  it("match published values", () => {
    // zero successes: 1 - tail^(1/n); the two-sided 95 % limits of 4 in 20 are .0573 and .4366 (Brown, Cai, DasGupta 2001)
    expect(upperLimit(0, 100, 0.01)).toBeCloseTo(1 - 0.01 ** 0.01, 6);
    expect(upperLimit(4, 20, 0.025)).toBeCloseTo(0.4366, 4);
    expect(1 - upperLimit(16, 20, 0.025)).toBeCloseTo(0.0573, 4);
    expect(upperLimit(20, 20, 0.01)).toBe(1);
  });

  it("lie on the safe side of the exact solution", () => {
    for (const [k, n] of [
      [0, 10],
      [3, 50],
      [120, 1000],
      [2269, 200_000],
    ]) {
      const q = upperLimit(k, n, 0.01);
      expect(pairwiseSum(binomialPmf(n, q).subarray(0, k + 1))).toBeLessThanOrEqual(0.01);
      expect(pairwiseSum(binomialPmf(n, q * 0.9999).subarray(0, k + 1))).toBeGreaterThan(0.01);
    }
  });

  it("cover the truth as often as they say", () => {
    const { uniform } = stream([7, 7]);
    const runs = 4000;
    for (const p of [0.02, 0.2]) {
      let covered = 0;
      for (let run = 0; run < runs; run++) {
        let successes = 0;
        for (let i = 0; i < 100; i++) if (uniform() < p) successes++;
        if (upperLimit(successes, 100, 0.1) >= p) covered++;
      }
      // at least 0.9 by the theorem; four standard errors of the simulation
      expect(covered / runs).toBeGreaterThan(0.9 - 4 * Math.sqrt(0.09 / runs));
    }
  });
});
