import { describe, expect, it } from "vitest";
import { testFunctions, truncate } from "../../src/numeric/orthonormal-truncated.ts";
import { chiSquareDifference } from "../../src/numeric/chi-square-difference.ts";
import {
  chiSquare,
  evaluate,
  exponential,
  hermite,
  legendre,
  type PolynomialLaw,
} from "../../src/numeric/orthonormal.ts";
import { intervalRule } from "../../src/numeric/quadrature-panels.ts";

const cases: [string, PolynomialLaw, [number, number]][] = [
  ["normal on [-2.5, 2.5]", hermite, [-2.5, 2.5]],
  ["normal on [0, 3]", hermite, [0, 3]],
  ["exponential on [0, 5]", exponential, [0, 5]],
  ["chi-square 1 on [0, 6]", chiSquare(1), [0, 6]],
  ["chi-square 3 on [0.5, 9]", chiSquare(3), [0.5, 9]],
];
/** Of a law whose density is in no closed form. */
const difference: (typeof cases)[number] = [
  "chi-square 3 less chi-square 1",
  chiSquareDifference(3),
  [-2, 8],
];

/** Largest deviation of conditional moments E[p_s p_t] from 1[s = t]. */
function defect(law: PolynomialLaw, interval: [number, number], degree: number): number {
  const { mass, recurrence } = truncate(law, interval, degree + 1);
  // Other panels than those that the recurrence was made from.
  const cut = interval[0] + 0.37 * (interval[1] - interval[0]);
  const rules = [intervalRule(law, [interval[0], cut]), intervalRule(law, [cut, interval[1]])];
  const sums = new Float64Array((degree + 1) ** 2);
  for (const { nodes, weights } of rules) {
    const p = evaluate(recurrence, degree, nodes);
    for (let s = 0; s <= degree; s++)
      for (let t = 0; t <= degree; t++)
        for (let i = 0; i < nodes.length; i++)
          sums[s * (degree + 1) + t] +=
            (weights[i] / mass) * p[s * nodes.length + i] * p[t * nodes.length + i];
  }
  return sums.reduce((worst, v, i) => Math.max(worst, Math.abs(v - (i % (degree + 2) === 0 ? 1 : 0))), 0);
}

describe("truncated laws", () => {
  it.each([...cases, difference])("%s: orthonormal to 1e-12 up to degree 40", (_, law, interval) => {
    expect(defect(law, interval, 40)).toBeLessThan(1e-12);
  });

  it("of the uniform law are Legendre's again", () => {
    const half = truncate(legendre, [-5, 5], 20).recurrence;
    const whole = legendre.recurrence(20);
    half.b.forEach((b, t) => expect(b).toBeCloseTo(whole.b[t], 13));
    const scaled = truncate(legendre, [0, 1], 20);
    expect(scaled.mass).toBeCloseTo(0.5, 14);
    scaled.recurrence.b.forEach((b, t) => expect(b).toBeCloseTo(t === 0 ? 1 : whole.b[t] / 4, 13));
  });

  it("have the published constants and suprema", () => {
    const gauss = testFunctions(hermite, [-2.5, 2.5], 3);
    expect(Array.from(gauss.constants.slice(1), (c) => c.toFixed(3))).toEqual(["1.147", "0.940", "0.499"]);
    const exp = testFunctions(exponential, [0, 5], 3);
    expect(Array.from(exp.constants.slice(1), (c) => c.toFixed(3))).toEqual(["1.166", "0.474", "0.083"]);
    expect(Array.from(exp.suprema.slice(1), (c) => c.toFixed(1))).toEqual(["8.4", "13.8", "17.6"]);
    expect(exp.mass).toBeCloseTo(1 - Math.exp(-5), 14);
  });
});

describe("test functions", () => {
  /** E[h_a h_b phi_t] under the whole law. */
  function statistic(
    law: PolynomialLaw,
    interval: [number, number],
    a: number,
    b: number,
    t: number,
  ): number {
    const { nodes, weights } = intervalRule(law, interval);
    const h = evaluate(law.recurrence(9), 8, nodes);
    const phi = testFunctions(law, interval, 4).evaluate(nodes);
    let sum = 0;
    for (let i = 0; i < nodes.length; i++)
      sum += weights[i] * h[a * nodes.length + i] * h[b * nodes.length + i] * phi[t * nodes.length + i];
    return sum;
  }

  it.each(cases)("%s: orthogonal to h_a h_b, a + b < 2t, and c_t against h_t^2", (_, law, interval) => {
    const { constants } = testFunctions(law, interval, 4);
    for (let t = 1; t <= 4; t++) {
      for (let a = 0; a < 2 * t; a++)
        for (let b = 0; a + b < 2 * t; b++)
          expect(Math.abs(statistic(law, interval, a, b, t))).toBeLessThan(1e-11);
      expect(statistic(law, interval, t, t, t) / constants[t]).toBeCloseTo(1, 9);
      expect(constants[t]).toBeGreaterThan(0);
      // Negative control: one degree up, nothing forces it to vanish.
      expect(Math.abs(statistic(law, interval, t + 1, t, t)) + Math.abs(statistic(law, interval, t + 1, t + 1, t))).toBeGreaterThan(1e-3); // prettier-ignore
    }
  });

  it("vanish outside their interval and stay below their suprema", () => {
    const test = testFunctions(hermite, [-2.5, 2.5], 3);
    const z = Float64Array.from({ length: 7001 }, (_, i) => -3.5 + i / 1000);
    const phi = test.evaluate(z);
    for (let t = 0; t <= 3; t++) {
      let [inside, outside] = [0, 0];
      for (let i = 0; i < z.length; i++) {
        const value = Math.abs(phi[t * z.length + i]);
        if (Math.abs(z[i]) > 2.5) outside = Math.max(outside, value);
        else inside = Math.max(inside, value);
      }
      expect(outside).toBe(0);
      expect(inside).toBeLessThanOrEqual(test.suprema[t] * (1 + 1e-6));
      expect(inside).toBeGreaterThan(test.suprema[t] * 0.99);
    }
  });
});
