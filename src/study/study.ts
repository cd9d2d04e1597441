/**
 * What a study is: pieces of work that belong to one question, how their records are read, and what is drawn of them.
 */

import type * as z from "zod/mini";
import type { JsonObject } from "../base/checked.ts";
import { reject } from "../base/errors.ts";
import { parseWith } from "../base/schema.ts";
import type { Section, Table } from "../report/page.ts";
import type { Catalogue, Recipe } from "../run/catalogue.ts";
import { recordsOf, type Finished, type StoredRecord } from "../run/record.ts";
import type { Task } from "../run/task.ts";
import type { Scale } from "./scale.ts";

/** What a study is planned and read for. */
export interface Scope {
  readonly scale: Scale;
  /** The families and learners that take part. */
  readonly catalogue: Catalogue;
}

/**
 * Pieces of work by when their turn comes, in each the most important first: all studies' first ones before any's
 * others.
 */
export interface Plan {
  /** What is quick, and so nothing is gained by leaving it out. */
  readonly first?: readonly Task[];
  readonly main?: readonly Task[];
  /** More of the same: left out first when time is short. */
  readonly last?: readonly Task[];
}

/** A study's answer in short: the lead of the report, and what the command prints. */
export interface Finding {
  /** One paragraph. */
  readonly headline: string;
  readonly table: Table;
  /** Its fields of the command's document. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** @typeParam Data what it reads from records: all that its sections show comes from there */
export interface Study<Data = unknown> {
  /** Unique among the studies of a report. */
  readonly id: string;
  /** A computation of its own, a recipe by the study's id; `references` are keys of the bibliography. */
  readonly recipe?: { readonly references: readonly string[]; readonly load: () => Promise<Recipe> };
  tasks(scope: Scope): Plan;
  /** What the first records call for. */
  followUps?(records: readonly StoredRecord[], scope: Scope): readonly Task[];
  /** @param records of a whole run; a study picks those that it shows
   * @returns null where they show nothing of it */
  read(records: readonly StoredRecord[], scope: Scope): Data | null;
  /** Loads what draws. Sections of one id are merged over all studies, in their order. */
  sections(data: Data, document: Document): Promise<readonly Section[]>;
  finding?(data: Data): Finding;
}

/** The studies, if each has an id of its own. @throws InputError naming one that has not */
export function distinct(studies: readonly Study[]): readonly Study[] {
  const seen = new Set<string>();
  for (const { id } of studies) {
    if (seen.has(id)) reject({ where: `study ${id}`, what: "there are two of that id", next: "rename one" });
    seen.add(id);
  }
  return studies;
}

/** Families and learners with the computations of these studies. */
export const catalogueOf = (
  known: Pick<Catalogue, "families" | "learners">,
  studies: readonly Study[],
): Catalogue => ({
  ...known,
  recipes: Object.fromEntries(
    distinct(studies).flatMap(({ id, recipe }) => (recipe === undefined ? [] : [[id, recipe.load]])),
  ),
});

/** What a study reads of a run, null where there is nothing of it. */
export const unlessEmpty = <T>(found: readonly T[]): readonly T[] | null =>
  found.length === 0 ? null : found;

/** A run of a study's recipe, as a piece of work. */
export const recipeTask = (recipe: string, family: string, params: JsonObject): Task => ({
  kind: "recipe",
  family,
  recipe,
  params,
});

/** A recipe's record with its result read. */
export type Computed<T> = Omit<Finished<"recipe">, "result"> & { readonly result: T };

/**
 * The records of a recipe, read by the schema of what it returns.
 * @throws InputError naming the first record that does not fit
 */
export const computedBy = <T>(
  recipe: string,
  schema: z.ZodMiniType<T>,
  records: readonly StoredRecord[],
): Computed<T>[] =>
  recordsOf(records, "recipe")
    .filter(({ task }) => task.recipe === recipe)
    .map((r) => ({ ...r, result: parseWith(schema, r.result, `record ${r.id}: result`) }));
