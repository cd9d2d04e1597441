/** What learners without a network read of `invariant-polynomial`: the invariants themselves, one vector. */

import type { InputVectors } from "../vectors.ts";
import type { InvariantPolynomialInstance } from "./family.ts";

export function vectors({ params }: InvariantPolynomialInstance): InputVectors {
  const { invariants } = params.values;
  return {
    dimension: invariants.variables,
    vectors: 1,
    law: invariants.law,
    generators: [],
    read: ({ data, count }) => invariants.map(data, count),
  };
}
