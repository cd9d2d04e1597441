/** The certifier's half of an orbit: a search for one network whose rotations are hard to tell apart. */

import { encodeFloats } from "../base/base64.ts";
import { reject } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import type { Cost } from "../base/cost.ts";
import { membersOf, randomMembers, viewsOf, type Members } from "./class.ts";
import type { OrbitEvidence } from "./evidence.ts";
import type { SearchOptions } from "./listed-route.ts";
import type { NetworkValues } from "./params.ts";
import { termsOf } from "./terms.ts";
import { membersFrom, unitsOf } from "./unit-vectors.ts";
import { orbitDimension } from "./zonal.ts";

/** Room on the safe side, so that other arithmetic proves the claim again. */
const margin = 1e-7;

export async function* orbitEvidence(
  values: NetworkValues,
  { seed, steps, restarts }: SearchOptions,
): AsyncGenerator<Progress, OrbitEvidence> {
  const { ascend } = await import("./orbit-search.ts");
  const { deviations, correlations } = rotated(values, seed);
  let best: { readonly members: Members; readonly restart: number; readonly dimension: number } | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    const random = randomMembers(values, seed, restart);
    const members =
      steps === 0
        ? random
        : membersFrom(yield* ascend(unitsOf(random, deviations), correlations, steps), deviations);
    const dimension = orbitDimension(unitsOf(members, deviations), correlations);
    if (best === undefined || dimension > best.dimension) best = { members, restart, dimension };
  }
  if (best === undefined) return reject({ where: "--restarts", what: "no start" });
  const start = orbitDimension(unitsOf(randomMembers(values, seed, best.restart), deviations), correlations);
  return {
    kind: "orbit",
    seed,
    steps,
    restart: best.restart,
    start,
    members: encodeFloats(best.members.weights),
    dimension: safe(best.dimension),
  };
}

/** What a unit sees has one variance, and two views see the same up to a correlation. */
function rotated({ setting }: NetworkValues, seed: number) {
  const { deviations, terms } = termsOf(viewsOf(setting, seed));
  return { deviations, correlations: terms[0].correlations };
}

const safe = (dimension: number): number => Math.max(1, dimension * (1 - margin));

/** The evidence of the member that is stated, without the search. */
export function orbitAgain(values: NetworkValues, evidence: OrbitEvidence): OrbitEvidence {
  const { deviations, correlations } = rotated(values, evidence.seed);
  const units = unitsOf(membersOf(values, evidence.members), deviations);
  return { ...evidence, dimension: safe(orbitDimension(units, correlations)) };
}

/** A step runs through all pairs of units, degree by degree. */
export const orbitCost = (
  { width, unitInputs }: NetworkValues,
  { steps, restarts }: SearchOptions,
): Cost => ({
  seconds: restarts * steps * (width ** 2 * (1e-6 + 3e-9 * unitInputs) + 2e-4),
  bytes: 300 * width ** 2,
});
