/**
 * Pieces of work: one training, certificate, learner or recipe, as data with a content hash, and how each is carried
 * out.
 */

import { reject } from "../base/errors.ts";
import { canonicalJson } from "../base/json.ts";
import { sha256 } from "../base/sha256.ts";
import type { Family } from "../family/family.ts";
import type { JsonObject, Checked } from "../base/checked.ts";
import { drawInstance } from "../family/draw.ts";
import { certify } from "../family/certify.ts";
import { asFamily } from "../family/registry.ts";
import { trainByGradient } from "../learner/gradient-descent.ts";
import type { Learner, LearnOptions } from "../learner/learner.ts";
import type { TrainOptions } from "../learner/training-options.ts";
import { familyIn, learnerIn, recipeIn, type Catalogue } from "./catalogue.ts";

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

/** What a record keeps of a piece of work. */
export interface TaskOutcome {
  /** Deterministic: equal on every rerun. */
  readonly result: Readonly<Record<string, unknown>>;
  /** Of this run: rates, times. */
  readonly measurement: Readonly<Record<string, unknown>>;
}

/** Whom a piece of work tells of its progress, and what ends it. */
export interface TaskContext {
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string, fraction: number) => void;
}

/** The content hash that names a piece of work and its record. */
export const taskId = (task: Task): string => sha256(canonicalJson(task)).slice(0, 20);

/** The certificate of a family at the tolerance and correlation that the report states. */
export function certificateTask(of: Family | string, params: JsonObject) {
  const family = asFamily(of);
  const { json } = family.parse(params);
  return {
    kind: "certify",
    family: family.id,
    params: json,
    tau: 1 / 16,
    rho: 1 / 2,
  } as const satisfies Task;
}

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

/**
 * Does a piece of work: what worker processes do with each.
 * @throws InputError for parameters that the family, or options that the learner, refuses
 */
export async function runTask(
  task: Task,
  catalogue: Catalogue,
  context: TaskContext = {},
): Promise<TaskOutcome> {
  if (task.kind === "recipe") {
    const recipe = await recipeIn(catalogue, task.recipe);
    const { measurement = {}, ...result } = await recipe(task.params, { ...context, catalogue });
    return { result, measurement: measurement as TaskOutcome["measurement"] };
  }
  const family = familyIn(catalogue, task.family);
  const params = family.parse(task.params);
  switch (task.kind) {
    case "train":
      return train(task, family, params, context);
    case "learn":
      return learn(task, learnerIn(catalogue, task.learner), family, params, context);
    case "certify": {
      const document = await certify(family, params, {
        tau: task.tau,
        rho: task.rho,
        onProgress: (fraction: number) =>
          context.onProgress?.(`certificate ${JSON.stringify(params.json)}`, fraction),
      });
      return { result: document, measurement: {} };
    }
  }
}

async function train(
  task: Extract<Task, { kind: "train" }>,
  family: Family,
  params: Checked,
  context: TaskContext,
): Promise<TaskOutcome> {
  const instance = drawInstance(family, params, task.seed);
  const { result, stepsPerSecond } = await trainByGradient({
    family,
    instance,
    easy: task.easy,
    seed: task.seed,
    options: task.options,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onProgress: (p) =>
      context.onProgress?.(`training ${JSON.stringify(params.json)}`, p.steps === 0 ? 1 : p.step / p.steps),
  });
  return {
    result: { instance: { ...instance.hidden, ...instance.facts }, ...result },
    measurement: { stepsPerSecond },
  };
}

async function learn(
  task: Extract<Task, { kind: "learn" }>,
  learner: Learner,
  family: Family,
  params: Checked,
  context: TaskContext,
): Promise<TaskOutcome> {
  const refusal = learner.refusal(family, params);
  if (refusal !== null) reject({ where: `--learner ${learner.id}`, what: refusal });
  const instance = drawInstance(family, params, task.seed);
  const {
    details = {},
    stepsPerSecond,
    ...outcome
  } = await learner.learn({
    family,
    instance,
    easy: task.easy ?? false,
    seed: task.seed,
    options: task.options,
    ...context,
  });
  return {
    result: {
      schema: "equihard.learn/1",
      family: { id: family.id, params: params.json },
      instance: { ...instance.hidden, ...instance.facts },
      easy: task.easy ?? false,
      learner: task.learner,
      target: instance.hidden,
      ...outcome,
      ...details,
    },
    measurement: stepsPerSecond === undefined ? {} : { stepsPerSecond },
  };
}
