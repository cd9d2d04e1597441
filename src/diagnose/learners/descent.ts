/**
 * A small network whose layers commute with the group, by gradient descent on the label, or first on a function of it:
 * the same network, optimiser, steps and examples both times.
 */

import { foldIn, keyFor, stream, type Key } from "../../base/random.ts";
import type { Backend } from "../../engine/run/program.ts";
import { train, type TrainingOptions } from "../../engine/train/train.ts";
import { createTrainer, type Trainer } from "../../engine/train/trainer.ts";
import { handOver } from "../../learner/label-transform/hand-over.ts";
import { initialise } from "../../network/initialise.ts";
import { shrinking, type Network, type Weights } from "../../network/network.ts";
import type { Examples } from "../action.ts";
import type { DataLearner, HeldOut, Learned, LearningJob } from "./learner.ts";
import { networkFor, type Student } from "./student.ts";

/** Of all phases together. */
export const STEPS = 3000;
const RATE = 2e-3;
/** Weight decay of the first layer while a function of the label is trained on. */
const DECAY = 0.3;
/** Examples predicted at once. */
const CHUNK = 500;

interface Phase {
  readonly weights: Weights;
  readonly labels: Float64Array;
  readonly steps: number;
  readonly decay?: number;
}

/** The point of a curve with the least error on the validation part. */
interface Best {
  readonly error: number;
  readonly predictions: Float64Array;
}

const samplesOf = (all: Examples, rows: readonly number[] | Int32Array) => {
  const { x, dimension } = all;
  const data = new Float32Array(rows.length * dimension);
  rows.forEach((row, i) => data.set(x.subarray(row * dimension, (row + 1) * dimension), i * dimension));
  return { count: rows.length, shape: [dimension], data };
};

/** Predictions for the examples after those of training, by a network under training. */
async function predicted(
  trainer: Trainer,
  network: Network,
  { all, train: size }: HeldOut,
): Promise<Float64Array> {
  const out = new Float64Array(all.count - size);
  for (let at = 0; at < out.length; at += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, out.length - at) }, (_, i) => size + at + i);
    out.set(await trainer.predict(network.encode(samplesOf(all, rows)), rows.length), at);
  }
  return out;
}

/** Predictions on the validation part, shrunk to fit it best, with what is left; the same factor for the test part. */
function shrunk(guesses: Float64Array, { train: size, validation }: HeldOut, labels: Float64Array): Best {
  let [cross, square] = [0, 0];
  for (let i = 0; i < validation; i++) {
    cross += guesses[i] * labels[size + i];
    square += guesses[i] ** 2;
  }
  const factor = square > 0 ? Math.min(1, Math.max(0, cross / square)) : 0;
  return {
    error: factor * factor * square - 2 * factor * cross,
    predictions: guesses.subarray(validation).map((h) => factor * h),
  };
}

const trainerOf = (
  { network, batch }: Student,
  { weights, decay }: Pick<Phase, "weights" | "decay">,
  engine: Backend = "auto",
): Promise<Trainer> =>
  createTrainer({
    backend: engine,
    network,
    loss: "squared",
    optimizer: "adam",
    lr: RATE,
    batch,
    predictBatch: CHUNK,
    weights,
    ...(decay === undefined ? {} : { shrink: shrinking(network, RATE * decay) }),
  });

/** Writes the batch of a step: training examples, drawn anew. */
const batches =
  (
    { network, batch }: Student,
    data: HeldOut,
    labels: Float64Array,
    key: Key,
  ): TrainingOptions<void>["batch"] =>
  (step, into) => {
    const rows = batchRows(batch, data.train, foldIn(key, step));
    rows.forEach((row, i) => (into.labels[i] = labels[row]));
    return { inputs: network.encode(samplesOf(data.all, rows), into.inputs), labels: into.labels };
  };

/** Steps of a probe: the rate is measured after the first 20. */
const PROBE = 45;
/** Of a network with more multiplications the first steps in so many milliseconds do. */
const [LARGE, PATIENCE] = [1e6, 3000];

/** Seconds that a step of training takes here, by a few of them. */
export async function stepSeconds(data: HeldOut, engine?: Backend): Promise<number> {
  const student = networkFor(data.all);
  const { network, work } = student;
  const key = keyFor("probe of a diagnosis");
  const trainer = await trainerOf(student, { weights: initialise(network, key) }, engine);
  try {
    const batch = batches(student, data, data.y, key);
    const test = (): Promise<void> => Promise.resolve();
    const interval = work > LARGE ? 1 : PROBE;
    const start = performance.now();
    const stop = (): boolean => performance.now() - start > PATIENCE;
    const { stepsPerSecond, losses } = await train({ trainer, steps: PROBE, interval, batch, test, stop });
    return stepsPerSecond > 0 ? 1 / stepsPerSecond : (performance.now() - start) / (1000 * losses.length);
  } finally {
    await trainer.dispose();
  }
}

/** Trains: the weights at the end, and the predictions where the curve is best on the validation part. */
async function phase(
  student: Student,
  data: HeldOut,
  { labels, steps, ...start }: Phase,
  { key, engine, signal, told }: Omit<LearningJob, "data" | "degree">,
): Promise<{ weights: Weights; predictions: Float64Array }> {
  const trainer = await trainerOf(student, start, engine);
  let best: Best = { error: 0, predictions: new Float64Array(data.test) };
  try {
    await train({
      trainer,
      steps,
      interval: Math.max(1, Math.ceil(steps / 20)),
      batch: batches(student, data, labels, key),
      async test() {
        const point = shrunk(await predicted(trainer, student.network, data), data, labels);
        if (point.error < best.error) best = point;
      },
      progress: ({ step }) => told(step / steps),
      ...(signal === undefined ? {} : { signal }),
    });
    signal?.throwIfAborted();
    return { predictions: best.predictions, weights: trainer.weights() };
  } finally {
    await trainer.dispose();
  }
}

/** Examples of a batch, drawn anew from so many. */
function batchRows(batch: number, size: number, key: Key): Int32Array {
  const { below } = stream(key);
  return Int32Array.from({ length: batch }, () => below(size));
}

async function descend(job: LearningJob, first: Float64Array | null): Promise<Learned> {
  const { data, key, told } = job;
  const student = networkFor(data.all);
  const { network, note } = student;
  const start = initialise(
    network,
    keyFor("weights of a diagnosis", network.architecture, ...Array.from(key)),
  );
  const half = STEPS / 2;
  const within = (from: number, share: number) => ({ ...job, told: (x: number) => told(from + share * x) });
  if (first === null) {
    const { predictions } = await phase(
      student,
      data,
      { weights: start, labels: data.y, steps: STEPS },
      within(0, 1),
    );
    return { predictions, note };
  }
  const opened = await phase(
    student,
    data,
    { weights: start, labels: first, steps: half, decay: DECAY },
    within(0, 0.5),
  );
  const weights = handOver(network, opened.weights, key[0]);
  const { predictions } = await phase(
    student,
    data,
    { weights, labels: data.y, steps: half },
    within(0.5, 0.5),
  );
  return { predictions, note };
}

export const gradientDescent: DataLearner = {
  id: "gradient-descent",
  summary: "a small network with the group's symmetry, trained on the labels",
  statistic: "correlations",
  learn: (job) => descend(job, null),
};

export const labelTransformDescent: DataLearner = {
  id: "label-transform",
  summary: "the same network, trained on a function of the label first",
  statistic: "transformed labels",
  async learn(job) {
    const { transforms } = job.data;
    if (transforms.length === 0) return "every function of the label is affine in it";
    const [{ name, values }] = transforms;
    const { predictions, note } = await descend(job, values);
    return { predictions, note: `${note}; ${name} first` };
  },
};
