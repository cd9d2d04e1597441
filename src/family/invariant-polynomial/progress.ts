/**
 * Hidden progress of students that look for a few terms, on the invariants. Of a perceptron, share: what of its
 * units' squared weights lies on the variables of a term, of each unit for the best term. Of a sum of products of
 * affine forms, order: sum over the terms of c_T times the coefficient of the term's monomial in the student, its
 * component along the target's part of top degree.
 */

import { foldIn } from "../../base/random.ts";
import type { Network, Weights } from "../../network/network.ts";
import { firstLayer, ofUnits } from "../first-layer.ts";
import { drawTerms, linearTwin, type Term } from "../polynomial/sparse-polynomial.ts";
import { besides, type ProgressOf } from "../progress.ts";
import { polynomials, type InvariantPolynomialInstance } from "./family.ts";

/** Most assignments of variables to affine forms that are added up for a term. */
const LARGEST_DEGREE = 6;

/** Null for a student that reads the raw input, for polynomials of a high degree, and for their linear twins. */
export function progress(instance: InvariantPolynomialInstance, network: Network, easy: boolean): ProgressOf {
  const { degree, variables, terms: count } = instance.params.values;
  const kind = network.architecture["network"];
  const key = foldIn(instance.key, "progress");
  const drawn = Array.from({ length: besides }, (_, i) => {
    const terms = drawTerms(foldIn(key, i), { variables, degree, terms: count });
    return easy ? linearTwin(terms) : terms;
  });
  const targets = [polynomials.hidden(instance, easy), ...drawn];
  if (kind === "invariant-mlp")
    return (weights) => ({ share: Float64Array.from(targets, (terms) => shareOf(network, weights, terms)) });
  if (kind !== "polynomial" || easy || degree > LARGEST_DEGREE) return null;
  return (weights) => ({
    order: Float64Array.from(targets, (terms) =>
      terms.reduce((sum, term) => sum + term.coefficient * monomial(weights, term, variables), 0),
    ),
  });
}

function shareOf(network: Network, weights: Weights, terms: readonly Term[]): number {
  const layer = firstLayer(network, weights);
  if (layer === null) return NaN;
  const { w, units, squares } = layer;
  const best = new Float64Array(units);
  for (const { factors } of terms)
    for (let j = 0; j < units; j++) {
      let sum = 0;
      for (const { variable } of factors) sum += w[variable * units + j] ** 2;
      best[j] = Math.max(best[j], sum);
    }
  return ofUnits(best, squares).share;
}

/**
 * The coefficient of prod_i z_i^(t_i) in sum_u out_u prod_r (w_r z + b_r)_u: over all ways to give the forms its
 * variables.
 */
function monomial({ "out.w": out, ...weights }: Weights, { factors }: Term, variables: number): number {
  const units = weights["factor1.w"].length / variables;
  const left = new Map(factors.map(({ variable, degree }) => [variable, degree]));
  const total = factors.reduce((sum, { degree }) => sum + degree, 0);
  const walk = (form: number, products: Float64Array): number => {
    if (form > total) return products.reduce((sum, x, u) => sum + x * out[u], 0);
    const w = weights[`factor${form}.w`];
    let sum = 0;
    for (const [variable, times] of left) {
      if (times === 0) continue;
      left.set(variable, times - 1);
      sum += walk(
        form + 1,
        products.map((x, u) => x * w[variable * units + u]),
      );
      left.set(variable, times);
    }
    return sum;
  };
  return walk(1, new Float64Array(units).fill(1));
}
