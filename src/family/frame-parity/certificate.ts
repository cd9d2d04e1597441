/**
 * Certificates of `frame-parity` (design mathematics, section 4): averages of parities over a frame that depends on |x|
 * alone are orthogonal for different sets (for different orbits, over the whole group), so lambda = 1 and d_eff is the
 * number of functions: of orbits on k-subsets over the whole group, counted exactly, and C(n, k) for `sort-abs`.
 */

import { parityNormSquared } from "./relu-parity.ts";
import { InputError } from "../../base/errors.ts";
import { parse, type FrameParityParams } from "./params.ts";
import { groupOf } from "../parameter/group-parameter.ts";
import { binomial } from "../../numeric/integers.ts";
import type { Progress } from "../../base/progress.ts";
import { shownAbove } from "../../numeric/rounding.ts";
import { orbitsOnSubsetsSteps } from "../../symmetry/orbit-count.ts";
import type { Certifier } from "../../query/certifier.ts";
import { orthogonalClaims } from "../../query/claims.ts";
import { checkCounts } from "./verifier.ts";
import { evidenceSchema, paramsSchema, type FrameParityEvidence, type FrameParityFamily } from "./evidence.ts"; // prettier-ignore

/** Largest k whose norms are quoted: beyond it rounding would show. */
const NORMS_UP_TO = 24;

export const frameParity: Certifier<FrameParityFamily, FrameParityEvidence> = {
  family: "frame-parity",
  model: "CSQ",
  params: paramsSchema,
  evidence: evidenceSchema,
  options: () => [],

  /** The certified family does not depend on the hidden set. */
  select(params) {
    const { subset: _hidden, ...family } = parse(params) as FrameParityParams;
    return family;
  },

  *certify(params) {
    return yield* counted(params);
  },

  wellFormed(params, evidence) {
    try {
      parse(params);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return [{ name: "family.params", ok: false, detail: error.message }];
    }
    const kind = params.frame === "reynolds" ? "orbits" : "subsets";
    return [
      { name: "evidence.kind", ok: evidence.kind === kind, detail: `${kind} for the frame ${params.frame}` },
    ];
  },

  claims(_params, evidence) {
    return orthogonalClaims(BigInt(evidence.kind === "orbits" ? evidence.orbits : evidence.subsets));
  },

  *check(params, evidence, options) {
    return yield* checkCounts(params, evidence, yield* counted(params), options);
  },

  describe(params, evidence) {
    const { k, frame, group } = params;
    const n = groupOf(params).degree;
    const family = `parities of 2^${k} relu units on ${k} of ${n} coordinates, averaged over ${frame === "reynolds" ? `the group ${group}` : `the frame of ${group} that sorts |x|`}`;
    const norm = k <= NORMS_UP_TO ? ` = ${shownAbove(parityNormSquared(k), 6)}` : "";
    if (evidence.kind === "subsets")
      return {
        family,
        method: `orthogonality, exact: one function for each of the C(${n}, ${k}) subsets`,
        remarks: [
          `The norms of the functions differ, their squares have the mean ||g||^2${norm}; the tolerance is that of normalised functions.`,
        ],
      };
    const remarks = [
      `A function's squared norm is ||g||^2${norm} over the length of its orbit, at most the group's order ${short(evidence.groupOrder)}; the tolerance is that of normalised functions.`,
    ];
    if (evidence.orbits === "1")
      remarks.unshift("All subsets are one orbit: the family is a single function, and a single function has no bound."); // prettier-ignore
    return {
      family,
      method:
        `orthogonality, exact: one function for each orbit of the group on ${k}-subsets, ` +
        "counted by the Cauchy-Frobenius lemma or, where quicker, by joining the subsets",
      remarks,
    };
  },
};

function* counted(params: FrameParityFamily): Generator<Progress, FrameParityEvidence> {
  yield { what: "counting", done: 0, total: 1 };
  const group = groupOf(params);
  if (params.frame === "sort-abs") return { kind: "subsets", subsets: `${binomial(group.degree, params.k)}` };
  const orbits = yield* orbitsOnSubsetsSteps(group, params.k);
  return {
    kind: "orbits",
    orbits: `${orbits}`,
    groupOrder: `${group.order()}`,
    subsets: `${binomial(group.degree, params.k)}`,
  };
}

const short = (digits: string): string => (digits.length > 20 ? `(${digits.length} digits)` : digits);
