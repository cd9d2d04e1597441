/**
 * Inner products of alternating polygons averaged over a permutation group:
 * f_U(X) = mean over g of the sum over columns x of F(U g^-1 x) has
 *
 *     <f_U, f_V> = columns * mean over g of <F(U .), F(V g .)>, a function of the overlap U P_g^T V^T.
 */

import { overlapNorm, polygonProduct, type OverlapFunction } from "./polygon-product.ts";
import { listElements } from "../../symmetry/chain.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import type { Permutation } from "../../symmetry/permutation.ts";
import type { Plane } from "./plane.ts";

/** Numbers (order times degree) of a group that is averaged over. */
const AVERAGED_CELLS_LIMIT = 2 ** 20;

/** All elements of a group small enough to average over. @throws InputError for a larger one, with its order */
export const averagedElements = (group: PermutationGroup): Permutation[] =>
  listElements(group.chain(), Math.floor(AVERAGED_CELLS_LIMIT / group.degree), `average over ${group.name}`);

export interface GroupProduct {
  /** <f_U, f_V>. */
  readonly value: (u: Plane, v: Plane) => number;
  /** Bound on its absolute error at this pair. */
  readonly error: (u: Plane, v: Plane) => number;
}

/** The mean of a function of the overlap over all elements, for two planes. */
export const meanOverlap =
  (elements: readonly Permutation[], of: OverlapFunction) =>
  (u: Plane, v: Plane): number => {
    let sum = 0;
    for (const g of elements) sum += movedOverlap(u, v, g, of);
    return sum / elements.length;
  };

/**
 * Beyond this overlap the series is long, and the plain sum has lost no more digits than a mean over the group needs.
 */
const SERIES_UP_TO = 0.3;

export function groupProduct(elements: readonly Permutation[], k: number, columns: number): GroupProduct {
  const product = polygonProduct(k);
  const mean = (of: OverlapFunction) => {
    const ofPair = meanOverlap(elements, of);
    return (u: Plane, v: Plane): number => columns * ofPair(u, v);
  };
  const value: OverlapFunction = (a, b, c, d) =>
    (overlapNorm(a, b, c, d) <= SERIES_UP_TO ? product.value : product.closedForm)(a, b, c, d);
  return {
    value: mean(value),
    error(u, v) {
      // an overlap errs by n roundings, which moves a value by at most the slope of kappa, s/4, times (2k)^2
      const reading = (2 * k) ** 2 * u.length * 2 ** -53;
      return mean((a, b, c, d) => {
        const s = Math.min(1, overlapNorm(a, b, c, d));
        return product.closedFormError(s) + (s <= SERIES_UP_TO ? product.error(s) : 0) + reading * s;
      })(u, v);
    },
  };
}

/** `of` the overlap U P_g^T V^T = sum_i U_i V_g(i)^T. */
function movedOverlap(u: Plane, v: Plane, g: Permutation, of: OverlapFunction): number {
  const n = g.length;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y, p, q] = [u[i], u[n + i], v[g[i]], v[n + g[i]]];
    a += x * p;
    b += x * q;
    c += y * p;
    d += y * q;
  }
  return of(a, b, c, d);
}
