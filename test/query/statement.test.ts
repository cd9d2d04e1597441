import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactly, multiply, parseRational, rational } from "../../src/numeric/rational.ts";
import {
  averageCorrelationDimension,
  countJson,
  excludedShare,
  log2Json,
  requiredQueries,
  spectralBound,
} from "../../src/query/statement.ts";

const square = (text: string) => multiply(parseRational(text), parseRational(text));

describe("the number of queries", () => {
  it("is floor(tau^2 (d_eff - 1/rho^2)) + 1", () => {
    // 0.01 (1000 - 4) = 9.96
    expect(requiredQueries({ dimension: rational(1000) }, square("0.1"), square("0.5"))).toEqual({
      queries: 10n,
      vacuous: false,
      bound: "spectral",
    });
    // exactly 10: more than 10 are needed
    expect(requiredQueries({ dimension: rational(1004) }, square("0.1"), square("0.5")).queries).toBe(11n);
    // randomised, s = 1/2: 0.01 (500 - 4) = 4.96
    expect(
      requiredQueries({ dimension: rational(1000) }, square("0.1"), square("0.5"), rational(1, 2)).queries,
    ).toBe(5n);
  });

  it("is vacuous below d_eff = 1/rho^2, and one query at it", () => {
    expect(requiredQueries({ dimension: rational(399, 100) }, square("0.1"), square("0.5"))).toMatchObject({
      queries: 0n,
      vacuous: true,
    });
    expect(requiredQueries({ dimension: rational(4) }, square("0.1"), square("0.5"))).toMatchObject({
      queries: 1n,
      vacuous: false,
    });
  });

  it("agrees with the spectral formula for random numbers", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-4, max: 1, noNaN: true }),
        fc.double({ min: 1e-3, max: 1, noNaN: true }),
        (d, tau, rho) => {
          const [dimension, t2, r2] = [exactly(d), square(String(tau)), square(String(rho))];
          const q = spectralBound(dimension, t2, r2);
          const { queries, vacuous } = requiredQueries({ dimension }, t2, r2);
          expect(vacuous).toBe(q.num < 0n);
          if (!vacuous) {
            expect(queries * q.den).toBeGreaterThan(q.num);
            expect((queries - 1n) * q.den).toBeLessThanOrEqual(q.num);
          }
        },
      ),
    );
  });

  it("takes the pairwise form where it is better", () => {
    // 1000 functions, lambda 500 from one bad block, but correlations below 1/1000
    const strength = { dimension: rational(2), pairwise: { count: 1000n, delta: rational(1, 1000) } };
    // a(1/2) = .999 / .249 = 4.01.., a(1/10) = .999 / .009 = 111: (1000 - 4.01) / 111 = 8.97
    expect(requiredQueries(strength, square("0.1"), square("0.5"))).toEqual({
      queries: 9n,
      vacuous: false,
      bound: "pairwise",
    });
    expect(
      requiredQueries({ ...strength, dimension: rational(1000) }, square("0.1"), square("0.5")).bound,
    ).toBe("spectral");
    // tau^2 below delta: the pairwise form says nothing of the queries, the spectral one does
    expect(excludedShare(strength, square("0.01"))).toEqual(rational(5000));
  });

  it("goes beyond 2^53", () => {
    const { queries } = requiredQueries({ dimension: rational(10n ** 400n) }, square("0.1"), square("0.5"));
    expect(countJson(queries)).toBe(`1${"0".repeat(398)}`);
    expect(countJson(2n ** 53n - 1n)).toBe(2 ** 53 - 1);
    expect(queries).toBe(10n ** 398n);
    expect(log2Json(queries)).toBeCloseTo(398 * Math.log2(10), 8);
    expect(log2Json(0n)).toBeNull();
  });

  it("counts members that one function can correlate with: parities against a brute force", () => {
    // 8 orthonormal characters of F_2^3: |<h, chi>| > t for at most 1/t^2 of them, here with equality nearly reached
    const h = Array.from({ length: 8 }, () => 1 / Math.sqrt(8));
    for (const t of ["0.3", "0.35", "0.36"]) {
      const above = h.filter((x) => x > Number(t)).length;
      const { num, den } = excludedShare({ dimension: rational(8) }, square(t));
      expect(BigInt(above) * den).toBeLessThan(8n * num);
    }
  });
});

describe("the statistical dimension with average correlation", () => {
  it("follows from the pairwise bound", () => {
    expect(averageCorrelationDimension(1000n, rational(0), rational(1, 10))).toBe(100n);
    // (0.1 - 0.01) / 0.99 * 1000 = 90.9
    expect(averageCorrelationDimension(1000n, rational(1, 100), rational(1, 10))).toBe(90n);
    expect(averageCorrelationDimension(1000n, rational(1, 10), rational(1, 10))).toBe(0n);
    expect(averageCorrelationDimension(1000n, rational(1), rational(2))).toBe(0n);
  });
});
