/** Regression on all invariant polynomials of low degree: what correlations with few of them can do. */

import { productCount, productOrbits, productsOf, invariants, mostProducts } from "../polynomials.ts";
import type { DataLearner, HeldOut } from "./learner.ts";
import { ridgeOn } from "./ridge.ts";

/** Functions, at most. */
export const mostFunctions = 1000;
/** Functions times examples, at most. */
const mostValues = 2 ** 24;

/** Invariant polynomials up to a degree, as many degrees as there is room for; at least the first. */
export function invariantValues(
  { all, laws }: HeldOut,
  most: number,
): { values: Float32Array; degree: number } {
  const parts: Float32Array[] = [];
  let [functions, degree] = [0, 0];
  while (degree < most && productCount(all.dimension, degree + 1) <= mostProducts) {
    const orbits = productOrbits(productsOf(laws, degree + 1), all.group.generators);
    functions += orbits.length;
    if (degree > 0 && (functions > mostFunctions || functions * all.count > mostValues)) break;
    parts.push(invariants(all, laws, orbits).values);
    degree++;
  }
  const values = new Float32Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const own of parts) {
    values.set(own, at);
    at += own.length;
  }
  return { values, degree };
}

export const lowDegree: DataLearner = {
  id: "low-degree",
  summary: "ridge regression on invariant polynomials",
  statistic: "correlations",
  async learn({ data, degree: most }) {
    const { values, degree } = invariantValues(data, most);
    return { predictions: await ridgeOn(values, data), note: `degree ${degree}` };
  },
};
