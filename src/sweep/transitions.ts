/** The transitions that a sweep seeks: one in every cell of the rest of its grid, by trials that are ordinary ones. */

import type { JsonObject } from "../base/checked.ts";
import type { Json } from "../base/json.ts";
import { canonicalJson } from "../base/json.ts";
import { finder, type StoredRecord } from "../run/record.ts";
import type { Task } from "../run/task.ts";
import { bisection, trialsOfSearch, type Probe, type Transition, type Tried } from "./bisection.ts";
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

/**
 * The transitions that a sweep's records show, and the trials that are wanted next to find the others.
 *
 * @param bisect by default what the sweep seeks
 */
export function transitionsOf(
  plan: SweepPlan,
  records: readonly StoredRecord[],
  bisect = plan.spec.bisect,
): { readonly wanted: readonly Task[]; readonly transitions: readonly CellTransition[] } {
  if (bisect === undefined) return { wanted: [], transitions: [] };
  const condition = parseCondition(bisect.until, outcomes, "until");
  const found = finder(records);
  const wanted: Task[] = [];
  const transitions = rowsOf(plan, bisect.over).map(({ family, rest, cells }): CellTransition => {
    const next = bisection(
      cells.map(({ value }) => value),
      (probe) => outcomeAt(probe, { plan, cells, condition, found }),
      bisect.seeds,
      bisect.interval,
    );
    const values = Object.fromEntries(Object.entries(rest).filter(([name]) => isVaried(plan, name)));
    if ("transition" in next) return { family, values, over: bisect.over, transition: next.transition };
    for (const { at, seeds } of next.wanted)
      wanted.push(
        ...plan.seeds
          .slice(0, seeds)
          .map((seed) => plan.taskOf(cells[at].cell, seed))
          .filter((task) => found(task) === undefined),
      );
    return { family, values, over: bisect.over, transition: null };
  });
  return { wanted, transitions };
}

const isVaried = (plan: SweepPlan, name: string): boolean =>
  plan.axis(name).some(({ values }) => values.length > 1);

interface Searched {
  readonly plan: SweepPlan;
  readonly cells: Row["cells"];
  readonly condition: Condition;
  readonly found: ReturnType<typeof finder>;
}

/** What came of the first seeds at a value; undefined until all of them have finished. */
function outcomeAt({ at, seeds }: Probe, { plan, cells, condition, found }: Searched): Tried | undefined {
  const records = plan.seeds
    .slice(0, seeds)
    .flatMap((seed) => found(plan.taskOf(cells[at].cell, seed)) ?? []);
  if (records.length < seeds) return undefined;
  const holds = records.filter((record) => condition.holds((name) => scalar(outcomeOf(record)(name)))).length;
  return { holds, seeds };
}

const scalar = (value: Json | undefined): number | null => (typeof value === "number" ? value : null);

/** The trials of a grid, or of a bisection where the seeds agree at every value: what a sweep is sized by. */
export function mostTrials(plan: SweepPlan): number {
  const { bisect } = plan.spec;
  if (bisect === undefined) return plan.count * plan.seeds.length;
  return rowsOf(plan, bisect.over).reduce(
    (sum, { cells }) => sum + trialsOfSearch(cells.length, bisect.seeds),
    0,
  );
}
