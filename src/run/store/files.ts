/**
 * A run folder: one file a finished piece of work (a record, or a batch of them), published whole and first-one-wins;
 * records are the truth.
 */

import { linkSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { InputError, reject } from "../../base/errors.ts";
import { printJson } from "../../base/json.ts";
import { publishWhole, reasonOf, removeStale, temporaryIn } from "../../base/write.node.ts";
import { numericsOf, type Envelope, type StoredRecord } from "../record.ts";
import { batchName, isBatch } from "./batch-frame.ts";
import { printBatch, readBatch, type FileReading } from "./batch.ts";
import { resultsOf, watchResults } from "./finished.ts";
import { readRecord } from "./record-file.ts";

export { hashOf, isCurrent, recordOf } from "./record-file.ts";

/** The records of a run folder. */
export interface Store {
  readonly dir: string;
  /** Which of the ids the folder has as intact records by this numerics version. */
  held(ids: readonly string[]): Set<string>;
  /** Publishes a record; one that `held` counts stays, anything else at its place is set aside. */
  publish(record: StoredRecord): void;
  /** Publishes records of short tasks of one piece as one file; those that the piece's files have stay. */
  publishBatch(piece: string, records: readonly StoredRecord[]): void;
  /** The records that `held` counts, sorted by id. */
  records(): StoredRecord[];
}

/** What is in a run folder, every kind sorted. */
export interface Contents {
  /** Records of this program, each id once. */
  readonly records: readonly StoredRecord[];
  /** Intact records that a program of another numerics version made. */
  readonly foreign: readonly Envelope[];
  /** The files that those are in. */
  readonly foreignFiles: readonly string[];
  /** What lies among them and is none, or not whole: the file's name and what is wrong with it. */
  readonly damaged: readonly { readonly name: string; readonly problem: string }[];
}

/**
 * Opens a run folder for writing, made where there is none.
 *
 * @param where what named the folder, for complaints
 * @throws InputError if it cannot be written
 */
export function openStore(dir: string, where = "--out"): Store {
  const results = resultsOf(dir);
  try {
    mkdirSync(results, { recursive: true });
    probe(results, [dir, results, join(dir, "figures")]);
  } catch (error) {
    const what = error instanceof InputError ? error.problem.what : `cannot be written: ${reasonOf(error)}`;
    reject({ where, what: `${dir} ${what}`, next: "choose another folder, or make room there" });
  }
  const places = watchResults(dir);
  return {
    dir,
    held(ids) {
      const place = places();
      const wanted = new Set(ids);
      const files = new Set(ids.flatMap((id) => place.get(id) ?? []));
      return new Set(
        [...files].flatMap((name) =>
          readFile(dir, name)
            .records.map(({ id }) => id)
            .filter((id) => wanted.has(id)),
        ),
      );
    },
    publish(record) {
      const name = `${record.id}.json`;
      const text = `${printJson(record, 0)}\n`;
      while (!publishWhole(join(results, name), text)) {
        if (readRecord(join(results, name)).record !== undefined) return;
        setAside(dir, name);
      }
    },
    publishBatch: (piece, records) => publishBatch(dir, piece, records),
    records: () => [...readContents(dir).records],
  };
}

function publishBatch(dir: string, piece: string, records: readonly StoredRecord[]): void {
  let open = records;
  for (let part = 1; open.length > 0; part++) {
    const path = join(resultsOf(dir), batchName(piece, part));
    if (publishWhole(path, printBatch(open))) return;
    const there = new Set(readBatch(path).records.map(({ id }) => id));
    open = open.filter(({ id }) => !there.has(id));
  }
}

/** Writes as records are written, before hours are spent on what cannot be kept; clears what killed writers left. */
function probe(results: string, folders: readonly string[]): void {
  const file = temporaryIn(results);
  publishWhole(file, "probe\n");
  const now = statSync(file).mtimeMs;
  rmSync(file);
  for (const folder of folders)
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) removeStale(folder, now);
}

/** Reads a file of results. */
function readFile(dir: string, name: string): FileReading {
  return isBatch(name) ? readBatch(join(resultsOf(dir), name)) : readSingle(join(resultsOf(dir), name), name);
}

function readSingle(path: string, name: string): FileReading {
  const { record, foreign, problem } = readRecord(path, name);
  return {
    records: record === undefined ? [] : [record],
    foreign: foreign === undefined ? [] : [foreign],
    ...(problem === undefined ? {} : { problem }),
  };
}

/**
 * Everything in a run folder; nothing is written.
 *
 * @throws InputError if there is no run folder, or it cannot be read
 */
export function readContents(dir: string): Contents {
  const records = new Map<string, StoredRecord>();
  const foreign = new Map<string, Envelope>();
  const foreignFiles: string[] = [];
  const damaged: { name: string; problem: string }[] = [];
  for (const name of resultFiles(dir)) {
    const found = readFile(dir, name);
    // work that was done twice has equal records: the first stays
    for (const record of found.records) if (!records.has(record.id)) records.set(record.id, record);
    for (const record of found.foreign) foreign.set(record.id, record);
    if (found.problem !== undefined) damaged.push({ name, problem: found.problem });
    else if (found.foreign.length > 0) foreignFiles.push(name);
  }
  const byId = (a: Envelope, b: Envelope): number => (a.id < b.id ? -1 : 1);
  return {
    records: [...records.values()].sort(byId),
    foreign: [...foreign.values()].sort(byId),
    foreignFiles,
    damaged,
  };
}

/** The names of a run folder's files of results, sorted. */
function resultFiles(dir: string): string[] {
  try {
    return readdirSync(resultsOf(dir))
      .filter((name) => /^[^.].*\.json$/.test(name) || isBatch(name))
      .sort();
  } catch (error) {
    const absent = ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
    return reject({
      where: dir,
      what: absent ? "no run folder" : `cannot be read: ${reasonOf(error)}`,
      allowed: "a folder that sweep, reproduce or matrix wrote",
    });
  }
}

/**
 * Moves a file that is not all records of this program from among the results, losing nothing: what another numerics
 * version made into `numerics-N`, what is damaged into `damaged`; intact records of a damaged batch are published anew.
 *
 * @returns the folder it lies in now, or null if it is there no more: another process has set it aside
 */
export function setAside(dir: string, name: string): string | null {
  const from = join(resultsOf(dir), name);
  const found = readFile(dir, name);
  const shelf = join(dir, shelfOf(found));
  try {
    mkdirSync(shelf, { recursive: true });
    const taken = lstatSync(join(shelf, name), { throwIfNoEntry: false }) !== undefined;
    const to = join(shelf, taken ? `${randomBytes(4).toString("hex")}-${name}` : name);
    renameSync(from, to);
    if (isBatch(name)) publishBatch(dir, name.slice(0, name.indexOf(".")), found.records);
    else restoreIntact(to, from, name);
    return shelf;
  } catch (error) {
    if (error instanceof InputError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    const what = `cannot be moved to ${shelf}: ${reasonOf(error)}`;
    return reject({ where: from, what, next: "move it away by hand" });
  }
}

function shelfOf({ records, foreign, problem }: FileReading): string {
  const intact = records[0] ?? foreign[0];
  return problem !== undefined || intact === undefined
    ? "damaged"
    : `numerics-${numericsOf(intact) ?? "unnamed"}`;
}

/** Another process may have healed the place between the look and the move: its record goes back. */
function restoreIntact(moved: string, place: string, name: string): void {
  if (readRecord(moved, name).record === undefined) return;
  try {
    linkSync(moved, place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  rmSync(moved);
}
