/** The instance of a family's parameters and a seed: the easy twin and every training choice share it. */

import { keyFor, type Key } from "../base/random.ts";
import type { Family, Instance, Params } from "./family.ts";

/** Of the family, its parameters and the seed, and nothing else of a trial. */
export const instanceKey = (family: Family, params: Params, seed: number): Key =>
  keyFor("instance", family.id, params, seed);

/** @param params checked ones of the family; `Family.parse` makes them */
export const drawInstance = (family: Family, params: Params, seed: number): Instance =>
  family.draw(params, instanceKey(family, params, seed));
