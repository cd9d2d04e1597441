/**
 * What a study is: pieces of work that belong to one question, how their records are read, and what is drawn of them.
 */

import * as z from "zod/mini";
import type { JsonObject } from "../base/checked.ts";
import { reject, requireChoice } from "../base/errors.ts";
import type { Source } from "../base/reference.ts";
import { described, integer, parseWith } from "../base/schema.ts";
import type { Section, Table } from "../report/page.ts";
import type { Catalogue, Recipe } from "../run/catalogue.ts";
import { recordsOf, type Finished, type StoredRecord } from "../run/record.ts";
import type { Task, TaskOf } from "../run/task.ts";
import type { Cell } from "./cell.ts";
import type { Scale } from "./scale.ts";

/** What may be chosen of one study's plan, in place of what its scale says. */
export const choicesSchema = z.strictObject({
  samples: described(
    z.optional(integer(1000, 100_000_000)),
    "labelled examples each learner may use; oracle learners get tolerance 1/sqrt(samples)",
  ),
  seeds: described(z.optional(integer(1, 1000)), "instances of each family, one a seed"),
  families: described(z.optional(z.array(z.string())), "only these families"),
});

/** @see choicesSchema */
export type Choices = z.output<typeof choicesSchema>;

/** What a study is planned and read for. */
export interface Scope {
  readonly scale: Scale;
  /** The families and learners that take part. */
  readonly catalogue: Catalogue;
  /** Those of the choices that the study reads. */
  readonly chosen?: Choices;
}

/** Those of a plan's families that are chosen, all where none are named. @throws InputError for one that it lacks */
export function chosenOf<T>(
  all: readonly T[],
  familyOf: (of: T) => string,
  { chosen: { families } = {} }: Scope,
): readonly T[] {
  if (families === undefined) return all;
  const known = [...new Set(all.map(familyOf))];
  for (const id of families) requireChoice(id, known, "--families");
  return all.filter((of) => families.includes(familyOf(of)));
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

/** What a study shares with the quick scale comes last in a longer run: a report of the quick one has it already. */
export const inTurn = (
  { scale }: Pick<Scope, "scale">,
  turn: Exclude<keyof Plan, "last">,
  tasks: readonly Task[],
): Plan => ({ [scale === "quick" ? turn : "last"]: tasks });

/** A study's answer in short: the lead of the report, and what the command prints. */
export interface Finding {
  /** One paragraph. */
  readonly headline: string;
  readonly table: Table;
  /** Its fields of the command's document. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A study's computation. */
export interface StudyRecipe {
  /** Keys of the program's bibliography, or entries of one's own: what `cite` names for a run that used it. */
  readonly references: readonly (string | Source)[];
  readonly load: () => Promise<Recipe>;
}

/** @typeParam Data what it reads from records: all that its sections show comes from there */
export interface Study<Data = unknown> {
  /** Unique among the studies of a report. */
  readonly id: string;
  /** A computation of its own, a recipe by the study's id. */
  readonly recipe?: StudyRecipe;
  /** Which choices its plan reads. */
  readonly choices?: readonly (keyof Choices)[];
  tasks(scope: Scope): Plan;
  /** What the first records call for. */
  followUps?(records: readonly StoredRecord[], scope: Scope): readonly Task[];
  /** @param records of a whole run; a study picks those that it shows
   * @returns null where they show nothing of it */
  read(records: readonly StoredRecord[], scope: Scope): Data | null;
  /** Loads what draws. Sections of one id are merged over all studies, in their order. */
  sections(data: Data, document: Document): Promise<readonly Section[]>;
  finding?(data: Data): Finding;
  /** What it shows of the paper's results, with the checks that stand beside it. */
  evidence?(records: readonly StoredRecord[], scope: Scope): readonly Cell[];
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

/** The seeds of a plan with so many of them. */
export const seedsOf = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);

/** A run of a study's recipe, as a piece of work. */
export const recipeTask = (recipe: string, family: string, params: JsonObject): TaskOf<"recipe"> => ({
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
