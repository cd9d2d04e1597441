/** The certifier's half of listed members: a search along their Gram matrix, then that matrix in closed form. */

import { encodeFloats } from "../base/base64.ts";
import { reject } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import { largestEigenvalue } from "../numeric/eigenvalue-bounds.ts";
import { apartInMatrix } from "../query/apart-list.ts";
import type { Cost } from "../base/cost.ts";
import { membersOf, randomMembers, viewsOf, type Members } from "./class.ts";
import type { ListedEvidence } from "./evidence.ts";
import { exactGram, type ExactGram } from "./exact-gram.ts";
import type { NetworkValues } from "./params.ts";
import { termsOf, type Terms } from "./terms.ts";
import { membersFrom, unitsOf, type Units } from "./unit-vectors.ts";

/** How long a search is. */
export interface SearchOptions {
  readonly seed: number;
  readonly steps: number;
  readonly restarts: number;
  /** Whether a list of members that hardly correlate is looked for. */
  readonly apart: boolean;
}

/** Room on the safe side, so that other arithmetic proves the claims again. */
const margin = 1e-9;

export async function* listedEvidence(
  values: NetworkValues,
  options: SearchOptions,
): AsyncGenerator<Progress, ListedEvidence> {
  const { seed, steps, apart } = options;
  const views = viewsOf(values.setting, seed);
  const terms = termsOf(views);
  const { members, restart, start } = yield* search(values, terms, views.inputs, options);
  const gram = yield* exactGram(unitsOf(members, terms.deviations), terms, views.inputs);
  return {
    kind: "members",
    seed,
    steps,
    restart,
    start,
    members: encodeFloats(members.weights),
    ...boundsOf(gram, apart),
  };
}

/** From as many starts as are tried, the members with the least mean squared correlation. */
async function* search(
  values: NetworkValues,
  terms: Terms,
  inputs: number,
  { seed, steps, restarts }: SearchOptions,
): AsyncGenerator<Progress, { members: Members; restart: number; start: number }> {
  const { descend } = await import("./search.ts");
  const { deviations } = terms;
  let best: { readonly units: Units; readonly loss: number; readonly restart: number } | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    const found = yield* descend(unitsOf(randomMembers(values, seed, restart), deviations), terms, steps);
    if (best === undefined || found.loss < best.loss) best = { ...found, restart };
  }
  if (best === undefined) return reject({ where: "--restarts", what: "no start" });
  const random = randomMembers(values, seed, best.restart);
  const gram = yield* exactGram(unitsOf(random, deviations), terms, inputs);
  const { lower, upper } = largestEigenvalue(gram.matrix, gram.order, gram);
  const start = (2 * gram.order) / (Math.min(lower, upper) + upper);
  return {
    members: steps === 0 ? random : membersFrom(best.units, deviations),
    restart: best.restart,
    start,
  };
}

function boundsOf(gram: ExactGram, apart: boolean) {
  const { matrix, order, entryError, maxAbsCorrelation } = gram;
  const { lower, upper, method } = largestEigenvalue(matrix, order, gram);
  return {
    // the trace's mean is below the largest eigenvalue, and no eigenvalue is above the trace
    lambdaLower: Math.max(1, lower * (1 - margin) - order * entryError),
    lambdaUpper: Math.min(order, Math.max(1, upper * (1 + margin) + order * entryError)),
    bound: method,
    maxAbsCorrelation,
    entryError,
    ...(apart ? { apart: apartInMatrix(matrix, order, 4 * entryError) } : {}),
  };
}

/** The evidence of the members that are stated, without the search. */
export function* listedAgain(
  values: NetworkValues,
  evidence: ListedEvidence,
): Generator<Progress, ListedEvidence> {
  const views = viewsOf(values.setting, evidence.seed);
  const terms = termsOf(views);
  const members = membersOf(values, evidence.members);
  const gram = yield* exactGram(unitsOf(members, terms.deviations), terms, views.inputs);
  return { ...evidence, ...boundsOf(gram, evidence.apart !== undefined) };
}

/** Both passes of a step over all pairs of units, some 40 ns and 1 ns a number; the proof by factorisations. */
export function listedCost(values: NetworkValues, { seed, steps, restarts }: SearchOptions): Cost {
  const { members, width, unitInputs, setting } = values;
  const pairs = (members * width) ** 2 / 2;
  const terms = termsOf(viewsOf(setting, seed)).terms.length;
  return {
    seconds: (restarts * steps + 3) * terms * pairs * (40e-9 + 1e-9 * unitInputs) + 2e-8 * members ** 3,
    bytes: 16 * pairs + 64 * members ** 2,
  };
}
