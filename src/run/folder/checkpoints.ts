/**
 * `checkpoints/`: how far trainings have come that no longer run, a file each by the id of the task. A line of JSON,
 * then the state in V8's own form. It is believed only whole and of this numerics version; without it the training
 * begins anew, so nothing is lost with it but time.
 */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import * as z from "zod/mini";
import { InputError } from "../../base/errors.ts";
import { numerics } from "../../base/version.ts";
import { makeFolder, writeWhole } from "../../base/write.node.ts";
import type { TrainingState } from "../../learner/checkpoint.ts";
import { namesIn } from "../names.ts";
import { digestOf } from "../store/digest.ts";

const headSchema = z.object({
  schema: z.literal("equihard.checkpoint/1"),
  id: z.string(),
  step: z.int().check(z.gte(0)),
  numerics: z.literal(numerics),
  sha256: z.string(),
});

const folderOf = (dir: string): string => join(dir, "checkpoints");

/** Keeps how far a training has come; where there is no room, what was kept before stays. */
export function keepCheckpoint(dir: string, id: string, state: TrainingState): void {
  const body = serialize(state);
  const { step } = state.checkpoint;
  const head = { schema: "equihard.checkpoint/1", id, step, numerics, sha256: digestOf(body) };
  try {
    makeFolder(folderOf(dir));
    writeWhole(join(folderOf(dir), id), Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

function read(dir: string, id: string) {
  const path = join(folderOf(dir), id);
  if (!existsSync(path)) return null; // as of most: an error would cost more than the look
  try {
    const bytes = readFileSync(path);
    const end = bytes.indexOf(10);
    const head = z.parse(headSchema, JSON.parse(bytes.toString("utf8", 0, end)));
    return head.id === id ? { head, body: bytes.subarray(end + 1) } : null;
  } catch {
    return null; // damaged, or of another version
  }
}

/** How far an earlier attempt has come; null where nothing of it can be used. */
export function lastCheckpoint(dir: string, id: string): TrainingState | null {
  const found = read(dir, id);
  if (found === null || digestOf(found.body) !== found.head.sha256) return null;
  return deserialize(found.body) as TrainingState;
}

/** The training is finished. */
export function dropCheckpoint(dir: string, id: string): void {
  const path = join(folderOf(dir), id);
  if (existsSync(path)) rmSync(path, { force: true }); // short trainings have none, and are many
}

/** Steps that trainings have taken which are not finished. */
export const stepsKept = (dir: string): number =>
  namesIn(folderOf(dir)).reduce((sum, id) => sum + (read(dir, id)?.head.step ?? 0), 0);
