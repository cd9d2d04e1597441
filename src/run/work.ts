/** How each kind of work is carried out. */

import { reject } from "../base/errors.ts";
import type { Checked } from "../base/checked.ts";
import type { DoAll } from "../base/progress.ts";
import { drawInstance } from "../family/draw.ts";
import type { Family } from "../family/family.ts";
import type { Checkpoints } from "../learner/checkpoint.ts";
import type { Learner, LearnOutcome } from "../learner/learner.ts";
import { familyIn, learnerIn, recipeIn, type Catalogue } from "./catalogue.ts";
import type { Task, TaskOf } from "./task.ts";

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
  /** How independent pieces of work are done: one by one where nothing else is said. */
  readonly doAll?: DoAll;
  /** Of a training: where it is taken up, and who keeps where it has come to. */
  readonly checkpoints?: Checkpoints;
}

/**
 * Does a piece of work: what worker processes do with each.
 * @throws InputError for parameters that the family, or options that the learner, refuses
 */
export async function runTask(
  task: Task,
  catalogue: Catalogue,
  { checkpoints, ...context }: TaskContext = {},
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
      return train(task, family, params, {
        ...context,
        ...(checkpoints === undefined ? {} : { checkpoints }),
      });
    case "learn":
      return learn(task, learnerIn(catalogue, task.learner), family, params, context);
    case "certify": {
      const { certify } = await import("../family/certify.ts");
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
  task: TaskOf<"train">,
  family: Family,
  params: Checked,
  context: TaskContext,
): Promise<TaskOutcome> {
  const { trainByGradient } = await import("../learner/gradient-descent.ts");
  const instance = drawInstance(family, params, task.seed);
  const { result, stepsPerSecond, engine } = await trainByGradient({
    family,
    instance,
    easy: task.easy,
    seed: task.seed,
    options: task.options,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    ...(context.checkpoints === undefined ? {} : { checkpoints: context.checkpoints }),
    onProgress: (p) =>
      context.onProgress?.(`training ${JSON.stringify(params.json)}`, p.steps === 0 ? 1 : p.step / p.steps),
  });
  return {
    result: { instance: { ...instance.hidden, ...instance.facts }, ...result },
    measurement: measured(stepsPerSecond, engine),
  };
}

/** What a record says of how a training was computed; any engine but ONNX Runtime is named. */
const measured = (stepsPerSecond: number, engine?: LearnOutcome["engine"]): TaskOutcome["measurement"] => ({
  stepsPerSecond,
  ...(engine === undefined || engine.engine === "onnxruntime" ? {} : { engine }),
});

async function learn(
  task: TaskOf<"learn">,
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
    engine,
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
    measurement: stepsPerSecond === undefined ? {} : measured(stepsPerSecond, engine),
  };
}
