/**
 * Certificates of `frame-parity` (design mathematics, section 4): averages of parities over a frame that depends on |x|
 * alone are orthogonal for different sets (for different orbits, over the whole group), so lambda = 1 and d_eff is the
 * number of functions: of orbits on k-subsets over the whole group, counted exactly, and C(n, k) for `sort-abs`.
 */

import { parityNormSquared } from "./relu-parity.ts";
import { checked } from "../../base/checked.ts";
import { id, type FrameParityValues } from "./params.ts";
import { binomial } from "../../numeric/integers.ts";
import type { Progress } from "../../base/progress.ts";
import { shownAbove } from "../../numeric/rounding.ts";
import { orbitsOnSubsetsSteps } from "../../symmetry/orbit-count.ts";
import type { Certifier } from "../../query/certifier.ts";
import { orthogonalClaims } from "../../query/claims.ts";
import { evidenceSchema, type FrameParityEvidence } from "./evidence.ts";

/** Largest k whose norms are quoted: beyond it rounding would show. */
const NORMS_UP_TO = 24;

export const certifier: Certifier<FrameParityValues, FrameParityEvidence> = {
  evidence: evidenceSchema,
  options: () => [],

  /** The certified family does not depend on the hidden set. */
  defining({ json, values }) {
    const { subset: _hidden, ...family } = json;
    return checked(id, family, { ...values, subset: undefined });
  },

  *certify({ values }) {
    return yield* counted(values);
  },

  claims(_params, evidence) {
    return orthogonalClaims(BigInt(evidence.kind === "orbits" ? evidence.orbits : evidence.subsets));
  },

  describe({ values: { k, frame, group } }, evidence) {
    const n = group.degree;
    const family = `parities of 2^${k} relu units on ${k} of ${n} coordinates, averaged over ${frame === "reynolds" ? `the group ${group.name}` : `the frame of ${group.name} that sorts |x|`}`;
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
      remarks.unshift(
        "All subsets are one orbit: the family is a single function, and a single function has no bound.",
      );
    return {
      family,
      method:
        `orthogonality, exact: one function for each orbit of the group on ${k}-subsets, ` +
        "counted by the Cauchy-Frobenius lemma or, where quicker, by joining the subsets",
      remarks,
    };
  },
};

export function* counted({ group, k, frame }: FrameParityValues): Generator<Progress, FrameParityEvidence> {
  yield { what: "counting", done: 0, total: 1 };
  const subsets = `${binomial(group.degree, k)}`;
  if (frame === "sort-abs") return { kind: "subsets", subsets };
  const orbits = yield* orbitsOnSubsetsSteps(group, k);
  return { kind: "orbits", orbits: `${orbits}`, groupOrder: `${group.order()}`, subsets };
}

const short = (digits: string): string => (digits.length > 20 ? `(${digits.length} digits)` : digits);
