/** A run folder: one file a finished piece of work, published whole and first-one-wins; records are the truth. */

import { linkSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { InputError, reject } from "../../base/errors.ts";
import { printJson } from "../../base/json.ts";
import { publishWhole, reasonOf, removeStale, temporaryIn } from "../../base/write.node.ts";
import { numericsOf, type Envelope, type StoredRecord } from "../record.ts";
import { readRecord, type Reading } from "./record-file.ts";

export { hashOf, isCurrent, recordOf } from "./record-file.ts";

/** The records of a run folder. */
export interface Store {
  readonly dir: string;
  /** Whether the folder has a piece of work: an intact record by this numerics version. */
  has(id: string): boolean;
  /** Publishes a record; one that `has` counts stays, anything else at its place is set aside. */
  publish(record: StoredRecord): void;
  /** The records that `has` counts, sorted by id. */
  records(): StoredRecord[];
}

/** What is in a run folder, every kind sorted by name. */
export interface Contents {
  /** Records of this program. */
  readonly records: readonly StoredRecord[];
  /** Intact records that a program of another numerics version made. */
  readonly foreign: readonly Envelope[];
  /** What lies among them and is none: the file's name and what is wrong with it. */
  readonly damaged: readonly { readonly name: string; readonly problem: string }[];
}

const resultsOf = (dir: string): string => join(dir, "results");

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
  const path = (id: string): string => join(results, `${id}.json`);
  return {
    dir,
    has: (id) => readRecord(path(id)).record !== undefined,
    publish(record) {
      const text = `${printJson(record, 0)}\n`;
      while (!publishWhole(path(record.id), text)) {
        if (readRecord(path(record.id)).record !== undefined) return;
        setAside(dir, `${record.id}.json`);
      }
    },
    records: () => [...readContents(dir).records],
  };
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

/**
 * Everything in a run folder; nothing is written.
 *
 * @throws InputError if there is no run folder, or it cannot be read
 */
export function readContents(dir: string): Contents {
  let names: string[];
  try {
    names = readdirSync(resultsOf(dir)).filter((name) => /^[^.].*\.json$/.test(name));
  } catch (error) {
    const absent = ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
    return reject({
      where: dir,
      what: absent ? "no run folder" : `cannot be read: ${reasonOf(error)}`,
      allowed: "a folder that reproduce or matrix wrote",
    });
  }
  const readings = names.sort().map((name) => ({ name, ...readRecord(join(resultsOf(dir), name)) }));
  return {
    records: readings.flatMap(({ record }) => record ?? []),
    foreign: readings.flatMap(({ foreign }) => foreign ?? []),
    damaged: readings.flatMap(({ name, problem }) => (problem === undefined ? [] : { name, problem })),
  };
}

/**
 * Moves what is no record of this program from among the records, losing nothing: what another numerics version made
 * into `numerics-N`, what is damaged into `damaged`.
 *
 * @returns the folder it lies in now, or null if it is there no more: another process has set it aside
 */
export function setAside(dir: string, name: string): string | null {
  const from = join(resultsOf(dir), name);
  const shelf = join(dir, shelfOf(readRecord(from)));
  try {
    mkdirSync(shelf, { recursive: true });
    const taken = lstatSync(join(shelf, name), { throwIfNoEntry: false }) !== undefined;
    const to = join(shelf, taken ? `${randomBytes(4).toString("hex")}-${name}` : name);
    renameSync(from, to);
    restoreIntact(to, from, name);
    return shelf;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    const what = `cannot be moved to ${shelf}: ${reasonOf(error)}`;
    return reject({ where: from, what, next: "move it away by hand" });
  }
}

const shelfOf = ({ record, foreign }: Reading): string => {
  const intact = record ?? foreign;
  return intact === undefined ? "damaged" : `numerics-${numericsOf(intact) ?? "unnamed"}`;
};

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
