/** A record: a finished piece of work as a file, believed only if it is what its name says. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import * as z from "zod/mini";
import { canonicalJson } from "../base/json.ts";
import { numerics, version } from "../base/version.ts";
import { reasonOf } from "../base/write.node.ts";
import { taskId, type Task } from "./task.ts";

/** A finished piece of work, as its file holds it. */
export interface StoredRecord {
  readonly schema: "equihard.record/1";
  /** Hash of `task`, and the file's name. */
  readonly id: string;
  readonly task: Task;
  readonly result: Readonly<Record<string, unknown>>;
  /** Hash of `result`. */
  readonly resultHash: string;
  readonly measurement: Readonly<Record<string, unknown>>;
}

export const hashOf = (value: unknown): string =>
  createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 32);

/** A finished task as a record of this program. */
export const recordOf = (
  task: Task,
  result: StoredRecord["result"],
  measurement: StoredRecord["measurement"],
): StoredRecord => ({
  schema: "equihard.record/1",
  id: taskId(task),
  task,
  result,
  resultHash: hashOf(result),
  measurement: { ...measurement, version, numerics },
});

/** The numerics version that made a record; null where it was made before records named one. */
export const numericsOf = ({ measurement }: StoredRecord): number | null =>
  (measurement["numerics"] as number | undefined) ?? null;

/** Which numerics versions made records, in words. */
export function origins(records: readonly StoredRecord[]): string {
  const counts = new Map<number | null, number>();
  for (const of of records.map(numericsOf)) counts.set(of, (counts.get(of) ?? 0) + 1);
  const one = ([of, count]: [number | null, number]): string => {
    const origin = of === null ? "an older program that named no numerics version" : `numerics version ${of}`;
    return `${count} record${count === 1 ? "" : "s"} of ${origin}`;
  };
  return [...counts].map(one).join(" and ");
}

const anything = z.record(z.string(), z.unknown());
const work = { family: z.string(), params: anything };
const drawn = { ...work, seed: z.int(), options: anything };
const schema = z.strictObject({
  schema: z.literal("equihard.record/1"),
  id: z.string(),
  task: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("train"), ...drawn, easy: z.boolean() }),
    z.strictObject({
      kind: z.literal("learn"),
      ...drawn,
      learner: z.string(),
      easy: z.optional(z.boolean()),
    }),
    z.strictObject({ kind: z.literal("certify"), ...work, tau: z.number(), rho: z.number() }),
    z.strictObject({ kind: z.literal("recipe"), ...work, recipe: z.string() }),
  ]),
  result: anything,
  resultHash: z.string(),
  measurement: z.catchall(z.object({ numerics: z.optional(z.int().check(z.gte(1))) }), z.unknown()),
});

/** A record's file, read: the record, or in words why it is none. */
export type Reading =
  | { readonly record: StoredRecord; readonly problem?: undefined }
  | { readonly record?: undefined; readonly problem: string };

/** Reads a record; its name (where it has been moved, the one it had), id, task and result have to belong together. */
export function readRecord(file: string, name = basename(file)): Reading {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return { problem: `cannot be read: ${reasonOf(error)}` };
  }
  try {
    const parsed = z.safeParse(schema, JSON.parse(text));
    if (!parsed.success) {
      const [{ path }] = parsed.error.issues;
      return { problem: `no record: ${path.length === 0 ? "the document" : path.join(".")} does not fit` };
    }
    const record = parsed.data as StoredRecord;
    if (taskId(record.task) !== record.id) return { problem: "its id is not its task's" };
    if (`${record.id}.json` !== name) return { problem: `a copy of the record ${record.id}` };
    if (hashOf(record.result) !== record.resultHash) return { problem: "its result has been altered" };
    return { record };
  } catch {
    return { problem: "not JSON" };
  }
}
