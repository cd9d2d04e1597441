/** Two sweeps beside each other: what their files say differently, and what came of the values that both have. */

import { canonicalJson } from "../../base/json.ts";
import { mean } from "../../base/statistics.ts";
import { changesOf } from "../../sweep/identity.ts";
import type { Table } from "../../report/page.ts";
import { brief, outcomesOf, valueText, type Scalar, type SweepCell, type SweepData } from "./read.ts";

export interface Comparison {
  readonly differences: Table;
  /** A row a combination that both have; the names whose values differ throughout are what is compared. */
  readonly cells: Table;
}

/** @param names what the two are called */
export function compare(here: SweepData, there: SweepData, names: readonly [string, string]): Comparison {
  const differences = changesOf(here.plan.spec, there.plan.spec);
  const shared = sharedNames(here.cells, there.cells);
  const own = meansBy(here.cells, shared);
  const others = meansBy(there.cells, shared);
  const varied = shared.filter((name) => new Set(here.cells.map(({ values }) => values[name])).size > 1);
  const rows = [...own].flatMap(([key, { values, mean: a, trials }]) => {
    const other = others.get(key);
    if (other === undefined) return [];
    const at = varied.map((name) => valueText(values[name]));
    return [[...at, brief(a), brief(other.mean), brief(other.mean - a), `${trials} and ${other.trials}`]];
  });
  return {
    differences: {
      head: ["field", ...names],
      rows: differences.map(({ field, before, now }) => [field, before, now]),
    },
    cells: { head: [...varied, ...names, "difference", "trials"], rows },
  };
}

/** The names of which both have a value in common. */
function sharedNames(here: readonly SweepCell[], there: readonly SweepCell[]): string[] {
  const valuesIn = (cells: readonly SweepCell[], name: string): Set<Scalar> =>
    new Set(cells.map(({ values }) => values[name] ?? null));
  const names = [...new Set([...here, ...there].flatMap(({ values }) => Object.keys(values)))];
  return names.filter((name) => {
    const others = valuesIn(there, name);
    return [...valuesIn(here, name)].some((value) => others.has(value));
  });
}

function meansBy(cells: readonly SweepCell[], names: readonly string[]) {
  const groups = new Map<string, { values: SweepCell["values"]; outcomes: number[] }>();
  for (const cell of cells) {
    const key = canonicalJson(names.map((name) => cell.values[name] ?? null));
    const group = groups.get(key) ?? { values: cell.values, outcomes: [] };
    group.outcomes.push(...outcomesOf(cell));
    groups.set(key, group);
  }
  return new Map(
    [...groups].flatMap(([key, { values, outcomes }]) =>
      outcomes.length === 0
        ? []
        : [[key, { values, mean: mean(outcomes), trials: outcomes.length }] as const],
    ),
  );
}
