/** What Growing-Basis is told of a family whose labels are sparse polynomials in independent variables. */

import type { JsonObject } from "../../base/checked.ts";
import type { Invariants } from "../../symmetry/invariants.ts";
import type { Instance } from "../instance.ts";
import type { Term } from "./sparse-polynomial.ts";

/** Of a family whose target is such a polynomial: what learners of its terms are told, and what they are judged by. */
export interface SparsePolynomials<V = unknown, H extends JsonObject = JsonObject> {
  invariants(instance: Instance<V, H>): Invariants;
  /** Number of terms, their total degree, and a lower bound on their coefficients' sizes. */
  told(
    instance: Instance<V, H>,
    easy: boolean,
  ): { readonly terms: number; readonly degree: number; readonly least: number };
  /** The hidden terms, to judge by. */
  hidden(instance: Instance<V, H>, easy: boolean): readonly Term[];
}
