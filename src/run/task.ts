/** Pieces of work: one training, certificate, learner or recipe, as data with a content hash. */

import { canonicalJson } from "../base/json.ts";
import { sha256 } from "../base/sha256.ts";
import type { JsonObject } from "../base/checked.ts";
import type { LearnOptions } from "../learner/learner.ts";
import type { TrainOptions } from "../learner/training-options.ts";

/** A piece of work as data; its hash names it. */
export type Task =
  | {
      readonly kind: "train";
      readonly family: string;
      readonly params: JsonObject;
      readonly seed: number;
      readonly easy: boolean;
      readonly options: Partial<TrainOptions>;
    }
  | {
      readonly kind: "learn";
      readonly family: string;
      readonly params: JsonObject;
      readonly seed: number;
      readonly learner: string;
      readonly easy?: boolean;
      readonly options: Partial<LearnOptions>;
    }
  | {
      readonly kind: "certify";
      readonly family: string;
      readonly params: JsonObject;
      readonly tau: number;
      readonly rho: number;
    }
  | {
      readonly kind: "recipe";
      readonly family: string;
      readonly recipe: string;
      readonly params: JsonObject;
    };

/** Work of one kind. */
export type TaskOf<K extends Task["kind"]> = Extract<Task, { kind: K }>;

/** The content hash that names a piece of work and its record. */
export const taskId = (task: Task): string => sha256(canonicalJson(task)).slice(0, 20);

/** The learner or the recipe, where there is one; else the kind of work. */
function workOf(task: Task): string {
  if (task.kind === "learn") return task.learner;
  return task.kind === "recipe" ? task.recipe : task.kind;
}

/** A task in a few words, for progress lines and lists of what was left out. */
export function taskLabel(task: Task): string {
  const size = Object.entries(task.params)
    .filter(([, v]) => typeof v !== "object")
    .slice(0, 3)
    .map(([k, v]) => `${k}=${String(v)}`)
    .join(" ");
  const what = task.kind === "recipe" ? `recipe ${task.recipe}` : workOf(task);
  const easy = "easy" in task && task.easy === true ? " easy twin" : "";
  return `${what} ${task.family} ${size}${"seed" in task ? ` seed ${task.seed}` : ""}${easy}`;
}

/** Tasks in one line: each by itself where they are few, else how many of each kind and family. */
export function tasksLabel(tasks: readonly Task[]): string {
  if (tasks.length <= 6) return tasks.map(taskLabel).join("; ");
  const counts = new Map<string, number>();
  for (const task of tasks) {
    const name = `${workOf(task)} on ${task.family}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} x ${name}`).join("; ");
}
