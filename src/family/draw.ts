/** The instance of a family's parameters and a seed: the easy twin and every training choice share it. */

import type { Checked, JsonObject } from "../base/checked.ts";
import { keyFor, type Key } from "../base/random.ts";
import type { Family } from "./family.ts";
import type { Instance } from "./instance.ts";

/** Of the family, its parameters and the seed, and nothing else of a trial. */
export const instanceKey = (family: { readonly id: string }, params: Checked, seed: number): Key =>
  keyFor("instance", family.id, params.json, seed);

/** @param params checked ones of the family; `Family.parse` makes them */
export const drawInstance = <V, H extends JsonObject>(
  family: Family<V, H>,
  params: Checked<V>,
  seed: number,
): Instance<V, H> => family.draw(params, instanceKey(family, params, seed));
