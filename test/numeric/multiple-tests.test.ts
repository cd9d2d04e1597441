import { expect, it } from "vitest";
import { quantileOfT, tailOfT } from "../../src/numeric/confidence.ts";
import { holm } from "../../src/numeric/multiple-tests.ts";
import { evaluate } from "../../src/numeric/orthonormal.ts";
import { sampledPolynomials } from "../../src/numeric/sampled-law.ts";

it("Holm's p-values are those of R's p.adjust", () => {
  // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
  expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(10)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

it("the tail of Student's t is that of R's pt, and undoes the quantile", () => {
  // pt(2, 5, lower.tail = FALSE), pt(-1, 10, lower.tail = FALSE)
  expect(tailOfT(2, 5)).toBeCloseTo(0.05096974, 8);
  expect(tailOfT(-1, 10)).toBeCloseTo(0.8295534, 7);
  expect(tailOfT(quantileOfT(0.975, 7), 7)).toBeCloseTo(0.025, 10);
});

it("polynomials of a sample are orthonormal on it, up to the number of its values", () => {
  const values = Float64Array.of(0, 1, 1, 3, 7, 7, 9);
  const { degree, recurrence } = sampledPolynomials(values, 8);
  expect(degree).toBe(4);
  const table = evaluate(recurrence, degree, values);
  for (let s = 0; s <= degree; s++)
    for (let t = 0; t <= degree; t++) {
      const product = values.reduce((sum, _, i) => sum + table[s * 7 + i] * table[t * 7 + i], 0) / 7;
      expect(product).toBeCloseTo(s === t ? 1 : 0, 9);
    }
  expect(sampledPolynomials(Float64Array.of(2, 2, 2), 3).degree).toBe(0);
});
