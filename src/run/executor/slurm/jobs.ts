/** What is done to the jobs of a run: submitted, found again, cancelled, explained. */

import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { PilotArray, StoredArray } from "./arrays.ts";
import type { Answer, Ask } from "./calls.ts";
import { parseExits } from "./queue.ts";
import { sbatchArgs, scriptOf } from "./script.ts";

/** Submits an array: the id of its job, or what Slurm said, or that it said nothing. */
export async function submit(
  ask: Ask,
  array: PilotArray,
  dir: string,
  command: readonly string[],
): Promise<{ readonly id: string } | Extract<Answer, { problem: string }>> {
  const answer = await ask("sbatch", sbatchArgs(array, dir), scriptOf(command));
  if (answer.problem !== undefined) return answer;
  const id = /^(\d+)/.exec(answer.text.trim())?.[1]; // "123" or "123;cluster"
  return id === undefined ? { problem: `sbatch printed "${answer.text.trim()}"`, silent: true } : { id };
}

/**
 * Cancels the jobs of arrays, or those of them that wait; one whose id is not known, by its name.
 *
 * @returns what Slurm said, if it did not answer
 */
export async function cancelJobs(
  ask: Ask,
  arrays: readonly StoredArray[],
  only: "all" | "waiting" = "all",
): Promise<string | null> {
  const state = only === "waiting" ? ["--state=PENDING"] : [];
  const ids = arrays.flatMap(({ id }) => id ?? []);
  const calls = [
    ...(ids.length > 0 ? [[...state, ...ids]] : []),
    ...arrays
      .filter(({ id }) => id === null)
      .map(({ array }) => [...state, "-u", userInfo().username, "-n", array.name]),
  ];
  for (const args of calls) {
    const { problem, silent } = await ask("scancel", args);
    if (silent === true) return problem;
  }
  return null;
}

/** Exit codes of the pilots of an array, by index; none where Slurm has forgotten it. */
export async function exitsOf(ask: Ask, id: string): Promise<Map<number, string>> {
  const { text } = await ask("scontrol", ["-o", "show", "job", id]);
  return parseExits(text ?? "");
}

/** The last line of a pilot's log. */
export function lastWords(dir: string, pilot: string): string {
  try {
    const lines = readFileSync(join(dir, "logs", `${pilot}.log`), "utf8")
      .trim()
      .split("\n");
    return lines.at(-1) ?? "";
  } catch {
    return ""; // it wrote none
  }
}
