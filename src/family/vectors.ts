/**
 * What the learners without a network read: every example as a list of vectors, such that the label is a sum over its
 * vectors of a function that a group of coordinate permutations leaves alone. The family's law, graph and group are
 * known to any learner; the hidden parameters are not used.
 */

import type { Samples } from "../distribution/law.ts";
import type { PolynomialLaw } from "../numeric/orthonormal.ts";
import type { Permutation } from "../symmetry/permutation.ts";

/** An instance's examples as vectors, for learners that know nothing but those. */
export interface InputVectors {
  readonly dimension: number;
  /** Vectors of one example. */
  readonly vectors: number;
  /** The law of the entries, or one whose polynomials serve as features. */
  readonly law: PolynomialLaw;
  /** The label's degree as a polynomial, where it is known to every learner. */
  readonly degree?: number;
  /** Generators of the group of coordinate permutations; none for the trivial group. */
  readonly generators: readonly Permutation[];
  /** Entry j of vector v of example s at (s * vectors + v) * dimension + j. */
  read(samples: Samples): Float64Array;
}
