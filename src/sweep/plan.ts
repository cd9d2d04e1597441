/** The trials of a sweep, from its file: names and values checked, counted, and made when they are wanted. */

import * as z from "zod/mini";
import type { JsonObject } from "../base/checked.ts";
import { InputError, reject, requireChoice } from "../base/errors.ts";
import { fields } from "../base/fields.ts";
import type { Json } from "../base/json.ts";
import { refuseUnread } from "../base/options.ts";
import { range } from "../base/range.ts";
import { parseWith } from "../base/schema.ts";
import type { Family } from "../family/family.ts";
import { readOptions } from "../learner/gradient-descent.ts";
import { learnSchema, type Learner } from "../learner/learner.ts";
import { isRemote } from "../learner/remote/learner.ts";
import { trainSchema } from "../learner/training-options.ts";
import { familyIn, learnerIn, type Catalogue } from "../run/catalogue.ts";
import type { Task } from "../run/task.ts";
import { named, type Located } from "./document.ts";
import { parseCondition, type Condition } from "./expression.ts";
import { parseSpec, valuesOf, type SweepSpec } from "./spec.ts";

/** Trials that one sweep may have: more would not fit into a folder, nor into memory. */
const MOST = 10_000_000;

/** Where a name's value goes. */
type Group = "parameters" | "options" | "easy";

/** A name and the values that it takes in turn. */
export interface Axis {
  readonly name: string;
  readonly group: Group;
  readonly path: readonly PropertyKey[];
  readonly values: readonly Json[];
}

/** The axes of one family; those of one dimension go together. */
interface Block {
  readonly family: Family;
  readonly dimensions: readonly (readonly Axis[])[];
}

/** A trial but for its seed. */
export interface Cell {
  readonly family: string;
  readonly params: JsonObject;
  readonly options: JsonObject;
  readonly easy: boolean;
  /** What conditions read. */
  readonly values: JsonObject;
}

/** A sweep that has been checked. */
export interface SweepPlan {
  readonly spec: SweepSpec;
  readonly seeds: readonly number[];
  /** Combinations of values that meet the conditions. */
  readonly count: number;
  /** Of a cell number: the first are the first values of all names. */
  cells(): Generator<Cell>;
  taskOf(cell: Cell, seed: number): Task;
  /** The axis of that name in each family. */
  axis(name: string): readonly Axis[];
}

/**
 * @throws InputError with line and column for the first name, value or combination that is refused
 */
export function planSweep(file: Located, catalogue: Catalogue): SweepPlan {
  const spec = parseSpec(file);
  // a run folder is data, and whoever resumes it is not to run what it says
  if (isRemote(spec.learner))
    named(file, ["learner"], () =>
      reject({ what: "a program is no learner of a sweep", next: "use 'equihard learn'" }),
    );
  const learner = named(file, ["learner"], () => learnerIn(catalogue, spec.learner));
  const blocks = blocksOf(spec, file, catalogue, learner);
  const conditions = conditionsOf(spec, file, blocks);
  const bisected = spec.bisect?.over;
  const seeds = seedsOf(spec);
  const raw = blocks.reduce(
    (sum, { dimensions }) => sum + dimensions.reduce((n, [axis]) => n * axis.values.length, 1),
    0,
  );
  if (raw * seeds.length > MOST)
    reject({
      where: file.at(["seeds"]),
      what: `${raw * seeds.length} trials are too many`,
      allowed: `at most ${MOST}`,
    });
  let count = 0;
  for (const block of blocks) count += checkBlock(block, learner, conditions, file);
  if (count === 0)
    reject({ where: file.at(["where"]), what: "no combination of values meets the conditions" });
  if (bisected !== undefined) checkBisect(spec, file, blocks);
  return {
    spec,
    seeds,
    count,
    *cells() {
      for (const block of blocks)
        for (const chosen of combinations(block, conditions)) yield cellOf(block, chosen);
    },
    taskOf: ({ family, params, options, easy }, seed) =>
      spec.learner === "gradient-descent"
        ? { kind: "train", family, params, seed, easy, options }
        : { kind: "learn", family, params, seed, easy, learner: spec.learner, options },
    axis: (name) =>
      blocks.flatMap(({ dimensions }) => dimensions.flat().filter((axis) => axis.name === name)),
  };
}

function seedsOf({ seeds, bisect }: SweepSpec): readonly number[] {
  if (bisect !== undefined) return range(bisect.seeds);
  return typeof seeds === "number" ? range(seeds) : [...new Set(seeds)];
}

function blocksOf(spec: SweepSpec, file: Located, catalogue: Catalogue, learner: Learner): Block[] {
  const descends = spec.learner === "gradient-descent";
  const options = axesOf(
    (descends ? spec.train : spec.learn) ?? {},
    { group: "options", schema: descends ? trainSchema : learnSchema, path: [descends ? "train" : "learn"] },
    file,
    descends ? undefined : learner.options,
  );
  const easy: Axis = {
    name: "easy",
    group: "easy",
    path: ["easy"],
    values: valuesOf(spec.easy ?? false, file, ["easy"], false),
  };
  if (easy.values.some((value) => typeof value !== "boolean"))
    reject({
      where: `${file.at(["easy"])}: easy`,
      what: "does not fit",
      allowed: "true, false or a list of them",
    });
  const several = spec.families ?? { [spec.family ?? ""]: spec.parameters ?? {} };
  return Object.entries(several).map(([id, parameters]) => {
    const own = spec.families === undefined ? ["parameters"] : ["families", id];
    const family = named(file, spec.families === undefined ? ["family"] : own, () => familyIn(catalogue, id));
    const axes = axesOf(parameters, { group: "parameters", schema: family.schema, path: own }, file);
    return { family, dimensions: zipped([...axes, ...options, easy], spec.zip ?? [], file) };
  });
}

function axesOf(
  given: Readonly<Record<string, unknown>>,
  {
    group,
    schema,
    path,
  }: { readonly group: Group; readonly schema: z.core.$ZodType; readonly path: readonly PropertyKey[] },
  file: Located,
  allowed?: readonly string[],
): Axis[] {
  const known = fields(schema);
  const names = allowed ?? known.map(({ name }) => name);
  return Object.entries(given).map(([name, raw]) => {
    const own = [...path, name];
    named(file, own, () => requireChoice(name, names, name));
    const whole = known.find((field) => field.name === name)?.type === "integer";
    return { name, group, path: own, values: valuesOf(raw, file, own, whole) };
  });
}

/** Axes by dimension: those of one zip are one. */
function zipped(axes: readonly Axis[], zips: readonly (readonly string[])[], file: Located): Axis[][] {
  const groups = zips.map((names, z_) =>
    names.map((name, i) => {
      named(file, ["zip", z_, i], () =>
        requireChoice(
          name,
          axes.map((axis) => axis.name),
          name,
        ),
      );
      return axes.find((axis) => axis.name === name) ?? axes[0];
    }),
  );
  groups.forEach((group, z_) => {
    const [first, ...others] = group;
    const other = others.find(({ values }) => values.length !== first.values.length);
    if (other === undefined) return;
    const what = `${first.name} has ${first.values.length} values, ${other.name} has ${other.values.length}`;
    reject({ where: `${file.at(["zip", z_])}: zip`, what, allowed: "as many of each" });
  });
  const inZip = new Set(groups.flat());
  return [...groups, ...axes.filter((axis) => !inZip.has(axis)).map((axis) => [axis])].filter(
    (g) => g.length > 0,
  );
}

function conditionsOf({ where = [] }: SweepSpec, file: Located, blocks: readonly Block[]): Condition[] {
  const names = [...new Set(blocks.flatMap(({ dimensions }) => dimensions.flat().map(({ name }) => name)))];
  const list = typeof where === "string" ? [where] : where;
  return list.map((text, i) =>
    named(file, typeof where === "string" ? ["where"] : ["where", i], () =>
      parseCondition(text, names, "where"),
    ),
  );
}

/** An index into the values of each dimension. */
type Chosen = readonly number[];

function* combinations({ dimensions }: Block, conditions: readonly Condition[]): Generator<Chosen> {
  const chosen = dimensions.map(() => 0);
  const places = new Map(
    dimensions.flatMap((axes, d) => axes.map((axis) => [axis.name, { axis, d }] as const)),
  );
  const names = (name: string) => {
    const place = places.get(name);
    const value = place?.axis.values[chosen[place.d]];
    return typeof value === "object" ? null : value;
  };
  for (;;) {
    if (conditions.every((condition) => condition.holds(names))) yield chosen;
    let d = dimensions.length - 1;
    for (; d >= 0 && ++chosen[d] === dimensions[d][0].values.length; d--) chosen[d] = 0;
    if (d < 0) return;
  }
}

/** What the names of a group have as values. */
function valuesIn({ dimensions }: Block, chosen: Chosen, group?: Group): Record<string, Json> {
  const found: Record<string, Json> = {};
  dimensions.forEach((axes, d) => {
    for (const axis of axes)
      if (group === undefined || axis.group === group) found[axis.name] = axis.values[chosen[d]];
  });
  return found;
}

function cellOf(block: Block, chosen: Chosen): Cell {
  const { family } = block;
  return {
    family: family.id,
    params: family.parse(valuesIn(block, chosen, "parameters")).json,
    options: valuesIn(block, chosen, "options"),
    easy: valuesIn(block, chosen, "easy")["easy"] === true,
    values: valuesIn(block, chosen),
  };
}

/** Checks every combination of parameters, and of options, once; returns how many combinations there are. */
function checkBlock(block: Block, learner: Learner, conditions: readonly Condition[], file: Located): number {
  const { family, dimensions } = block;
  const seen = { parameters: new Set<number>(), options: new Set<number>() };
  const indexOf = (group: Group, chosen: Chosen): number =>
    dimensions.reduce(
      (sum, axes, d) => (axes.some((a) => a.group === group) ? sum * axes[0].values.length + chosen[d] : sum),
      0,
    );
  const check = (
    group: "parameters" | "options",
    chosen: Chosen,
    accept: (values: JsonObject) => void,
  ): void => {
    const index = indexOf(group, chosen);
    if (seen[group].has(index)) return;
    seen[group].add(index);
    const values = valuesIn(block, chosen, group);
    blamed(
      file,
      dimensions.flat().filter((axis) => axis.group === group),
      values,
      () => accept(values),
    );
  };
  let count = 0;
  for (const chosen of combinations(block, conditions)) {
    count++;
    check("parameters", chosen, (values) => {
      const refusal = learner.refusal(family, family.parse(values));
      if (refusal !== null) reject({ what: refusal });
    });
    check("options", chosen, (values) => {
      if (learner.id === "gradient-descent") return void readOptions(family, values);
      parseWith(learnSchema, values);
      refuseUnread(values, learner.options, learner.id);
    });
  }
  return count;
}

/** Runs a check of some values; a complaint is put at the name that it is about, with the values. */
function blamed(file: Located, axes: readonly Axis[], values: JsonObject, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { where = "" } = error.problem;
    const plain = where.replace(/^--/, "").replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());
    const axis = axes.find(({ name }) => name === plain || plain.startsWith(`${name}.`));
    const shown = axes
      .filter((a) => a.values.length > 1)
      .map(({ name }) => `${name}=${JSON.stringify(values[name])}`);
    const place = `${file.at(axis?.path ?? axes[0]?.path ?? ["family"])}: ${axis?.path.map(String).join(".") ?? where}`;
    const what = `${error.problem.what}${shown.length > 0 ? ` (of ${shown.join(", ")})` : ""}`;
    throw new InputError({ ...error.problem, where: place.replace(/: $/, ""), what });
  }
}

/** Names of a record that `until` may speak of. */
export const outcomes = ["final_loss", "final_accuracy", "final_explained_variance", "steps"] as const;

function checkBisect({ bisect, zip = [] }: SweepSpec, file: Located, blocks: readonly Block[]): void {
  if (bisect === undefined) return;
  const { over, until } = bisect;
  for (const { dimensions } of blocks) {
    const axes = dimensions.flat();
    named(file, ["bisect", "over"], () => {
      requireChoice(
        over,
        axes.map(({ name }) => name),
        "over",
      );
      const { values } = axes.find(({ name }) => name === over) ?? axes[0];
      if (zip.flat().includes(over)) reject({ what: `${over} is in a zip`, allowed: "a name of its own" });
      if (values.length < 2 || values.some((v) => typeof v !== "number"))
        reject({ what: `${over} is not several numbers`, allowed: "two numbers or more" });
    });
  }
  named(file, ["bisect", "until"], () => parseCondition(until, outcomes, "until"));
}
