/**
 * `arrays/`: what was asked of Slurm. `K.json` an array of pilots, written before it is submitted; `K.id` the id of its
 * job once Slurm has answered; `K.end.json` what became of it. A client that goes on later needs nothing else.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { parseJson } from "../../../base/json.ts";
import { parseWith } from "../../../base/schema.ts";
import { makeFolder, writeWhole } from "../../../base/write.node.ts";
import { namesIn } from "../../names.ts";

const whole = z.int().check(z.gte(0));

const requestSchema = z.strictObject({
  partition: z.string(),
  /** Seconds. */
  time: z.int().check(z.gte(1)),
  cores: z.int().check(z.gte(1)),
  /** MiB. */
  memory: z.int().check(z.gte(1)),
  /** Nodes on which pilots failed twice. */
  exclude: z.array(z.string()),
});

const arraySchema = z.strictObject({
  schema: z.literal("equihard.array/1"),
  k: whole,
  /** Unique: what the job is found by where no answer came. */
  name: z.string().check(z.regex(/^[\w.-]+$/)),
  size: z.int().check(z.gte(1)),
  /** Arrays that were asked for at once. */
  round: whole,
  /** Why: by the user, or to make up for what ended others. */
  cause: z.enum(["asked", "node", "memory", "time"]),
  /** Tasks that were done then: progress is measured from there. */
  done: whole,
  /** Steps that unfinished trainings had taken then. */
  steps: z._default(whole, 0),
  request: requestSchema,
  /** Pilots that failed so far, by node. */
  failures: z.record(z.string(), whole),
});

const endSchema = z.strictObject({
  schema: z.literal("equihard.array-end/1"),
  ends: z.record(z.string(), whole),
});

/** What a pilot is to have. */
export type PilotRequest = z.output<typeof requestSchema>;
/** An array of pilots. */
export type PilotArray = z.output<typeof arraySchema>;

/** An array, and how far it has come. */
export interface StoredArray {
  readonly array: PilotArray;
  /** Of its job; null where Slurm has not answered. */
  readonly id: string | null;
  /** Pilots by how they ended; null as long as not all have. */
  readonly ends: Readonly<Record<string, number>> | null;
}

const folderOf = (dir: string): string => join(dir, "arrays");

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // not written yet
  }
}

/**
 * The arrays of a run, in order; none where nothing was submitted.
 *
 * @throws InputError naming a file that is damaged
 */
export function readArrays(dir: string): StoredArray[] {
  const folder = folderOf(dir);
  const read = <S extends z.core.$ZodType>(schema: S, path: string, text: string): z.output<S> =>
    parseWith(schema, parseJson(text, path), path);
  return namesIn(folder)
    .filter((name) => /^\d+\.json$/.test(name))
    .map((name) => {
      const path = join(folder, name);
      const array = read(arraySchema, path, readFileSync(path, "utf8"));
      const end = join(folder, `${array.k}.end.json`);
      const ended = textOf(end);
      return {
        array,
        id: textOf(join(folder, `${array.k}.id`))?.trim() ?? null,
        ends: ended === null ? null : read(endSchema, end, ended).ends,
      };
    })
    .sort((a, b) => a.array.k - b.array.k);
}

/** @throws InputError if it cannot be written */
export function writeArray(dir: string, array: PilotArray): void {
  makeFolder(folderOf(dir));
  writeWhole(join(folderOf(dir), `${array.k}.json`), `${JSON.stringify(array)}\n`);
}

/** Keeps Slurm's answer. @throws InputError if it cannot be written */
export const writeId = (dir: string, k: number, id: string): void =>
  writeWhole(join(folderOf(dir), `${k}.id`), `${id}\n`);

/** Keeps how the pilots of an array ended. @throws InputError if it cannot be written */
export const writeEnds = (dir: string, k: number, ends: Readonly<Record<string, number>>): void =>
  writeWhole(
    join(folderOf(dir), `${k}.end.json`),
    `${JSON.stringify({ schema: "equihard.array-end/1", ends })}\n`,
  );
