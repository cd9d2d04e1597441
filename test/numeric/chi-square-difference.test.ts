/** The recurrence of chi^2_q - chi^2_1 from whole moments, against a product of Gauss rules. */

import { expect, it } from "vitest";
import { chiSquareDifference } from "../../src/numeric/chi-square-difference.ts";
import { stieltjes } from "../../src/numeric/orthonormal-truncated.ts";
import { chiSquare } from "../../src/numeric/orthonormal.ts";
import { intervalRule } from "../../src/numeric/quadrature-panels.ts";
import { gaussOf } from "../../src/numeric/quadrature.ts";

/** By Stieltjes' procedure, exact for as many coefficients. */
function byProduct(q: number, other: number, count: number) {
  const [plus, minus] = [gaussOf(chiSquare(q), count + 1), gaussOf(chiSquare(other), count + 1)];
  const nodes = Array.from(plus.nodes).flatMap((x) => Array.from(minus.nodes, (y) => x - y));
  const weights = Array.from(plus.weights).flatMap((v) => Array.from(minus.weights, (w) => v * w));
  return stieltjes({ nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) }, 1, count);
}

it.each([1, 2, 3, 8])("q = %i: 20 coefficients, and none of another law (negative control)", (q) => {
  const { a, b } = chiSquareDifference(q).recurrence(20);
  expect([a[0], b[1]]).toEqual([q - 1, 2 * (q + 1)]);
  const [same, wrong] = [byProduct(q, 1, 20), byProduct(q, 2, 20)];
  for (let t = 0; t < 20; t++) {
    expect(Math.abs(a[t] - same.a[t])).toBeLessThan(1e-8 * (1 + b[t]));
    expect(b[t] / same.b[t]).toBeCloseTo(1, 8);
    if (t > 0) expect(Math.abs(b[t] / wrong.b[t] - 1)).toBeGreaterThan(1e-3);
  }
});

it("its restrictions have the probability that sums of squares say", () => {
  // x < y, of chi^2_2 and chi^2_1: E exp(-y/2) = 1/sqrt 2 is the probability of x > y
  const { weights } = intervalRule(chiSquareDifference(2), [0, 80]);
  expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(Math.SQRT1_2, 12);
  const below = intervalRule(chiSquareDifference(2), [-60, 0]).weights.reduce((sum, w) => sum + w, 0);
  expect(below).toBeCloseTo(1 - Math.SQRT1_2, 10);
});
