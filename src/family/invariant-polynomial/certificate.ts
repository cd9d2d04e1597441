/**
 * Certificates of `invariant-polynomial`: the C(m, k) multilinear terms prod_{i in S} h_1(z_i), |S| = k, are
 * orthonormal because the z_i are independent, so their Gram matrix is the identity and d_eff = C(m, k), an exact
 * integer.
 */

import { reject } from "../../base/errors.ts";
import { checked } from "../../base/checked.ts";
import { binomial } from "../../numeric/choose.ts";
import type { Certifier } from "../../query/certifier.ts";
import { orthogonalClaims } from "../../query/claims.ts";
import { evidenceSchema, type MultilinearEvidence } from "./evidence.ts";
import { id, type InvariantPolynomialValues } from "./params.ts";

export const certifier: Certifier<InvariantPolynomialValues, MultilinearEvidence> = {
  evidence: evidenceSchema,
  options: () => [],

  /** The multilinear terms depend on neither the number of terms of a polynomial nor its coefficients. */
  defining({ json: { terms: _terms, ...family }, values }) {
    const { variables, degree } = values;
    if (degree > variables)
      reject({
        where: "degree",
        what: `there is no multilinear term of degree ${degree} in ${variables} variables`,
        allowed: `1 to ${variables}`,
      });
    return checked(id, family, values);
  },

  // oxlint-disable-next-line require-yield -- nothing to report: it is one product
  *certify({ values: { variables, degree } }) {
    return { kind: "multilinear", terms: `${binomial(variables, degree)}` };
  },

  claims(_, { terms }) {
    return orthogonalClaims(BigInt(terms));
  },

  /** Single terms: sums of several, as `train` draws them, have smaller correlations with each of theirs. */
  scope: ({ values: { invariants, variables, degree } }) => ({
    class:
      `the products of h_1 of ${degree} different ones of ${variables} independent invariants ` +
      `(${invariants.name}; group: ${invariants.group}), single terms`,
    members: "uniform",
    training: "other-functions",
  }),

  largestSquaredNorm: () => 1,

  describe({ values: { degree } }, { terms }) {
    return {
      method: [
        `counting the multilinear terms of degree ${degree}: independent invariants make their`,
        `${terms} products of h_1 orthonormal`,
      ].join(" "),
      remarks: [
        [
          "It is a certificate of single multilinear terms. `train` draws sums of s terms (--terms),",
          "which for s > 1 are other functions: in the worst case over those the dimension is at least",
          "this one over s, rounded down, as sums over disjoint groups of s terms are orthogonal.",
        ].join(" "),
      ],
    };
  },
};
