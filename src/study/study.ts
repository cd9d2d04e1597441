/**
 * Recipes: computations of their own (scaling curves, Gram samples, adversary runs) that the report needs as data. Each
 * is deterministic for its parameters, so its result is a record like any other.
 */

import { reject } from "../base/errors.ts";
import type { Json } from "../base/json.ts";
import type { JsonObject } from "../base/checked.ts";

export interface RecipeContext {
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string, fraction: number) => void;
}

/** The result; a field `measurement` is kept apart from it, for what differs from run to run (times). */
export type Recipe = (params: JsonObject, context: RecipeContext) => Promise<Readonly<Record<string, Json>>>;

/** All recipes by name; each is loaded when it is first run. */
const recipes: Readonly<Record<string, () => Promise<Recipe>>> = {
  "invariant-dimensions": async () => (await import("./invariants/study.ts")).invariantDimensions,
  frames: async () => (await import("./frames/study.ts")).frames,
  planes: async () => (await import("./planes/study.ts")).planes,
  play: async () => (await import("./play/study.ts")).playRecipe,
  "reduction-times": async () => (await import("./reduction-times/study.ts")).reductionTimesRecipe,
  "sample-curve": async () => (await import("./sample-curve/study.ts")).sampleCurve,
  "sample-need": async () => (await import("./sample-need/study.ts")).sampleNeed,
};

export const recipeNames: readonly string[] = Object.keys(recipes);

export async function recipeByName(name: string): Promise<Recipe> {
  const load = Object.hasOwn(recipes, name) ? recipes[name] : undefined;
  return load === undefined ? reject({ where: "recipe", what: `"${name}" is unknown` }) : load();
}
