/**
 * What loads the learner of an id, and no other. Empty in the sources; the build puts here an import of every learner
 * in the registry (scripts/loaders.mjs), as for the families.
 */

import type { Learner } from "./learner.ts";

export const learnerLoaders: Readonly<Record<string, () => Promise<Learner>>> = {};
