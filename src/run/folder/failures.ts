/** `errors/`: one file a failed attempt. A task that has a result has not failed, whatever lies here. */

import { mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { makeFolder, publishWhole } from "../../base/write.node.ts";
import type { NamedTask } from "./pieces.ts";

const schema = z.looseObject({
  schema: z.literal("equihard.error/1"),
  id: z.string(),
  message: z.string(),
  final: z.boolean(),
});

/** The failed attempts at a task, in order. */
export interface Failures {
  readonly attempts: number;
  /** What went wrong last. */
  readonly message: string;
  /** Another attempt would end the same way: bad input. */
  readonly final: boolean;
}

const errorsOf = (dir: string): string => join(dir, "errors");
const name = /^([0-9a-f]{20})\.(\d+)\.json$/;

/**
 * Keeps the error of an attempt.
 *
 * @throws InputError if it cannot be written
 */
export function publishFailure(dir: string, { id, task }: NamedTask, message: string, final: boolean): void {
  makeFolder(errorsOf(dir));
  const at = new Date().toISOString();
  const document = { schema: "equihard.error/1", id, task, message, final, host: hostname(), at };
  const text = `${JSON.stringify(document)}\n`;
  for (let attempt = 1; !publishWhole(join(errorsOf(dir), `${id}.${attempt}.json`), text);) attempt++;
}

const namesIn = (dir: string): string[] => {
  try {
    return readdirSync(errorsOf(dir)).filter((file) => name.test(file));
  } catch {
    return [];
  }
};

/** The failed attempts in a run folder, by the id of the task. */
export function readFailures(dir: string): Map<string, Failures> {
  const found = new Map<string, Failures>();
  for (const file of namesIn(dir).sort()) {
    const id = file.slice(0, 20);
    const before = found.get(id);
    const { message, final } = readFailure(join(errorsOf(dir), file));
    found.set(id, { attempts: (before?.attempts ?? 0) + 1, message, final: final || before?.final === true });
  }
  return found;
}

function readFailure(path: string): { readonly message: string; readonly final: boolean } {
  try {
    return z.parse(schema, JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { message: "it failed; the file of its error is damaged", final: false };
  }
}

/** Puts the failures of tasks that are to be tried anew beside the others, in `errors/earlier`. */
export function setFailuresAside(dir: string, ids: ReadonlySet<string>): void {
  const failed = namesIn(dir).filter((file) => ids.has(file.slice(0, 20)));
  if (failed.length === 0) return;
  const shelf = join(errorsOf(dir), "earlier");
  mkdirSync(shelf, { recursive: true });
  for (const file of failed) {
    try {
      renameSync(join(errorsOf(dir), file), join(shelf, `${randomBytes(4).toString("hex")}-${file}`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error; // another client was first
    }
  }
}
