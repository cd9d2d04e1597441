/** A record as a file, believed only if it is what its name says. */

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { reject } from "../../base/errors.ts";
import { canonicalJson } from "../../base/json.ts";
import { numerics } from "../../base/version.ts";
import { reasonOf } from "../../base/write.node.ts";
import { digestOf } from "./digest.ts";
import { fitEnvelope, fitRecord, numericsOf, signed, type Envelope, type StoredRecord } from "../record.ts";
import { taskId, taskLabel, type Task } from "../task.ts";

export const hashOf = (value: unknown): string => digestOf(canonicalJson(value)).slice(0, 32);

/**
 * A finished task as a record of this program.
 * @throws InputError if the result is not of the task's kind: a learner or a recipe that returned something else
 */
export function recordOf(
  task: Task,
  result: Readonly<Record<string, unknown>>,
  measurement: Readonly<Record<string, unknown>>,
): StoredRecord {
  const id = taskId(task);
  const hash = hashOf(result);
  const { value, problem } = fitRecord({
    schema: "equihard.record/1",
    id,
    task,
    result,
    resultHash: hash,
    measurement: signed(measurement),
  });
  return value ?? reject({ where: taskLabel(task), what: problem });
}

/** Whether this program computes what the record's program computed. */
export const isCurrent = (record: Envelope): boolean => numericsOf(record) === numerics;

/** A record's file, read: a record of this program, one of another, or in words why it is none. */
export type Reading =
  | { readonly record: StoredRecord; readonly foreign?: undefined; readonly problem?: undefined }
  | { readonly record?: undefined; readonly foreign: Envelope; readonly problem?: undefined }
  | { readonly record?: undefined; readonly foreign?: undefined; readonly problem: string };

/** Reads a record, which has to be the one that its name says (where it has been moved, the name it had). */
export function readRecord(file: string, name = basename(file)): Reading {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return { problem: `cannot be read: ${reasonOf(error)}` };
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { problem: "not JSON" };
  }
  const reading = checkRecord(document);
  const { id } = reading.record ?? reading.foreign ?? {};
  return id === undefined || `${id}.json` === name ? reading : { problem: `a copy of the record ${id}` };
}

/** A document as a record: its id, task and result have to belong together. */
export function checkRecord(document: unknown): Reading {
  const { value: found, problem } = fitEnvelope(document);
  if (problem !== undefined) return { problem };
  if (taskId(found.task) !== found.id) return { problem: "its id is not its task's" };
  if (hashOf(found.result) !== found.resultHash) return { problem: "its result has been altered" };
  if (!isCurrent(found)) return { foreign: found };
  const own = fitRecord(found);
  return own.value === undefined ? { problem: own.problem } : { record: own.value };
}
