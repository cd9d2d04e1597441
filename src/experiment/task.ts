/** Pieces of work: one training, certificate or learner, as data with a content hash, and how each is carried out. */

import { createHash } from "node:crypto";
import { reject } from "../base/errors.ts";
import { canonicalJson } from "../base/json.ts";
import { keyFor } from "../base/random.ts";
import { parseWith } from "../base/schema.ts";
import type { GraphLaw } from "../distribution/erdos-renyi.ts";
import { degreeParityLaw } from "../distribution/degree-law.ts";
import type { Family, Instance, Params } from "../family/family.ts";
import { familyById } from "../family/registry.ts";
import { learnByElimination } from "../learner/f2-elimination.ts";
import { trainByGradient, trainSchema } from "../learner/gradient-descent.ts";
import { learnByParityClasses } from "../learner/parity-class.ts";
import { certify } from "../query/certificate.ts";

export type Task =
  | {
      readonly kind: "train";
      readonly family: string;
      readonly params: Params;
      readonly seed: number;
      readonly easy: boolean;
      readonly options: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: "learn";
      readonly family: string;
      readonly params: Params;
      readonly seed: number;
      readonly learner: string;
      readonly options: { readonly samples?: number; readonly tau?: number; readonly noise?: number };
    }
  | {
      readonly kind: "certify";
      readonly family: string;
      readonly params: Params;
      readonly tau: number;
      readonly rho: number;
    };

export interface TaskOutcome {
  /** Deterministic: equal on every rerun. */
  readonly result: Readonly<Record<string, unknown>>;
  /** Of this run: rates, times. */
  readonly measurement: Readonly<Record<string, unknown>>;
}

export interface TaskContext {
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string, fraction: number) => void;
}

/** The content hash that names a piece of work and its record. */
export const taskId = (task: Task): string =>
  createHash("sha256").update(canonicalJson(task)).digest("hex").slice(0, 20);

/** The instance of a family's parameters and a seed: the easy twin and every training choice share it. */
export const drawInstance = (family: Family, params: Params, seed: number): Instance =>
  family.draw(params, keyFor("instance", family.id, params, seed));

export async function runTask(task: Task, context: TaskContext = {}): Promise<TaskOutcome> {
  const family = familyById(task.family);
  const params = family.parse(task.params);
  switch (task.kind) {
    case "train":
      return train(task, family, params, context);
    case "learn":
      return learn(task, family, params, context);
    case "certify": {
      const document = await certify(family.id, params, {
        tau: task.tau,
        rho: task.rho,
        onProgress: (fraction: number) =>
          context.onProgress?.(`certificate ${JSON.stringify(params)}`, fraction),
      });
      return { result: document as unknown as Record<string, unknown>, measurement: {} };
    }
  }
}

async function train(
  task: Extract<Task, { kind: "train" }>,
  family: Family,
  params: Params,
  context: TaskContext,
): Promise<TaskOutcome> {
  const options = parseWith(trainSchema, task.options);
  const instance = drawInstance(family, params, task.seed);
  const { result, stepsPerSecond } = await trainByGradient({
    family,
    instance,
    easy: task.easy,
    seed: task.seed,
    options,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onProgress: (p) =>
      context.onProgress?.(`training ${JSON.stringify(params)}`, p.steps === 0 ? 1 : p.step / p.steps),
  });
  return {
    result: { instance: { ...instance.hidden, ...instance.facts }, ...result },
    measurement: { stepsPerSecond },
  };
}

async function learn(
  task: Extract<Task, { kind: "learn" }>,
  family: Family,
  params: Params,
  context: TaskContext,
): Promise<TaskOutcome> {
  const instance = drawInstance(family, params, task.seed);
  const head = {
    schema: "equihard.learn/1",
    family: { id: family.id, params },
    instance: { ...instance.hidden, ...instance.facts },
    learner: task.learner,
    target: instance.hidden,
  };
  if (task.learner === "f2-elimination") {
    const r = learnByElimination(instance, {
      samples: task.options.samples ?? 20_000,
      testSamples: 20_000,
      noise: task.options.noise ?? 0,
    });
    return {
      result: {
        ...head,
        queries: null,
        samples: r.samples,
        final: {
          accuracy: r.testAccuracy,
          testSamples: r.testSamples,
          expectedErrorBound: r.expectedErrorBound,
        },
        consistent: r.consistent,
        rank: r.rank,
        recovered: r.found,
        exact: r.exact,
      },
      measurement: {},
    };
  }
  if (task.learner === "parity-class") {
    const law = params as unknown as GraphLaw;
    if (law.edges !== "undirected" || law.n > 15)
      reject({
        where: "parity-class",
        what: `needs the exact law of the parity vector (n = ${law.n}, ${law.edges})`,
        allowed: "undirected graphs with n up to 15",
      });
    const exact = degreeParityLaw(law.n, law.p, ({ what, done, total }) =>
      context.onProgress?.(what, done / total),
    );
    const r = learnByParityClasses(instance, exact, task.options.tau ?? 1e-3);
    return {
      result: {
        ...head,
        queries: r.queries,
        samples: null,
        final: { accuracy: r.accuracy },
        tolerance: r.tolerance,
        dimension: r.dimension,
        smallestProbability: r.smallestProbability,
        recovered: r.recovered ? instance.hidden : null,
        exact: r.recovered,
      },
      measurement: {},
    };
  }
  if (task.learner === "gradient-descent") {
    const { samples } = task.options;
    const options = parseWith(trainSchema, samples === undefined ? {} : { steps: Math.max(1, Math.floor(samples / 256)) }); // prettier-ignore
    const { result, stepsPerSecond } = await trainByGradient({
      family,
      instance,
      easy: false,
      seed: task.seed,
      options,
    });
    return {
      result: {
        ...head,
        queries: options.steps * result.weights,
        samples: options.steps * options.batch,
        final: result.final,
        recovered: null,
        exact: result.final.accuracy === 1,
      },
      measurement: { stepsPerSecond },
    };
  }
  return reject({
    where: "--learner",
    what: `"${task.learner}" is unknown`,
    next: "see 'equihard learners'",
  });
}
