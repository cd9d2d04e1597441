/** The instance of a setting, as the command line draws it. */

import { drawInstance, familyById, type Family, type Instance } from "../../../src/index.ts";

/** A family's parameters and a seed. */
export interface InstanceSpec {
  readonly family: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly seed: number;
}

/** @throws InputError for what the command line refuses */
export function instanceOf({ family: id, params, seed }: InstanceSpec): {
  family: Family;
  instance: Instance;
} {
  const family = familyById(id);
  return { family, instance: drawInstance(family, family.parse(params), seed) };
}
