/** The file of a run's pieces, as lines: what counts them needs no more, and loads none of what reads a task. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reject } from "../../base/errors.ts";
import { reasonOf } from "../../base/write.node.ts";

export const piecesFile = (dir: string): string => join(dir, "tasks.jsonl");

/** The lines of a run's list of tasks, each read by `read`; `bad` refuses one. */
export function readList<T>(dir: string, read: (line: unknown, bad: (what: string) => never) => T): T[] {
  const path = piecesFile(dir);
  return linesOf(path).map((line, at) => {
    const bad = (what: string): never =>
      reject({
        where: `${path}:${at + 1}`,
        what,
        next: "restore the file, or start the run in another folder",
      });
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return bad("is not JSON");
    }
    return read(value, bad);
  });
}

/** A line holds one task, or a list. */
export const entriesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
/** The id that an entry claims. */
export const idOf = (entry: unknown): unknown => (entry as { id?: unknown } | null)?.id;

/**
 * The ids of the tasks of each piece, as the list says: what counting needs, many times faster than reading the tasks.
 *
 * @throws InputError naming the line that is none
 */
export const readPieceIds = (dir: string): string[][] =>
  readList(dir, (line, bad) => {
    const ids = entriesOf(line).map(idOf);
    const given = ids.filter((id) => typeof id === "string");
    return given.length === ids.length && ids.length > 0 ? given : bad("no task in it");
  });

/** The lines of a file, none of one that is not there. */
export function linesOf(path: string): string[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    return reject({ where: path, what: `cannot be read: ${reasonOf(error)}` });
  }
  const lines: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const stop = end < 0 ? bytes.length : end;
    if (stop > at) lines.push(bytes.toString("utf8", at, stop));
    at = stop + 1;
  }
  return lines;
}
