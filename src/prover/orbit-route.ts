/** The certifier's half of an orbit: a search for one network whose rotations are hard to tell apart. */

import { encodeFloats } from "../base/base64.ts";
import { reject } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import type { Cost } from "../base/cost.ts";
import { membersOf, randomMembers, type Members } from "./class.ts";
import type { OrbitEvidence } from "./evidence.ts";
import type { SearchOptions } from "./listed-route.ts";
import type { NetworkValues } from "./params.ts";
import { rotationsOf } from "./rotations.ts";
import { membersFrom, unitsOf } from "./unit-vectors.ts";
import { orbitDimension } from "./zonal.ts";

/** Room on the safe side, so that other arithmetic proves the claim again. */
const margin = 1e-7;

export async function* orbitEvidence(
  values: NetworkValues,
  { seed, steps, restarts }: SearchOptions,
): AsyncGenerator<Progress, OrbitEvidence> {
  const { ascend } = await import("./orbit-search.ts");
  const { deviations, ...rotations } = yield* rotationsOf(values, seed);
  let best: { readonly members: Members; readonly restart: number; readonly dimension: number } | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    const random = randomMembers(values, seed, restart);
    const members =
      steps === 0
        ? random
        : membersFrom(yield* ascend(unitsOf(random, deviations), rotations, steps), deviations);
    const dimension = orbitDimension(unitsOf(members, deviations), rotations);
    if (best === undefined || dimension > best.dimension) best = { members, restart, dimension };
  }
  if (best === undefined) return reject({ where: "--restarts", what: "no start" });
  const start = orbitDimension(unitsOf(randomMembers(values, seed, best.restart), deviations), rotations);
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

const safe = (dimension: number): number => Math.max(1, dimension * (1 - margin));

/** The evidence of the member that is stated, without the search. */
export function* orbitAgain(
  values: NetworkValues,
  evidence: OrbitEvidence,
): Generator<Progress, OrbitEvidence> {
  const { deviations, ...rotations } = yield* rotationsOf(values, evidence.seed);
  const units = unitsOf(membersOf(values, evidence.members), deviations);
  return { ...evidence, dimension: safe(orbitDimension(units, rotations)) };
}

/** A step runs through all pairs of units, degree by degree. */
export const orbitCost = (
  { width, unitInputs }: NetworkValues,
  { steps, restarts }: SearchOptions,
): Cost => ({
  seconds: restarts * steps * (width ** 2 * (1e-6 + 3e-9 * unitInputs) + 2e-4),
  bytes: 300 * width ** 2,
});
