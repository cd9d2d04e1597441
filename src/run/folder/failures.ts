/** `errors/`: one file a failed attempt. A task that has a result has not failed, whatever lies here. */

import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { makeFolder, publishWhole } from "../../base/write.node.ts";
import { namesIn } from "../names.ts";
import type { NamedTask } from "./pieces.ts";

const schema = z.looseObject({
  schema: z.literal("equihard.error/1"),
  id: z.string(),
  message: z.string(),
  final: z.boolean(),
  host: z.optional(z.string()),
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
 * @returns how many attempts at the task have failed
 * @throws InputError if it cannot be written
 */
export function publishFailure(
  dir: string,
  { id, task }: NamedTask,
  message: string,
  final: boolean,
): number {
  makeFolder(errorsOf(dir));
  const at = new Date().toISOString();
  const document = { schema: "equihard.error/1", id, task, message, final, host: hostname(), at };
  const text = `${JSON.stringify(document)}\n`;
  let attempt = 1;
  while (!publishWhole(join(errorsOf(dir), `${id}.${attempt}.json`), text)) attempt++;
  return attempt;
}

const filesOf = (dir: string): string[] => namesIn(errorsOf(dir)).filter((file) => name.test(file));

/** The failed attempts in a run folder, by the id of the task. */
export function readFailures(dir: string): Map<string, Failures> {
  const found = new Map<string, Failures>();
  for (const file of filesOf(dir).sort()) {
    const id = file.slice(0, 20);
    const before = found.get(id);
    const { message, final } = readFailure(join(errorsOf(dir), file));
    found.set(id, { attempts: (before?.attempts ?? 0) + 1, message, final: final || before?.final === true });
  }
  return found;
}

function readFailure(path: string): Pick<z.output<typeof schema>, "message" | "final" | "host"> {
  try {
    return z.parse(schema, JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { message: "it failed; the file of its error is damaged", final: false };
  }
}

/** A failed attempt, as a person looks at it. */
export interface FailedAttempt {
  readonly id: string;
  readonly attempt: number;
  readonly host: string;
  readonly message: string;
}

/** Every failed attempt in a run folder, in order. */
export const failedAttempts = (dir: string): FailedAttempt[] =>
  filesOf(dir)
    .sort()
    .map((file) => {
      const { message, host } = readFailure(join(errorsOf(dir), file));
      return {
        id: file.slice(0, 20),
        attempt: Number(name.exec(file)?.[2]),
        host: host ?? "unknown",
        message,
      };
    });

/** Puts the failures of tasks that are to be tried anew beside the others, in `errors/earlier`. */
export function setFailuresAside(dir: string, ids: ReadonlySet<string>): void {
  const failed = filesOf(dir).filter((file) => ids.has(file.slice(0, 20)));
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
