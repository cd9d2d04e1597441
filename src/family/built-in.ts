/** The program's families one by one: to load all of them takes longer than many a command. */

import type { Family } from "./family.ts";
import { familyLoaders } from "./loaders.ts";
import { familyNamed } from "./named.ts";

/** @throws InputError for an unknown id, naming the closest: for that all are loaded */
export async function loadFamily(id: string): Promise<Family> {
  if (Object.hasOwn(familyLoaders, id)) return familyLoaders[id]();
  return familyNamed(id, (await import("./neighbours.ts")).everyFamily);
}
