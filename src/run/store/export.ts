/** A run's records as files for other tools. */

import { readFileSync } from "node:fs";
import { printEventFile, type ScalarEvent } from "../../interop/tensorboard.ts";
import type { StoredRecord } from "../record.ts";
import { readContents } from "./files.ts";
import type { Cell, Row } from "./parquet.ts";
import { compact, tablesOf, trialsTable, type Table } from "./tables.ts";

/** What records can be written as. */
export const recordFormats = ["csv", "parquet", "tensorboard"] as const;

/** A file to be written: its path within the folder, and its content. */
export interface ExportedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** @throws InputError if there is no run folder */
export function* exportedFiles(dir: string, format: (typeof recordFormats)[number]): Generator<ExportedFile> {
  if (format === "tensorboard") return yield* eventFiles(dir);
  if (format === "parquet") {
    const { trials, curves } = compact(dir);
    yield { path: "trials.parquet", content: readFileSync(trials) };
    yield { path: "curves.parquet", content: readFileSync(curves) };
    return;
  }
  const { trials, curves } = tablesOf(dir);
  yield { path: "trials.csv", content: printCsv(trials) };
  yield { path: "curves.csv", content: printCsv(curves) };
}

/** Comma-separated values (RFC 4180); null is an empty field. */
export function printCsv({ names, rows }: Table): string {
  const line = (cells: readonly Cell[]): string => `${cells.map(quoted).join(",")}\r\n`;
  return [line(names), ...rows.map((row) => line(names.map((name) => row[name] ?? null)))].join("");
}

function quoted(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** TensorBoard takes every folder for a run: one a trial, named by what sets it apart from the others. */
function* eventFiles(dir: string): Generator<ExportedFile> {
  const { records } = readContents(dir);
  const { names, rows } = trialsTable(records);
  const varied = names.filter(
    (name) =>
      !/^(id|final_.*|steps|status)$/.test(name) && new Set(rows.map((row) => row[name] ?? null)).size > 1,
  );
  const rowOf = new Map(rows.map((row) => [row["id"], row]));
  for (const record of records) {
    const began = (Date.parse(String(record.measurement["finishedAt"])) || 0) / 1000;
    const events = eventsOf(record, began);
    if (events.length === 0) continue;
    const folder = folderName(record.id, varied, rowOf.get(record.id) ?? {});
    const path = `${folder}/events.out.tfevents.${Math.floor(began)}.equihard`;
    yield { path, content: printEventFile(events, began) };
  }
}

/** `n=6,width=8,seed=0-3f9c0a1b`: what any file system takes. */
function folderName(id: string, varied: readonly string[], row: Row): string {
  const parts = varied.map((name) => `${name}=${String(row[name] ?? "none")}`);
  const text = parts.join(",").replaceAll(/[^\w=,.+-]/g, "_");
  return `${text.slice(0, 120)}${text === "" ? "" : "-"}${id.slice(0, 8)}`;
}

const finite = (values: Readonly<Record<string, unknown>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );

function eventsOf({ result }: StoredRecord, wallTime: number): ScalarEvent[] {
  const {
    curve = [],
    final = {},
    steps = 0,
  } = result as {
    curve?: readonly { step: number; loss: number | null; accuracy: number | null }[];
    final?: Readonly<Record<string, unknown>>;
    steps?: number;
  };
  const { loss, accuracy, explainedVariance } = final;
  const last = { final_loss: loss, final_accuracy: accuracy, final_explained_variance: explainedVariance };
  return [
    ...curve.map(({ step, loss: l, accuracy: a }) => ({ step, values: finite({ loss: l, accuracy: a }) })),
    { step: steps, values: finite(last) },
  ]
    .filter(({ values }) => Object.keys(values).length > 0)
    .map((event) => ({ ...event, wallTime }));
}
