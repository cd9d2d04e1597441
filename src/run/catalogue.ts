/**
 * What the ids in a piece of work stand for: the program's own families, learners and recipes, or a user's beside them.
 * Work is data, so that it can be hashed, stored and sent to another process; whoever carries it out brings the
 * catalogue.
 */

import type { JsonObject } from "../base/checked.ts";
import { requireChoice } from "../base/errors.ts";
import type { DoAll } from "../base/progress.ts";
import type { Family } from "../family/family.ts";
import { familyNamed } from "../family/named.ts";
import type { Learner } from "../learner/learner.ts";
import { learnerNamed } from "../learner/named.ts";

/** What a recipe is given beside its parameters. */
export interface RecipeContext {
  readonly catalogue: Catalogue;
  readonly signal?: AbortSignal;
  /** How independent pieces of work are done: one by one where nothing else is said. */
  readonly doAll?: DoAll;
  readonly onProgress?: (text: string, fraction: number) => void;
}

/**
 * A computation of a study's own (a scaling curve, a sample of Gram matrices) that is a piece of work like any other:
 * deterministic for its parameters. A field `measurement` of what it returns is kept apart, for what differs from run
 * to run (times).
 */
export type Recipe = (params: JsonObject, context: RecipeContext) => Promise<JsonObject>;

/** What tasks may name: families, learners and recipes, the program's and one's own. */
export interface Catalogue {
  readonly families: readonly Family[];
  readonly learners: readonly Learner[];
  /** By name; each is loaded when it is first run. */
  readonly recipes: Readonly<Record<string, () => Promise<Recipe>>>;
}

export const familyIn = ({ families }: Catalogue, id: string): Family => familyNamed(id, families);

export const learnerIn = ({ learners }: Catalogue, id: string): Learner => learnerNamed(id, learners);

/** The recipe of that name, loaded. @throws InputError for an unknown one */
export async function recipeIn({ recipes }: Catalogue, name: string): Promise<Recipe> {
  requireChoice(name, Object.keys(recipes), "recipe");
  return recipes[name]();
}
