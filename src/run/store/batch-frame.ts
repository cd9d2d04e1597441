/**
 * The frame of a batch, without what reads a record: its name, its first line with the ids, and a line a record with
 * the hash of its bytes.
 */

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { digestOf } from "./digest.ts";

/** Bytes in which the head of any batch ends. */
const HEAD = 2 ** 14;
const [opening, middle, closing] = ['{"sha256":"', '","record":', "}"];
const DIGEST = 64;

/** The name of a piece's batch: usually it has one, more where its work was interrupted. */
export const batchName = (piece: string, part: number): string =>
  part === 1 ? `${piece}.jsonl` : `${piece}.${part}.jsonl`;

/** Whether a file's name is a batch's. */
export const isBatch = (name: string): boolean => /^[^.].*\.jsonl$/.test(name);

/** The first line. */
export const printHead = (ids: readonly string[]): string =>
  JSON.stringify({ schema: "equihard.batch/1", ids });

/** The line of a record, given as JSON. */
export const printLine = (text: string): string => `${opening}${digestOf(text)}${middle}${text}${closing}`;

/** The record of a line, as JSON; null where the line is not what was written. */
export function textOf(line: string): string | null {
  const digestEnd = opening.length + DIGEST;
  const start = digestEnd + middle.length;
  const text = line.slice(start, -closing.length);
  const framed =
    line.startsWith(opening) && line.slice(digestEnd, start) === middle && line.endsWith(closing);
  return framed && line.slice(opening.length, digestEnd) === digestOf(text) ? text : null;
}

/** The ids that a batch lists, by its first bytes; null where they cannot be read. */
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

/** The ids of a first line; null where it is damaged. */
export function parseHead(line: string): readonly string[] | null {
  try {
    const { schema, ids } = JSON.parse(line) as { schema?: unknown; ids?: unknown };
    if (schema !== "equihard.batch/1" || !Array.isArray(ids)) return null;
    return ids.every((id) => typeof id === "string") ? ids : null;
  } catch {
    return null;
  }
}

/** The ids of the lines that are what was written, for a batch whose head is damaged. */
export function idsInLines(path: string): string[] {
  let lines: string[];
  try {
    lines = readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
  return lines.flatMap((line) => {
    const text = textOf(line);
    const id = text === null ? null : (JSON.parse(text) as { id?: unknown }).id;
    return typeof id === "string" ? [id] : [];
  });
}
