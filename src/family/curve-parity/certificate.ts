/**
 * Certificates of `curve-parity`: the corner next to a uniform point is uniform, so that parities of different sets are
 * orthogonal: lambda = 1, and d_eff is their number, 2^n - 1 for all non-empty sets. Labels are +-1, so the bound
 * covers statistical queries.
 */

import { checked } from "../../base/checked.ts";
import { binomial } from "../../numeric/choose.ts";
import type { Certifier } from "../../query/certifier.ts";
import { orthogonalClaims } from "../../query/claims.ts";
import { evidenceSchema, type CurveParityEvidence } from "./evidence.ts";
import { id, type CurveParityValues } from "./params.ts";

export const certifier: Certifier<CurveParityValues, CurveParityEvidence> = {
  evidence: evidenceSchema,

  /** The certified family depends neither on the hidden set nor on the twin. */
  defining({ json, values }) {
    const { subset: _hidden, twinBits: _twin, ...family } = json;
    return checked(id, family, { ...values, subset: undefined });
  },

  *certify({ values: { n, size } }) {
    yield { what: "counting", done: 0, total: 1 };
    const functions = size === undefined ? 2n ** BigInt(n) - 1n : binomial(n, size);
    return { kind: "parities", functions: `${functions}` };
  },

  claims: (_params, { functions }) => orthogonalClaims(BigInt(functions)),

  scope: ({ values: { n, size } }) => ({
    class: [
      `the parities of ${size === undefined ? "a non-empty set of" : `${size} of`} the ${n} bits of the corner next to`,
      `a uniform point of the Gray-code curve through the corners of {0,1}^${n}`,
    ].join(" "),
    members: "uniform",
    training: "same",
  }),

  largestSquaredNorm: () => 1,

  describe: ({ values: { n, size } }) => ({
    method: [
      "orthogonality, exact: one function for each",
      size === undefined ? `non-empty set of ${n} bits` : `of the C(${n}, ${size}) sets`,
    ].join(" "),
    remarks: [
      "The curve has dimension 1, curvature 2 and reach 1/2 whatever n is: what grows is its length, 2^n pi/4.",
      "It does not cover elimination over F_2, which reads the corner off the point.",
    ],
  }),
};
