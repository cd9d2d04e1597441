/** Gradient descent as a learner: the family's own architecture, or another student, with the defaults of `train`. */

import { parseWith } from "../base/schema.ts";
import { trainByGradient } from "./gradient-descent.ts";
import { defineLearner, divergence } from "./learner.ts";
import { trainSchema } from "./training-options.ts";

export const gradientDescent = defineLearner({
  id: "gradient-descent",
  summary: "trains the family's own architecture, or another student, by Adam with the defaults of 'train'",
  references: [],
  access: "samples",
  rows: [
    { label: "gradient descent, own architecture" },
    { label: "gradient descent, plain MLP", train: { student: "mlp" }, effort: "laptop" },
    { label: "gradient descent, group-linear", train: { student: "group-linear" }, effort: "laptop" },
    { label: "gradient descent, Deep Sets", train: { student: "deep-sets" }, effort: "laptop" },
  ],
  options: ["samples", "noise", "student"],
  budget: "steps x batch = 4000 x 256 fresh samples",
  refusal: () => null,
  async learn(job) {
    const { samples, noise, student } = job.options;
    const { batch, steps: preset } = parseWith(trainSchema, {});
    const steps = samples === undefined ? preset : Math.max(1, Math.floor(samples / batch));
    const { signal, onProgress, judged } = job;
    const { result, stepsPerSecond } = await trainByGradient({
      family: job.family,
      instance: job.instance,
      easy: job.easy,
      seed: job.seed,
      options: { steps, noise, student },
      ...(signal === undefined ? {} : { signal }),
      ...(judged === undefined ? {} : { judged }),
      onProgress: (p) => onProgress?.(`step ${p.step}/${p.steps}`, p.step / Math.max(1, p.steps)),
    });
    signal?.throwIfAborted(); // half a training is no outcome
    return {
      queries: result.steps * result.weights,
      samples: result.steps * batch,
      final: { ...result.final },
      recovered: null,
      exact: result.final.accuracy === 1,
      ...divergence(result.stopped === "diverged"),
      stepsPerSecond,
    };
  },
});
