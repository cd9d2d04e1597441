/** A piece of work as the command that does it again. */

import { optionWords } from "../base/options.ts";
import type { Task } from "./task.ts";

/** Null for a recipe, which only a whole run carries out. */
export function commandOf(task: Task): string | null {
  if (task.kind === "recipe") return null;
  const { family, params } = task;
  if (task.kind === "certify")
    return line("certify", family, optionWords({ ...params, tau: task.tau, rho: task.rho }));
  const { seed, easy = false, options } = task;
  const learner = task.kind === "learn" ? { learner: task.learner } : {};
  return line(task.kind, family, optionWords({ ...params, ...learner, easy, ...options, seed }));
}

const line = (command: string, family: string, words: readonly string[]): string =>
  ["equihard", command, family, ...words].join(" ");
