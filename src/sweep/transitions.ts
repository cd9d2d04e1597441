/** The transitions that a sweep seeks: one in every cell of the rest of its grid, by trials that are ordinary ones. */

import type { JsonObject } from "../base/checked.ts";
import type { Json } from "../base/json.ts";
import { canonicalJson } from "../base/json.ts";
import { finder, type StoredRecord } from "../run/record.ts";
import type { Task } from "../run/task.ts";
import { bisection, type Transition, type Tried } from "./bisection.ts";
import { parseCondition, type Condition } from "./expression.ts";
import { outcomes, type Cell, type SweepPlan } from "./plan.ts";

/** A cell of the rest of the grid with its transition; null as long as trials are missing. */
export interface CellTransition {
  readonly family: string;
  /** The values of the names that have several, but for the one that is bisected. */
  readonly values: JsonObject;
  readonly over: string;
  readonly transition: Transition | null;
}

interface Row {
  readonly family: string;
  readonly rest: JsonObject;
  /** By rising value. */
  readonly cells: readonly { readonly value: number; readonly cell: Cell }[];
}

function rowsOf(plan: SweepPlan, over: string): Row[] {
  const rows = new Map<
    string,
    { family: string; rest: JsonObject; cells: { value: number; cell: Cell }[] }
  >();
  for (const cell of plan.cells()) {
    const { [over]: value, ...rest } = cell.values;
    const id = canonicalJson([cell.family, rest]);
    const row = rows.get(id) ?? { family: cell.family, rest, cells: [] };
    row.cells.push({ value: Number(value), cell });
    rows.set(id, row);
  }
  return [...rows.values()].map((row) => ({ ...row, cells: row.cells.sort((a, b) => a.value - b.value) }));
}

/** What a record is worth; one that diverged has explained nothing, and its loss has no bound. */
function outcomeOf(record: StoredRecord): (name: string) => Json | undefined {
  const { final, steps } = record.result as {
    final?: { loss?: number | null; accuracy?: number | null; explainedVariance?: number | null };
    steps?: number;
  };
  const values: Record<(typeof outcomes)[number], number | undefined> = {
    final_loss: final?.loss ?? Infinity,
    final_accuracy: final?.accuracy ?? 0,
    final_explained_variance: final?.explainedVariance ?? 0,
    steps,
  };
  return (name) => values[name as keyof typeof values];
}

/** The transitions that a sweep's records show, and the trials that are wanted next to find the others. */
export function transitionsOf(
  plan: SweepPlan,
  records: readonly StoredRecord[],
): { readonly wanted: readonly Task[]; readonly transitions: readonly CellTransition[] } {
  const { bisect } = plan.spec;
  if (bisect === undefined) return { wanted: [], transitions: [] };
  const condition = parseCondition(bisect.until, outcomes, "until");
  const found = finder(records);
  const wanted: Task[] = [];
  const transitions = rowsOf(plan, bisect.over).map(({ family, rest, cells }): CellTransition => {
    const tried = triedIn(plan, cells, condition, found);
    const next = bisection(
      cells.map(({ value }) => value),
      tried,
      bisect.seeds,
    );
    const values = Object.fromEntries(Object.entries(rest).filter(([name]) => isVaried(plan, name)));
    if ("transition" in next) return { family, values, over: bisect.over, transition: next.transition };
    const { cell } = cells[next.wanted];
    wanted.push(
      ...plan.seeds.map((seed) => plan.taskOf(cell, seed)).filter((task) => found(task) === undefined),
    );
    return { family, values, over: bisect.over, transition: null };
  });
  return { wanted, transitions };
}

const isVaried = (plan: SweepPlan, name: string): boolean =>
  plan.axis(name).some(({ values }) => values.length > 1);

/** The values at which all seeds have finished. */
function triedIn(
  plan: SweepPlan,
  cells: Row["cells"],
  condition: Condition,
  found: ReturnType<typeof finder>,
): Map<number, Tried> {
  const tried = new Map<number, Tried>();
  cells.forEach(({ cell }, i) => {
    const records = plan.seeds.flatMap((seed) => found(plan.taskOf(cell, seed)) ?? []);
    if (records.length < plan.seeds.length) return;
    const holds = records.filter((record) =>
      condition.holds((name) => scalar(outcomeOf(record)(name))),
    ).length;
    tried.set(i, { holds, seeds: records.length });
  });
  return tried;
}

const scalar = (value: Json | undefined): number | null => (typeof value === "number" ? value : null);

/** The most trials that a bisection makes where the seeds agree at every value: what a sweep is sized by. */
export function mostTrials(plan: SweepPlan): number {
  const { bisect } = plan.spec;
  if (bisect === undefined) return plan.count * plan.seeds.length;
  return rowsOf(plan, bisect.over).reduce(
    (sum, { cells }) => sum + Math.ceil(Math.log2(cells.length + 1)) * bisect.seeds,
    0,
  );
}
