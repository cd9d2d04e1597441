/** The program's learners one by one, as its families. */

import type { Learner } from "./learner.ts";
import { learnerLoaders } from "./loaders.ts";
import { learnerNamed } from "./named.ts";
import { isRemote } from "./remote/learner.ts";

/**
 * The learner of an id or of another name, or the program that `exec:COMMAND` names.
 * @throws InputError for an unknown one, naming the closest: for that all are loaded
 */
export async function loadLearner(id: string): Promise<Learner> {
  if (Object.hasOwn(learnerLoaders, id)) return learnerLoaders[id]();
  return learnerNamed(id, isRemote(id) ? [] : (await import("./registry.ts")).learners);
}
