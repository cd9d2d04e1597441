/**
 * A batch: the records of several short trials in one file, published as one. The first line lists their ids, so that
 * what is done is known without reading the records; then a line a record, each with the hash of its bytes. A tail that
 * is cut off or damaged costs its own lines only.
 */

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import * as z from "zod/mini";
import { reasonOf } from "../../base/write.node.ts";
import type { Envelope, StoredRecord } from "../record.ts";
import { checkRecord, digestOf } from "./record-file.ts";

const headSchema = z.object({ schema: z.literal("equihard.batch/1"), ids: z.array(z.string()) });
/** Bytes in which the head of any batch ends. */
const HEAD = 2 ** 14;
const [opening, middle, closing] = ['{"sha256":"', '","record":', "}"];
const DIGEST = 64;

/** The name of a piece's batch: usually it has one, more where its work was interrupted. */
export const batchName = (piece: string, part: number): string =>
  part === 1 ? `${piece}.jsonl` : `${piece}.${part}.jsonl`;

/** Whether a file's name is a batch's. */
export const isBatch = (name: string): boolean => /^[^.].*\.jsonl$/.test(name);

/** The records as a file. */
export function printBatch(records: readonly StoredRecord[]): string {
  const head = JSON.stringify({ schema: "equihard.batch/1", ids: records.map(({ id }) => id) });
  const lines = records.map((record) => {
    const text = JSON.stringify(record);
    return `${opening}${digestOf(text)}${middle}${text}${closing}`;
  });
  return `${[head, ...lines].join("\n")}\n`;
}

/** The ids that a batch lists; null where its head cannot be read. */
export function readHead(path: string): readonly string[] | null {
  const bytes = Buffer.alloc(HEAD);
  try {
    const fd = openSync(path, "r");
    try {
      readSync(fd, bytes, 0, HEAD, 0);
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
  const end = bytes.indexOf(10);
  return end < 0 ? null : parseHead(bytes.toString("utf8", 0, end));
}

function parseHead(line: string): readonly string[] | null {
  try {
    return z.parse(headSchema, JSON.parse(line)).ids;
  } catch {
    return null;
  }
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
  const digestEnd = opening.length + DIGEST;
  const start = digestEnd + middle.length;
  const text = line.slice(start, -closing.length);
  const framed =
    line.startsWith(opening) && line.slice(digestEnd, start) === middle && line.endsWith(closing);
  if (!framed || line.slice(opening.length, digestEnd) !== digestOf(text)) return { problem: "is damaged" };
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
