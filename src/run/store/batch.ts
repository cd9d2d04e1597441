/**
 * A batch: the records of several short trials in one file, published as one. The first line lists their ids, so that
 * what is done is known without reading the records; then a line a record, each with the hash of its bytes. A tail that
 * is cut off or damaged costs its own lines only.
 */

import { readFileSync } from "node:fs";
import { reasonOf } from "../../base/write.node.ts";
import type { Envelope, StoredRecord } from "../record.ts";
import { parseHead, printHead, printLine, textOf } from "./batch-frame.ts";
import { checkRecord } from "./record-file.ts";

/** The records as a file. */
export function printBatch(records: readonly StoredRecord[]): string {
  const head = printHead(records.map(({ id }) => id));
  return `${[head, ...records.map((record) => printLine(JSON.stringify(record)))].join("\n")}\n`;
}

/** A file of results, read. */
export interface FileReading {
  readonly records: readonly StoredRecord[];
  /** Intact records of another numerics version. */
  readonly foreign: readonly Envelope[];
  /** Why not all of it counts, in words. */
  readonly problem?: string;
}

/** Reads a batch; what is intact counts, whatever is wrong with the rest. */
export function readBatch(path: string): FileReading {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return { records: [], foreign: [], problem: `cannot be read: ${reasonOf(error)}` };
  }
  const [head, ...lines] = text.replace(/\n$/, "").split("\n");
  const listed = parseHead(head);
  const readings = lines.map(readLine);
  const records = readings.flatMap(({ record }) => record ?? []);
  const foreign = readings.flatMap(({ foreign: other }) => other ?? []);
  const problem = problemOf(listed, readings, [...records, ...foreign]);
  return { records, foreign, ...(problem === undefined ? {} : { problem }) };
}

function readLine(line: string) {
  const text = textOf(line);
  if (text === null) return { problem: "is damaged" };
  return checkRecord(JSON.parse(text));
}

function problemOf(
  listed: readonly string[] | null,
  readings: readonly { readonly problem?: string }[],
  intact: readonly Envelope[],
): string | undefined {
  if (listed === null) return "its first line is damaged";
  const held = new Set(intact.map(({ id }) => id));
  const lost = listed.filter((id) => !held.has(id)).length;
  const at = readings.findIndex(({ problem }) => problem !== undefined);
  if (at >= 0) return `line ${at + 2} ${readings[at].problem}, ${lost} of its ${listed.length} records lost`;
  return lost > 0 ? `its end is missing, ${lost} of its ${listed.length} records lost` : undefined;
}
