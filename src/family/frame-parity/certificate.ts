/**
 * Certificates of `frame-parity` (Kiani et al. 2024, general frames): averages of parities over a frame that depends
 * on |x| alone are orthogonal for different sets (for different orbits, over the whole group), so lambda = 1 and
 * d_eff is the number of functions: of orbits on k-subsets over the whole group, counted exactly, and C(n, k) for
 * `sort-abs`.
 */

import { parityNormSquared } from "./relu-parity.ts";
import { reject } from "../../base/errors.ts";
import { checked } from "../../base/checked.ts";
import { id, type FrameParityValues } from "./params.ts";
import { binomial } from "../../numeric/choose.ts";
import type { Progress } from "../../base/progress.ts";
import { shownAbove } from "../../numeric/rounding.ts";
import { orbitsOnSubsetsSteps } from "../../symmetry/orbit-count.ts";
import type { Certifier } from "../../query/certifier.ts";
import { orthogonalClaims } from "../../query/claims.ts";
import { evidenceSchema, mostDigits, type FrameParityEvidence } from "./evidence.ts";

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

  scope({ values: { k, frame, group } }) {
    const over =
      frame === "reynolds" ? `the group ${group.name}` : `the frame of ${group.name} that sorts |x|`;
    return {
      class: `the parities of 2^${k} relu units on ${k} of ${group.degree} coordinates, averaged over ${over}`,
      // `train` draws sets: orbits of many sets more often
      ...(frame === "reynolds"
        ? { members: "uniform-orbits", training: "same-functions-another-law" }
        : { members: "uniform", training: "same" }),
    };
  },

  /** An average over a frame by the whole group shortens; of one by |x| no bound on single norms is known. */
  largestSquaredNorm: ({ values: { k, frame } }) =>
    frame === "reynolds" && k <= NORMS_UP_TO ? parityNormSquared(k) * (1 + 1e-9) : undefined,

  describe({ values: { k, group } }, evidence) {
    const n = group.degree;
    const norm = k <= NORMS_UP_TO ? ` (at most ${shownAbove(parityNormSquared(k), 6)})` : "";
    if (evidence.kind === "subsets")
      return {
        method: `orthogonality, exact: one function for each of the C(${n}, ${k}) subsets`,
        remarks: [
          [
            `The norms of the functions differ, their squares have the mean ||g||^2${norm}; the`,
            "tolerance is that of normalised functions.",
          ].join(" "),
        ],
      };
    const remarks = [
      [
        `A function's squared norm is ||g||^2${norm} over the length of its orbit, at most the`,
        `group's order ${short(evidence.groupOrder)}; the tolerance is that of normalised`,
        "functions.",
      ].join(" "),
    ];
    if (evidence.orbits === "1")
      remarks.unshift(
        "All subsets are one orbit: the family is a single function, and a single function has no bound.",
      );
    return {
      method:
        `orthogonality, exact: one function for each orbit of the group on ${k}-subsets, ` +
        "counted by the Cauchy-Frobenius lemma or, where quicker, by joining the subsets",
      remarks,
    };
  },
};

/** @throws InputError where there are too many subsets for their number to be written down */
function requireWritten(n: number, k: number): void {
  const few = Math.min(k, n - k);
  let digits = 0;
  for (let i = 1; i <= few; i++) digits += Math.log10((n - few + i) / i);
  if (digits > mostDigits - 1)
    reject({
      where: "k",
      what: `C(${n}, ${k}) has about ${Math.round(digits)} digits`,
      allowed: `numbers of at most ${mostDigits} digits`,
    });
}

function* counted({ group, k, frame }: FrameParityValues): Generator<Progress, FrameParityEvidence> {
  yield { what: "counting", done: 0, total: 1 };
  requireWritten(group.degree, k);
  const subsets = `${binomial(group.degree, k)}`;
  if (frame === "sort-abs") return { kind: "subsets", subsets };
  const orbits = yield* orbitsOnSubsetsSteps(group, k);
  return { kind: "orbits", orbits: `${orbits}`, groupOrder: `${group.order()}`, subsets };
}

const short = (digits: string): string => (digits.length > 20 ? `(${digits.length} digits)` : digits);
