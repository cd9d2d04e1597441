import { describe, expect, it } from "vitest";
import { chiSquare, exponential, hermite, laguerre, legendre } from "../../src/numeric/orthonormal.ts";
import { gaussOf, tridiagonalEigenvalues } from "../../src/numeric/quadrature.ts";
import { intervalRule } from "../../src/numeric/quadrature-panels.ts";

const integral = (rule: { nodes: Float64Array; weights: Float64Array }, f: (z: number) => number) =>
  rule.weights.reduce((sum, w, i) => sum + w * f(rule.nodes[i]), 0);

describe("Gauss quadrature", () => {
  it("has the tabulated nodes and weights (Abramowitz and Stegun, tables 25.4, 25.9)", () => {
    const five = gaussOf(legendre, 5);
    expect(five.nodes[4]).toBeCloseTo(0.906179845938664, 14);
    expect(2 * five.weights[4]).toBeCloseTo(0.236926885056189, 14);
    const three = gaussOf(exponential, 3);
    expect(three.nodes[0]).toBeCloseTo(0.415774556783, 12);
    expect(three.weights[0]).toBeCloseTo(0.711093009929, 12);
  });

  it("is exact up to degree 2n-1 and wrong at 2n", () => {
    const moments: [typeof hermite, (p: number) => number][] = [
      [hermite, (p) => (p % 2 === 1 ? 0 : Array.from({ length: p / 2 }, (_, i) => 2 * i + 1).reduce((a, b) => a * b, 1))], // prettier-ignore
      [legendre, (p) => (p % 2 === 1 ? 0 : 1 / (p + 1))],
      [exponential, (p) => Array.from({ length: p }, (_, i) => i + 1).reduce((a, b) => a * b, 1)],
      [chiSquare(3), (p) => Array.from({ length: p }, (_, i) => 2 * i + 3).reduce((a, b) => a * b, 1)],
    ];
    for (const [law, moment] of moments) {
      const rule = gaussOf(law, 8);
      for (let p = 0; p <= 15; p++)
        expect(Math.abs(integral(rule, (z) => z ** p) - moment(p))).toBeLessThan(
          1e-11 * (1 + moment(p + (p % 2))),
        );
      expect(Math.abs(integral(rule, (z) => z ** 16) / moment(16) - 1)).toBeGreaterThan(1e-6);
    }
  });

  it("finds the eigenvalues of a tridiagonal matrix: 2 - 2 cos(pi j/(n+1)) for the path's Laplacian", () => {
    const n = 200;
    const found = tridiagonalEigenvalues(new Float64Array(n).fill(2), new Float64Array(n - 1).fill(-1));
    found.forEach((value, j) =>
      expect(value).toBeCloseTo(2 - 2 * Math.cos((Math.PI * (j + 1)) / (n + 1)), 12),
    );
    expect(Array.from(tridiagonalEigenvalues(Float64Array.of(3, 1), Float64Array.of(0)))).toEqual([1, 3]);
    expect(Array.from(tridiagonalEigenvalues(Float64Array.of(3), new Float64Array(0)))).toEqual([3]);
  });
});

describe("interval rules", () => {
  it("have published tail probabilities as masses", () => {
    const mass = (rule: { weights: Float64Array }) => rule.weights.reduce((a, b) => a + b, 0);
    expect(mass(intervalRule(hermite, [-1.959963984540054, 1.959963984540054]))).toBeCloseTo(0.95, 13);
    expect(mass(intervalRule(chiSquare(1), [0, 3.841458820694124]))).toBeCloseTo(0.95, 13);
    expect(mass(intervalRule(chiSquare(1), [-3, 3.841458820694124]))).toBeCloseTo(0.95, 13);
    expect(mass(intervalRule(chiSquare(10), [0, 18.307038053275146]))).toBeCloseTo(0.95, 13);
    expect(mass(intervalRule(exponential, [1, 5]))).toBeCloseTo(Math.exp(-1) - Math.exp(-5), 14);
    expect(mass(intervalRule(legendre, [-9, 0.5]))).toBeCloseTo(0.75, 14);
    expect(mass(intervalRule(laguerre(-0.9), [0, 60]))).toBeCloseTo(1, 12);
  });

  it("add up over neighbouring intervals, singular endpoint or not", () => {
    const f = (z: number) => Math.cos(z);
    for (const law of [chiSquare(1), laguerre(-0.7), laguerre(1.3), hermite]) {
      const whole = integral(intervalRule(law, [0, 4]), f);
      for (const cut of [1e-6, 0.01, 1, 3.99])
        expect(
          integral(intervalRule(law, [0, cut]), f) + integral(intervalRule(law, [cut, 4]), f),
        ).toBeCloseTo(whole, 12);
    }
  });

  it("refuse intervals without points or without an end", () => {
    expect(() => intervalRule(hermite, [0, Infinity])).toThrow("no finite interval");
    expect(() => intervalRule(legendre, [2, 3])).toThrow("no finite interval");
  });
});
