import { describe, expect, it } from "vitest";
import {
  chiSquare,
  evaluate,
  exponential,
  hermite,
  laguerre,
  leadingCoefficients,
  legendre,
  squareConstants,
  type PolynomialLaw,
} from "../../src/numeric/orthonormal.ts";
import { gaussOf } from "../../src/numeric/quadrature.ts";

const laws = [
  hermite,
  legendre,
  exponential,
  chiSquare(1),
  chiSquare(2),
  chiSquare(7),
  laguerre(-0.9),
  laguerre(2.7, 3),
];
const DEGREE = 40;

/** Largest deviation of E[h_s h_t] from 1[s = t] under a law's Gauss rule, h from any recurrence. */
function defect(law: PolynomialLaw, of: PolynomialLaw, nodes: number): number {
  const rule = gaussOf(law, nodes);
  const h = evaluate(of.recurrence(DEGREE + 1), DEGREE, rule.nodes);
  let worst = 0;
  for (let s = 0; s <= DEGREE; s++)
    for (let t = 0; t <= s; t++) {
      let sum = 0;
      for (let i = 0; i < nodes; i++) sum += rule.weights[i] * h[s * nodes + i] * h[t * nodes + i];
      worst = Math.max(worst, Math.abs(sum - (s === t ? 1 : 0)));
    }
  return worst;
}

const at = (law: PolynomialLaw, t: number, z: number) => evaluate(law.recurrence(t + 1), t, [z])[t];
const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
const choose = (n: number, k: number) => factorial(n) / (factorial(k) * factorial(n - k));

describe("orthonormal polynomials", () => {
  it.each(laws.map((law) => [law.id, law] as const))(
    "%s are orthonormal to 1e-12 up to degree 40",
    (_, law) => {
      expect(defect(law, law, DEGREE + 1)).toBeLessThan(1e-12);
      expect(defect(law, law, 64)).toBeLessThan(1e-12);
    },
  );

  it("of another law are not (negative control)", () => {
    expect(defect(exponential, laguerre(0.01), 41)).toBeGreaterThan(1e-3);
    expect(defect(hermite, legendre, 41)).toBeGreaterThan(1);
  });

  it("have the textbook forms", () => {
    for (const z of [-1.3, 0, 0.4, 2]) {
      expect(at(hermite, 3, z)).toBeCloseTo((z ** 3 - 3 * z) / Math.sqrt(6), 12);
      expect(at(hermite, 4, z)).toBeCloseTo((z ** 4 - 6 * z ** 2 + 3) / Math.sqrt(24), 12);
      expect(at(legendre, 2, z)).toBeCloseTo((Math.sqrt(5) * (3 * z * z - 1)) / 2, 12);
      expect(at(exponential, 2, z)).toBeCloseTo((z * z - 4 * z + 2) / 2, 12);
      expect(at(chiSquare(1), 1, z)).toBeCloseTo((z - 1) / Math.SQRT2, 12);
      expect(at(chiSquare(6), 1, z)).toBeCloseTo((z - 6) / Math.sqrt(12), 12);
    }
  });

  it("have leading coefficients that finite differences confirm", () => {
    for (const law of laws) {
      const gamma = leadingCoefficients(law.recurrence(5), 4);
      for (let t = 1; t <= 4; t++) {
        // The t-th difference of a polynomial of degree t is t! times its leading coefficient.
        let difference = 0;
        for (let j = 0; j <= t; j++) difference += (-1) ** (t - j) * choose(t, j) * at(law, t, j);
        expect(difference / factorial(t) / gamma[t]).toBeCloseTo(1, 8);
      }
    }
  });

  it("have the published constants E[h_t^2 h_2t]", () => {
    const rounded = (law: PolynomialLaw) =>
      Array.from(squareConstants(law, 3).slice(1), (c) => c.toPrecision(4));
    expect(rounded(legendre)).toEqual(["0.8944", "0.8571", "0.8405"]);
    expect(rounded(chiSquare(1))).toEqual(["2.449", "8.367", "30.40"]);
    squareConstants(hermite, 8).forEach((c, t) => expect(c).toBeCloseTo(Math.sqrt(choose(2 * t, t)), 9));
    squareConstants(exponential, 8).forEach((c, t) => expect(c / choose(2 * t, t)).toBeCloseTo(1, 12));
  });

  it("have constants that integration confirms", () => {
    for (const law of laws) {
      const rule = gaussOf(law, 12);
      const h = evaluate(law.recurrence(11), 10, rule.nodes);
      squareConstants(law, 5).forEach((c, t) => {
        let sum = 0;
        for (let i = 0; i < 12; i++) sum += rule.weights[i] * h[t * 12 + i] ** 2 * h[2 * t * 12 + i];
        expect(sum / c).toBeCloseTo(1, 9);
      });
    }
  });

  it("refuse too few coefficients and laws that do not exist", () => {
    expect(() => evaluate(hermite.recurrence(3), 3, [0])).toThrow("3 recurrence coefficients where 4");
    expect(() => laguerre(-1)).toThrow(RangeError);
    expect(() => laguerre(0, 0)).toThrow(RangeError);
  });
});
