/** The kept run as pages of the documentation tell it: its records, and numbers as they are written there. */

import { canonicalJson } from "../../../src/base/json.ts";
import type { Finished } from "../../../src/run/record.ts";
import { failingCells, type FailingCell } from "../../../src/study/comparison/cells.ts";
import { readKept } from "../../../src/study/kept.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { digits } from "../../study/truth/cells.ts";
import { unsigned } from "../../study/truth/rule.ts";
import { isTrain, type Train } from "../../study/truth/run.ts";

const kept = readKept()!;
export const { records } = kept;
export const scope = { scale: kept.scale, catalogue: builtIn };
export const trainings = records.filter(isTrain);

/** Without the zero before the point. */
export const bare = (x: number, many = 2): string => unsigned(x.toFixed(many)).replace(/^(-?)0\./, "$1.");
export const power = (x: number, many = 2): string => x.toExponential(many - 1).replace("+", "");
/** Of a number that is certified: cut off. */
export const cut = (x: number, many = 2): string => power(digits(x, many), many);
export const count = (x: number): string => x.toLocaleString("en");
export function range(values: readonly number[], said = (x: number) => bare(x, 3)): string {
  return `${said(Math.min(...values))} to ${said(Math.max(...values))}`;
}
export const and = (texts: readonly string[]): string => texts.join(", ").replace(/, (?=[^,]*$)/, " and ");
/** A row of a table, its columns a space wide. */
export const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

/** 0 of one that diverged. */
export const explained = (r: Train): number => r.result.final.explainedVariance ?? 0;
export const bySeed = (a: Train, b: Train): number => a.task.seed - b.task.seed;

export const certificateOf = (family: string, params: object): Finished<"certify"> =>
  recordsAt(family, params).find((r): r is Finished<"certify"> => r.task.kind === "certify")!;

/** All records of one size. */
export const recordsAt = (family: string, params: object) =>
  records.filter(
    ({ task }) => task.family === family && canonicalJson(task.params) === canonicalJson(params),
  );

/** The failing cell of a family, or of that many variables. */
export const failingAt = (name: string): FailingCell =>
  failingCells(builtIn).find(({ family, params }) =>
    [family.id, String(params["variables"])].includes(name),
  )!;

/** Trainings at a failing cell that differ from its own by these options alone. */
export const changed = ({ family, params, options }: FailingCell, names: string): Train[] =>
  recordsAt(family.id, params)
    .filter(isTrain)
    .filter(({ task }) => {
      const [before, after] = [options, task.options] as Readonly<Record<string, unknown>>[];
      const all = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      return all.filter((name) => name !== "trainingSeed" && before[name] !== after[name]).join() === names;
    })
    .sort(bySeed);
