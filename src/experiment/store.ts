/** A run folder: one file a finished piece of work, published whole and first-one-wins; records are the truth. */

import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs"; // prettier-ignore
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { reject } from "../base/errors.ts";
import { canonicalJson } from "../base/json.ts";
import type { Task } from "./task.ts";

export interface StoredRecord {
  readonly schema: "equihard.record/1";
  readonly id: string;
  readonly task: Task;
  readonly result: Readonly<Record<string, unknown>>;
  /** Hash of `result`. */
  readonly resultHash: string;
  readonly measurement: Readonly<Record<string, unknown>>;
}

export interface Store {
  readonly dir: string;
  has(id: string): boolean;
  /** Publishes a record; a record already there stays. */
  publish(record: Omit<StoredRecord, "schema" | "resultHash">): void;
  /** All intact records, sorted by id; damaged files are set aside as unfinished. */
  records(): StoredRecord[];
}

export const hashOf = (value: unknown): string =>
  createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 32);

export function openStore(dir: string): Store {
  const results = join(dir, "results");
  try {
    mkdirSync(results, { recursive: true });
    const probe = join(results, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    reject({ where: "--out", what: `${dir} cannot be written (${(error as NodeJS.ErrnoException).code})`, next: "choose another --out" }); // prettier-ignore
  }
  const path = (id: string): string => join(results, `${id}.json`);
  return {
    dir,
    has: (id) => existsSync(path(id)) && read(path(id)) !== null,
    publish({ id, task, result, measurement }) {
      const record = {
        schema: "equihard.record/1",
        id,
        task,
        result,
        resultHash: hashOf(result),
        measurement,
      };
      const temporary = join(results, `.${id}.${randomBytes(6).toString("hex")}.tmp`);
      const file = openSync(temporary, "wx");
      try {
        writeSync(file, `${JSON.stringify(record)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      if (existsSync(path(id)) && read(path(id)) === null) rmSync(path(id));
      try {
        linkSync(temporary, path(id));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      } finally {
        rmSync(temporary, { force: true });
      }
    },
    records: () => readRecords(dir),
  };
}

/** An intact record, or null. */
function read(file: string): StoredRecord | null {
  try {
    const record = JSON.parse(readFileSync(file, "utf8")) as StoredRecord;
    return record.schema === "equihard.record/1" && hashOf(record.result) === record.resultHash
      ? record
      : null;
  } catch {
    return null;
  }
}

/** All intact records of a run folder, sorted by id; nothing is written. */
export function readRecords(dir: string): StoredRecord[] {
  const results = join(dir, "results");
  return readdirSync(results)
    .filter((name) => /^[0-9a-f]+\.json$/.test(name))
    .sort()
    .flatMap((name) => read(join(results, name)) ?? []);
}
