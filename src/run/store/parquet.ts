/** Records as Parquet tables: `trials` (one row a record) and `curves` (one row a check), sorted by id. */

import { parquetWriteBuffer } from "hyparquet-writer";
import { writeWhole } from "../../base/write.node.ts";
import { recordsOf, type Envelope, type StoredRecord } from "../record.ts";

type Cell = string | number | boolean | null;
interface Column {
  name: string;
  data: Cell[];
  type: "STRING" | "DOUBLE";
}

function columns(rows: readonly Record<string, Cell>[]): Column[] {
  const names = [...new Set(rows.flatMap((r) => Object.keys(r)))];
  return names.map((name) => {
    const data = rows.map((r) => r[name] ?? null);
    const numeric = data.every((v) => v === null || typeof v === "number");
    return {
      name,
      data: numeric ? data : data.map((v) => (v === null ? null : String(v))),
      type: numeric ? "DOUBLE" : "STRING",
    };
  });
}

function cell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? JSON.stringify(value) : (value as Cell);
}

export function trialRows(records: readonly Envelope[]): Record<string, Cell>[] {
  return records.map(({ id, task, result }) => {
    const row: Record<string, Cell> = { id, kind: task.kind, family: task.family };
    for (const [k, v] of Object.entries(task.params)) row[k] = cell(v);
    const { options } = task as { options?: Record<string, unknown> };
    for (const [k, v] of Object.entries(options ?? {})) row[k] = cell(v);
    if ("seed" in task) row["seed"] = task.seed;
    if ("easy" in task) row["easy"] = String(task.easy);
    if ("learner" in task) row["learner"] = task.learner;
    if ("recipe" in task) row["recipe"] = task.recipe;
    const final = (result["final"] ?? {}) as Record<string, unknown>;
    row["final_loss"] = cell(final["loss"]);
    row["final_accuracy"] = cell(final["accuracy"]);
    row["final_explained_variance"] = cell(final["explainedVariance"]);
    row["taken_steps"] = cell(result["steps"]);
    row["status"] = cell(result["stopped"] ?? "done");
    return row;
  });
}

export const curveRows = (records: readonly StoredRecord[]): Record<string, Cell>[] =>
  recordsOf(records, "train").flatMap(({ id, result }) =>
    result.curve.map(({ step, loss, accuracy }) => ({ id, step, loss, accuracy })),
  );

/** Writes a table; nothing for no rows. */
export function writeParquet(path: string, rows: readonly Record<string, Cell>[]): void {
  if (rows.length === 0) return;
  writeWhole(path, new Uint8Array(parquetWriteBuffer({ columnData: columns(rows) })));
}
