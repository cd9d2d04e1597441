/** A learner by its id, among those that are known, or a program as one. */

import { requireChoice } from "../base/errors.ts";
import type { Learner } from "./learner.ts";
import { isRemote, remoteLearner } from "./remote/learner.ts";

/** @throws InputError for an unknown id, naming the closest */
export function learnerNamed(id: string, known: readonly Learner[]): Learner {
  if (isRemote(id)) return remoteLearner(id);
  const alias = known.find(({ aliases }) => aliases?.includes(id) === true);
  if (alias !== undefined) return alias;
  const ids = known.map((l) => l.id);
  requireChoice(id, ids, "--learner");
  return known[ids.indexOf(id)];
}
