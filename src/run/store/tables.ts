/**
 * The records of a run folder as two tables, sorted by id: `trials` (a row a task that has finished or failed) and
 * `curves` (a row a check of a training). They are made from the records when those have changed, and believed only as
 * they were written.
 */

import { accessSync, constants, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { canonicalJson } from "../../base/json.ts";
import { numerics } from "../../base/version.ts";
import { writeWhole } from "../../base/write.node.ts";
import { readFailures } from "../folder/failures.ts";
import { readPieces } from "../folder/pieces.ts";
import { namesIn } from "../names.ts";
import { recordsOf, type StoredRecord } from "../record.ts";
import type { Task } from "../task.ts";
import { readContents } from "./files.ts";
import { resultsOf } from "./finished.ts";
import { printParquet, type Cell, type Row } from "./parquet.ts";
import { digestOf } from "./digest.ts";

/** A table in memory. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
}

const outcomes = ["final_loss", "final_accuracy", "final_explained_variance", "steps", "status"] as const;
const leading = ["id", "kind", "family"];
const curveNames = ["id", "step", "loss", "accuracy"];

function cell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? canonicalJson(value) : (value as Cell);
}

/** What a task is: its family's parameters, its options (`option_NAME` where a name is taken), its seed. */
function description(id: string, task: Task): Record<string, Cell> {
  const row: Record<string, Cell> = { id, kind: task.kind, family: task.family };
  for (const [name, value] of Object.entries(task.params)) row[name] = cell(value);
  const taken = new Set<string>([...Object.keys(row), ...outcomes, "seed"]);
  for (const [name, value] of Object.entries("options" in task ? task.options : {}))
    row[taken.has(name) ? `option_${name}` : name] = cell(value);
  for (const name of ["easy", "learner", "recipe", "tau", "rho", "seed"] as const)
    if (name in task) row[name] = cell((task as Partial<Record<typeof name, Cell>>)[name]);
  return row;
}

function outcome({ result }: StoredRecord): Row {
  const { final = {}, steps, stopped = "done" } = result as Record<string, unknown>;
  const { loss, accuracy, explainedVariance } = final as Record<string, unknown>;
  return {
    final_loss: cell(loss),
    final_accuracy: cell(accuracy),
    final_explained_variance: cell(explainedVariance),
    steps: cell(steps),
    status: cell(stopped),
  };
}

/** A failed task with what went wrong last. */
interface Failed {
  readonly id: string;
  readonly task: Task;
  readonly message: string;
}

/** @param failed tasks that have no record */
export function trialsTable(records: readonly StoredRecord[], failed: readonly Failed[] = []): Table {
  const rows = [
    ...records.map((record): Row => ({ ...description(record.id, record.task), ...outcome(record) })),
    ...failed.map(({ id, task, message }): Row => {
      return { ...description(id, task), status: "failed", error: message };
    }),
  ].sort(byId);
  const trailing = ["seed", ...outcomes, "error"];
  const own = new Set(rows.flatMap((row) => Object.keys(row)));
  for (const name of [...leading, ...trailing]) own.delete(name);
  const names = [...leading, ...own, ...trailing].filter((name) => name !== "error" || failed.length > 0);
  return { names, rows };
}

export const curvesTable = (records: readonly StoredRecord[]): Table => ({
  names: curveNames,
  rows: recordsOf(records, "train").flatMap(({ id, result }) =>
    [...result.curve]
      .sort((a, b) => a.step - b.step)
      .map(({ step, loss, accuracy }) => ({ id, step, loss, accuracy })),
  ),
});

const byId = (a: Row, b: Row): number => (String(a["id"]) < String(b["id"]) ? -1 : 1);

/** Both tables of a run folder. */
export function tablesOf(dir: string): { readonly trials: Table; readonly curves: Table } {
  const { records } = readContents(dir);
  const done = new Set(records.map(({ id }) => id));
  const failures = readFailures(dir);
  const failed =
    failures.size === 0
      ? []
      : readPieces(dir).flatMap(({ tasks }) =>
          tasks.flatMap(({ id, task }) => {
            const failure = done.has(id) ? undefined : failures.get(id);
            return failure === undefined ? [] : [{ id, task, message: failure.message }];
          }),
        );
  return { trials: trialsTable(records, failed), curves: curvesTable(records) };
}

/** The tables as files. */
export interface TableFiles {
  readonly trials: string;
  readonly curves: string;
}

/** Which files the tables are made from, and by which program; changes when any of them does. */
function sourcesOf(dir: string): string {
  const mark = (folder: string): string[] =>
    namesIn(folder)
      .sort()
      .flatMap((name) => {
        const info = statSync(join(folder, name), { throwIfNoEntry: false });
        return info?.isFile() === true ? [`${name} ${info.size} ${info.mtimeMs}`] : [];
      });
  return digestOf([numerics, ...mark(resultsOf(dir)), "errors", ...mark(join(dir, "errors"))].join("\n"));
}

const stampSchema = z.object({
  schema: z.literal("equihard.tables/1"),
  sources: z.string(),
  trials: z.string(),
  curves: z.string(),
});

/** Whether the files beside the stamp are whole, and of these sources. */
function areCurrent(dir: string, files: TableFiles, sources: string): boolean {
  try {
    const stamp = z.parse(stampSchema, JSON.parse(readFileSync(join(dir, "tables.json"), "utf8")));
    return (
      stamp.sources === sources &&
      stamp.trials === digestOf(readFileSync(files.trials)) &&
      stamp.curves === digestOf(readFileSync(files.curves))
    );
  } catch {
    return false; // absent or damaged: made anew from the records
  }
}

/**
 * The tables of a run folder as Parquet, made anew unless they are current; beside the records, or where those may only
 * be read in a folder of their own.
 *
 * @throws InputError if there is no run folder, or the tables cannot be written
 */
export function compact(dir: string): TableFiles {
  const filesIn = (folder: string): TableFiles => ({
    trials: join(folder, "trials.parquet"),
    curves: join(folder, "curves.parquet"),
  });
  const sources = sourcesOf(dir);
  if (areCurrent(dir, filesIn(dir), sources)) return filesIn(dir);
  const tables = tablesOf(dir);
  const folder = isWritable(dir) ? dir : mkdtempSync(join(tmpdir(), "equihard-tables-"));
  const files = filesIn(folder);
  const [trials, curves] = [tables.trials, tables.curves].map(({ names, rows }) => printParquet(names, rows));
  writeWhole(files.trials, trials);
  writeWhole(files.curves, curves);
  const stamp = { schema: "equihard.tables/1", sources, trials: digestOf(trials), curves: digestOf(curves) };
  writeWhole(join(folder, "tables.json"), `${JSON.stringify(stamp)}\n`);
  return files;
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
