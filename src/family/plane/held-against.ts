/** What a certificate says of listed planes, held against a verifier's own Gram matrix with its errors. */

import {
  provesAtLeast,
  provesAtMost,
  quotientShows,
  quotientsProve,
} from "../../numeric/eigenvalue-proofs.ts";
import type { Check } from "../../query/certifier.ts";
import { apartCheck, type ListedBounds } from "../../query/listed-evidence.ts";
import { keptInFull, type PlainGram } from "./plain-gram.ts";

/** The list of members that hardly correlate, where the evidence names one. */
function heldList(gram: PlainGram, list: readonly number[] | undefined): Check[] {
  if (list === undefined) return [];
  let largest = 0;
  for (const i of list)
    for (const j of list) {
      const entry = i === j ? 0 : Math.abs(gram.entries[i * gram.order + j]);
      // a place that is not there has no correlations
      largest = Math.max(largest, entry * (1 + 2 * gram.relativeError) + gram.entryError);
    }
  return [apartCheck(list, largest)];
}

/** The claims of evidence about listed members, held against a Gram matrix of the verifier's own. */
export function heldAgainst(gram: PlainGram, evidence: Omit<ListedBounds, "kind" | "seed">): Check[] {
  const { lambdaUpper, lambdaLower, maxAbsCorrelation, entryError, bound } = evidence;
  const eliminated = bound === "factorisation";
  const above =
    lambdaUpper === gram.order ||
    (eliminated
      ? provesAtMost(gram, lambdaUpper)
      : quotientsProve(gram, lambdaUpper, { absolute: gram.entryError, relative: gram.relativeError }));
  const below =
    lambdaLower <= 1 ||
    (gram.order <= keptInFull ? provesAtLeast(gram, lambdaLower) : quotientShows(gram, lambdaLower));
  return [
    {
      name: "entry error",
      ok: gram.entryError <= entryError,
      detail: `${show(gram.entryError)} by the plain sum, ${show(entryError)} is claimed`,
    },
    {
      name: "largest correlation",
      ok: gram.maxAbsCorrelation <= maxAbsCorrelation,
      detail: `at most ${gram.maxAbsCorrelation}, ${maxAbsCorrelation} is claimed`,
    },
    {
      name: "largest eigenvalue",
      ok: above,
      detail:
        `at most ${lambdaUpper} is claimed, which ${eliminated ? "elimination" : "row quotients"} ` +
        (above ? "can prove" : "cannot prove"),
    },
    {
      name: "estimate from below",
      ok: below,
      detail: `at least ${lambdaLower} is claimed, ${below ? "and shown" : "which is not shown"}`,
    },
    ...heldList(gram, evidence.apart),
  ];
}

const show = (x: number): string => x.toPrecision(4);
