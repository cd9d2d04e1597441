/** A sweep as its report reads it: what varies in it, and what became of every combination of values. */

import type { Json } from "../../base/json.ts";
import { finder, type StoredRecord } from "../../run/record.ts";
import { outcomes, type SweepPlan } from "../../sweep/plan.ts";

/** What a name can be in a table or on an axis; null where a family does not have it. */
export type Scalar = string | number | boolean | null;
/** What trials are compared by. */
export type Outcome = (typeof outcomes)[number];

/** A name with several values. */
export interface SweepAxis {
  readonly name: string;
  /** As the file lists them; numbers rising. */
  readonly values: readonly Scalar[];
  readonly isNumeric: boolean;
}

/** A finished trial. */
export interface SweepTrial {
  readonly seed: number;
  readonly record: StoredRecord;
  /** Null where it has no such outcome: the accuracy of real labels, the loss of a training that diverged. */
  readonly outcome: number | null;
}

/** A combination of values with its finished trials, by rising seed. */
export interface SweepCell {
  readonly values: Readonly<Record<string, Scalar>>;
  readonly trials: readonly SweepTrial[];
}

/** All that a report shows of a sweep. */
export interface SweepData {
  readonly plan: SweepPlan;
  readonly outcome: Outcome;
  readonly axes: readonly SweepAxis[];
  /** Those in which a trial has finished, in the order of the file. */
  readonly cells: readonly SweepCell[];
}

/** The outcomes in words. */
export const outcomeLabels: Readonly<Record<Outcome, string>> = {
  final_loss: "loss",
  final_accuracy: "accuracy",
  final_explained_variance: "explained variance",
  steps: "steps taken",
};

/** What a trial came to. Of a training that diverged nothing is explained, and its loss has no bound: null. */
export function outcomeIn({ result }: StoredRecord, outcome: Outcome): number | null {
  const { final, steps, stopped } = result as {
    final?: { loss?: number | null; accuracy?: number | null; explainedVariance?: number | null };
    steps?: number;
    stopped?: string;
  };
  const worst = stopped === "diverged" ? 0 : null;
  switch (outcome) {
    case "final_loss":
      return final?.loss ?? null;
    case "final_accuracy":
      return final?.accuracy ?? worst;
    case "final_explained_variance":
      return final?.explainedVariance ?? worst;
    case "steps":
      return steps ?? null;
  }
}

const scalar = (value: Json | undefined): Scalar => {
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? JSON.stringify(value) : (value as Scalar);
};

/** Reads a sweep. @param outcome by default what a bisection asks for, else the explained variance */
export function readSweep(
  plan: SweepPlan,
  records: readonly StoredRecord[],
  outcome: Outcome = askedFor(plan),
): SweepData {
  const found = finder(records);
  const seeds = [...plan.seeds].sort((a, b) => a - b);
  const cells: SweepCell[] = [];
  for (const cell of plan.cells()) {
    const named = Object.entries(cell.values).map(([name, value]) => [name, scalar(value)] as const);
    const trials = seeds.flatMap((seed): SweepTrial[] => {
      const record = found(plan.taskOf(cell, seed));
      return record === undefined ? [] : [{ seed, record, outcome: outcomeIn(record, outcome) }];
    });
    const values = Object.fromEntries([["family", cell.family] as const, ...named]);
    if (trials.length > 0) cells.push({ values, trials });
  }
  return { plan, outcome, axes: axesOf(cells), cells };
}

/** A sweep over several families as one a family, whose names differ; of one, itself. */
export function byFamily(data: SweepData): (SweepData & { readonly family: string })[] {
  const families = [...new Set(data.cells.map(({ values }) => String(values["family"])))];
  return families.map((family) => {
    const cells = data.cells.filter(({ values }) => values["family"] === family);
    return { ...data, family, cells, axes: axesOf(cells) };
  });
}

/** The names of which cells have several values, null where one lacks it. */
function axesOf(cells: readonly SweepCell[]): SweepAxis[] {
  const names = [...new Set(cells.flatMap(({ values }) => Object.keys(values)))];
  return names
    .map((name) => axisOf(name, [...new Set(cells.map(({ values }) => values[name] ?? null))]))
    .filter(({ values }) => values.length > 1);
}

const askedFor = ({ spec: { bisect } }: SweepPlan): Outcome =>
  outcomes.find((name) => bisect?.until.includes(name)) ?? "final_explained_variance";

function axisOf(name: string, values: readonly Scalar[]): SweepAxis {
  const isNumeric = values.every((value) => typeof value === "number");
  return { name, isNumeric, values: isNumeric ? [...values].sort((a, b) => Number(a) - Number(b)) : values };
}

/** The outcomes of a cell that are numbers. */
export const outcomesOf = ({ trials }: SweepCell): number[] => trials.flatMap(({ outcome }) => outcome ?? []);

/** A measured number as a table shows it: four digits. */
export const brief = (x: number | null): string => (x === null ? "-" : String(Number(x.toPrecision(4))));

/** A value of an axis as text. */
export const valueText = (value: Scalar | undefined): string => String(value ?? "-");

/** The values of some axes in words: `k=4 width=64`. */
export const settingOf = ({ values }: Pick<SweepCell, "values">, axes: readonly SweepAxis[]): string =>
  axes.map(({ name }) => `${name}=${valueText(values[name])}`).join(" ");

/** Cells by what some axes say of them, in order. */
export function grouped(
  cells: readonly SweepCell[],
  axes: readonly SweepAxis[],
): ReadonlyMap<string, readonly SweepCell[]> {
  const groups = new Map<string, SweepCell[]>();
  for (const cell of cells) {
    const key = settingOf(cell, axes);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  return groups;
}
