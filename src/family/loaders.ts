/**
 * What loads the family of an id, and no other. Empty in the sources; the build puts here an import of every family in
 * the registries (scripts/loaders.mjs), as a worker loads all of them for longer than it does many a task.
 */

import type { Family } from "./family.ts";

export const familyLoaders: Readonly<Record<string, () => Promise<Family>>> = {};
