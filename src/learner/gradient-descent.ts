/** Gradient descent on a student of the family's own architecture, on fresh samples or on a fixed data set. */

import { reject } from "../base/errors.ts";
import { foldIn, keyFor } from "../base/random.ts";
import { described, integer, z } from "../base/schema.ts";
import type { Samples } from "../distribution/law.ts";
import type { Family, Instance } from "../family/family.ts";
import { train } from "../engine/train.ts";
import { createTrainer } from "../engine/trainer.ts";
import { initialise } from "../network/initialise.ts";
import { batches, slice } from "./batches.ts";
import { evaluate, type Evaluation } from "./evaluate.ts";

export const trainSchema = z.strictObject({
  layers: described(z._default(integer(1, 16), 2), "message-passing layers"),
  width: described(z._default(integer(1, 4096), 64), "units a layer"),
  readoutLayers: described(z._default(integer(1, 8), 1), "hidden layers of the readout"),
  pool: described(
    z._default(z.enum(["mean", "sum"]), "mean"),
    "mean: standardised degrees, neighbour sums over the expected degree, mean pooling; sum: raw integers throughout",
  ),
  steps: described(z._default(integer(0, 100_000_000), 4000), "gradient steps"),
  batch: described(z._default(integer(1, 65_536), 256), "examples a step"),
  optimizer: described(z._default(z.enum(["adam", "sgd"]), "adam"), "optimiser"),
  lr: described(z._default(z.number().check(z.gt(0), z.lte(100)), 2e-3), "learning rate"),
  loss: described(z._default(z.enum(["squared", "logistic", "l1"]), "squared"), "training loss"),
  init: described(
    z._default(z.enum(["he", "teacher"]), "he"),
    "initial weights; teacher starts at the target",
  ),
  samples: described(
    z.optional(integer(1, 10_000_000)),
    "size of a fixed training set (absent: fresh samples every step)",
  ),
  testSamples: described(z._default(integer(100, 10_000_000), 20_000), "fresh test examples"),
  stopAt: described(
    z.optional(z.number().check(z.gt(0), z.lte(1))),
    "stop early once two successive checks reach this accuracy (explained variance for real labels)",
  ),
  shuffleLabels: described(z._default(z.boolean(), false), "control: train on labels of other examples"),
});

export type TrainOptions = z.output<typeof trainSchema>;

export interface CurvePoint {
  readonly step: number;
  /** Mean squared error on the validation sample. */
  readonly loss: number;
  readonly accuracy: number | null;
}

export interface TrainResult {
  readonly weights: number;
  /** Steps taken; fewer than asked after an early stop or an interruption. */
  readonly steps: number;
  readonly stopped: "budget" | "reached" | "interrupted" | "diverged";
  readonly final: Evaluation & { readonly objective: number };
  /** On the fixed training set, where there is one. */
  readonly trainAccuracy: number | null;
  readonly curve: readonly CurvePoint[];
}

export interface TrainRun {
  readonly result: TrainResult;
  readonly stepsPerSecond: number;
}

export interface TrainJob {
  readonly family: Family;
  readonly instance: Instance;
  readonly easy: boolean;
  readonly seed: number;
  readonly options: TrainOptions;
  readonly onProgress?: (point: CurvePoint & { steps: number; stepsPerSecond: number }) => void;
  readonly signal?: AbortSignal;
}

const VALIDATION_SAMPLES = 2048;
const CHUNK = 1000;

/** Bytes of adjacency and encodings a job would hold, to refuse what cannot fit before drawing anything. */
function checkSize(instance: Instance, options: TrainOptions): void {
  const perExample = instance.law.shape.reduce((a, b) => a * b, 1) * 16;
  const bytes = perExample * Math.max(options.batch, CHUNK, VALIDATION_SAMPLES, options.samples ?? 0);
  if (bytes > 2 * 2 ** 30)
    reject({
      where: "train",
      what: `about ${(bytes / 2 ** 30).toFixed(1)} GiB of samples would be held at once`,
      allowed: "at most 2 GiB",
      next: "lower --n, --batch or --samples",
    });
}

export async function trainByGradient(job: TrainJob): Promise<TrainRun> {
  const { family, instance, easy, seed, options } = job;
  checkSize(instance, options);
  const target = easy ? instance.easy : instance.hard;
  const network = family.student(instance, options);
  if (options.init === "teacher" && easy)
    reject({
      where: "init",
      what: "the teacher's weights are those of the hard target",
      next: "leave out --easy",
    });
  const weights =
    options.init === "teacher"
      ? family.teacher(instance, options)
      : initialise(network, keyFor("initial weights", network.architecture, seed));
  const trainer = await createTrainer({
    network,
    loss: options.loss,
    optimizer: options.optimizer,
    lr: options.lr,
    batch: options.batch,
    weights,
  });
  try {
    const source = batches(instance, target, options, seed);

    const predict = async (samples: Samples): Promise<Float32Array> => {
      const out = new Float32Array(samples.count);
      for (let at = 0; at < samples.count; at += CHUNK) {
        const part = slice(samples, at, Math.min(at + CHUNK, samples.count));
        out.set(await trainer.predict(network.encode(part), part.count), at);
      }
      return out;
    };
    const validation = instance.law.sample(foldIn(instance.key, "validation"), VALIDATION_SAMPLES);
    const validationLabels = target.label(validation);
    const measure = (predictions: ArrayLike<number>, labels: ArrayLike<number>): Evaluation =>
      evaluate(predictions, labels, instance.labels, target.mean);
    const { baselineLoss } = measure(validationLabels, validationLabels); // of the sample, whatever is predicted
    let reached = 0;
    let encoded: ReturnType<typeof network.encode> = {};
    const run = await train<CurvePoint>({
      trainer,
      steps: options.steps,
      interval: Math.max(1, Math.min(100, Math.ceil(options.steps / 40))),
      batch(step) {
        const { samples, labels } = source.at(step);
        encoded = network.encode(samples, encoded); // the same buffers every step
        return { inputs: encoded, labels: Float32Array.from(labels) };
      },
      async test(step) {
        const { loss, accuracy } = measure(await predict(validation), validationLabels);
        return { step, loss, accuracy };
      },
      stop({ loss, accuracy }) {
        const score = accuracy ?? 1 - loss / baselineLoss;
        reached = options.stopAt !== undefined && score >= options.stopAt ? reached + 1 : 0;
        return reached >= 2;
      },
      progress: ({ point, stepsPerSecond }) =>
        job.onProgress?.({ ...point, steps: options.steps, stepsPerSecond }),
      ...(job.signal === undefined ? {} : { signal: job.signal }),
    });
    if (run.stopped === "diverged")
      reject({
        where: "train",
        what: `the loss stopped being a number by step ${run.steps}`,
        next: "lower --lr",
      });

    const test = instance.law.sample(foldIn(instance.key, "test"), options.testSamples);
    const testLabels = target.label(test);
    const predictions = await predict(test);
    const final = measure(predictions, testLabels);
    const fixed = source.fixed;
    const trainAccuracy =
      fixed === null ? null : measure(await predict(fixed.samples), fixed.labels).accuracy;
    const size = Object.values(weights).reduce((sum, w) => sum + w.length, 0);
    return {
      result: {
        weights: size,
        steps: run.steps,
        stopped: run.stopped,
        final: { ...final, objective: objective(options.loss, predictions, testLabels) },
        trainAccuracy,
        curve: run.curve.map((c) => c.point),
      },
      stepsPerSecond: run.stepsPerSecond,
    };
  } finally {
    await trainer.dispose();
  }
}

function objective(loss: TrainOptions["loss"], predictions: Float32Array, labels: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const [h, y] = [predictions[i], labels[i]];
    if (loss === "squared") sum += (h - y) ** 2;
    else if (loss === "l1") sum += Math.abs(h - y);
    else sum += Math.max(-y * h, 0) + Math.log1p(Math.exp(-Math.abs(h)));
  }
  return sum / labels.length;
}
