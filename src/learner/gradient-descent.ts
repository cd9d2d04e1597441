/**
 * Gradient descent on a student network, on fresh samples or on a fixed data set. Real labels are standardised by the
 * target's mean and spread for training, and predictions are brought back before they are judged.
 */

import { reject } from "../base/errors.ts";
import { finite } from "../base/json.ts";
import { foldIn } from "../base/random.ts";
import { parseWith } from "../base/schema.ts";
import { refuseUnread } from "../base/options.ts";
import type { Samples } from "../distribution/law.ts";
import { slice } from "../distribution/samples.ts";
import { studentClass, type Family } from "../family/family.ts";
import { isMoving, progressAt } from "../family/progress.ts";
import { studentSizes } from "../family/student.ts";
import { lawOf, type Instance } from "../family/instance.ts";
import { engineInUse, type EngineInUse } from "../engine/run/program.ts";
import { train, type Filler, type Training } from "../engine/train/train.ts";
import type { BatchSource } from "../engine/train/stack.ts";
import { createTrainer, type Stepping, type Trainer } from "../engine/train/trainer.ts";
import { shrinking, type Network, type Weights } from "../network/network.ts";
import type { TrainedStudent, Unit } from "../network/trained.ts";
import type { Batches } from "./batches.ts";
import type { Checkpoints } from "./checkpoint.ts";
import { evaluate, type Evaluation, type Judged } from "./evaluate.ts";
import { initialWeights, initOf, type Start } from "./initial-weights.ts";
import { noisyTraining, type NoiseRecord } from "./noisy/training.ts";
import {
  batchesOf,
  CHUNK,
  encodedBatches,
  trainingData,
  VALIDATION_SAMPLES,
  type DrawnTraining,
  type TrainingData,
} from "./training-data.ts";
import { trainSchema, type ExampleOption, type TrainOptions } from "./training-options.ts";
import type { CurvePoint, Watch } from "./watch.ts";

/** The name of a size of the student. */
export type StudentSize = (typeof studentSizes)[number];

/** What a training has come to: the part of its record that is the same on every rerun. */
export interface TrainResult {
  readonly weights: number;
  /** Steps taken; fewer than asked after an early stop or an interruption, or where the loss stopped being a number. */
  readonly steps: number;
  readonly stopped: "budget" | "reached" | "interrupted" | "diverged" | "halted";
  /**
   * A diverged training has no hypothesis: what would judge it is null. The curve holds the last numbers there were.
   */
  readonly final: Evaluation & { readonly objective: number | null };
  /** On the fixed training set, where there is one. */
  readonly trainAccuracy: number | null;
  /** Explained variance there; absent without such a set, null of a diverged training. */
  readonly trainExplained?: number | null;
  readonly curve: readonly CurvePoint[];
  /**
   * Whether the weights turn to the hidden parameters at the end, whatever the loss; absent where nothing is
   * measured, or cannot be told by it.
   */
  readonly moving?: boolean;
  /** Mean squared error of the best constant on the validation sample, to hold the curve's losses against. */
  readonly validationBaselineLoss: number;
  /** Where noise was added to the gradients. */
  readonly gradientNoise?: NoiseRecord;
}

/** A training's result, with what it read and how fast it was. */
export interface TrainRun {
  readonly result: TrainResult;
  /**
   * What the run read, with defaults: of a student's sizes those that it has, of the others those its gradients need.
   */
  readonly options: Omit<TrainOptions, StudentSize | ExampleOption> &
    Partial<Pick<TrainOptions, StudentSize | ExampleOption>>;
  readonly stepsPerSecond: number;
  readonly engine: EngineInUse;
  readonly network: Network;
  /** The student at the end, to be kept by `saveWeights`. */
  readonly trained: TrainedStudent;
}

/** A training on one drawn instance: on its target, or on the easy twin of the same hidden parameters. */
export interface TrainJob {
  readonly family: Family;
  readonly instance: Instance;
  readonly easy: boolean;
  readonly seed: number;
  readonly options: Partial<TrainOptions>;
  /** Weights to start from, of the same architecture; `options.init` becomes `sha256:` and the hash of their file. */
  readonly start?: Start;
  readonly onProgress?: (point: CurvePoint & { steps: number; stepsPerSecond: number }) => void;
  readonly signal?: AbortSignal;
  readonly watch?: Watch;
  /** Is shown the final predictions. */
  readonly judged?: Judged;
  /** Absent where it begins at its first step, and what it has come to is nobody's. A noisy training keeps none. */
  readonly checkpoints?: Checkpoints;
  /** Absent where the job is a whole training. */
  readonly phase?: Phase;
  /** What fills the batches in place of this, where the family is built in and the instance is drawn by the seed. */
  readonly filler?: (training: DrawnTraining, source: BatchSource) => Filler;
}

/** What makes a job one phase of a longer training; the optimiser's buffers start at 0 in each. */
export interface Phase {
  /** Steps of the phases before: batches are numbered through. */
  readonly before: number;
  readonly batches: Batches;
  /** Weights that it takes up (absent: those of `init`). */
  readonly weights?: Weights;
  /** Decoupled weight decay of the student's first layer, a unit of learning rate. */
  readonly decay?: number;
}

/** The options with their defaults, and those of them that are read; rejects sizes that the student does not have. */
export function readOptions(
  family: Family,
  given: Partial<TrainOptions>,
  start?: Start,
): { all: TrainOptions; read: TrainRun["options"] } {
  const init = start === undefined ? given.init : initOf(start);
  if (given.init !== undefined && given.init !== init)
    reject({ where: "init", what: `${given.init}, and a student to start from`, allowed: "one of the two" });
  const all = parseWith(trainSchema, { ...given, init });
  const student = studentClass(family, all.student);
  const sizes = Object.fromEntries(studentSizes.map((name) => [name, given[name]]));
  refuseUnread(sizes, student.options, `the student ${all.student ?? Object.keys(family.students)[0]}`);
  const read: TrainRun["options"] = { ...all };
  for (const name of studentSizes) if (!student.options.includes(name)) delete read[name];
  const { ball, variation } = given;
  if (all.gradientNoise === undefined)
    refuseUnread({ ball, variation }, [], "a training without --gradient-noise");
  if (all.control === "null" && all.loss !== "squared" && all.gradientNoise === undefined)
    reject({ where: "--control", what: `the ${all.loss} loss has no null labels`, allowed: "loss squared" });
  return { all, read };
}

/** A training that is ready to take its steps. */
interface Begun extends TrainingData {
  readonly job: TrainJob;
  readonly options: TrainOptions;
  readonly read: TrainRun["options"];
  /** That it starts from. */
  readonly weights: Weights;
  readonly source: Batches;
  /** What takes the steps, where noise is added to the gradients: it has the examples. */
  readonly noisy: Awaited<ReturnType<typeof noisyTraining>> | null;
  readonly trainer: Stepping &
    Pick<Trainer, "predict" | "weights" | "dispose"> &
    Partial<Pick<Trainer, "checkpoint" | "restore">>;
}

async function begin(job: TrainJob): Promise<Begun> {
  const { family, instance, easy, phase } = job;
  const { all: options, read } = readOptions(family, job.options, job.start);
  const data = trainingData(job, options);
  const { network, unit, seed } = data;
  const weights = phase?.weights ?? initialWeights({ ...job, seed }, network, options, unit);
  const source = phase?.batches ?? batchesOf(data, options);
  const start = { family, instance, easy, seed, options, network, weights, unit, source };
  const noisy = options.gradientNoise === undefined ? null : await noisyTraining(start, job.options);
  for (const name of noisy?.unread ?? []) delete read[name];
  const trainer =
    noisy ??
    (await createTrainer({
      network,
      loss: options.loss,
      optimizer: options.optimizer,
      lr: options.lr,
      batch: options.batch,
      // what a step may hold, predicting holds too
      predictBatch: network.held === undefined ? CHUNK : Math.min(CHUNK, options.batch),
      weights,
      backend: options.engine ?? "auto",
      ...(phase?.decay === undefined ? {} : { shrink: shrinking(network, options.lr * phase.decay) }),
    }));
  return { ...data, job, options, read, weights, source, noisy, trainer };
}

/** Predictions of the label, in its own unit. */
const predictorOf =
  ({ network, trainer, unit }: Begun) =>
  async (samples: Samples): Promise<Float32Array> => {
    const out = new Float32Array(samples.count);
    for (let at = 0; at < samples.count; at += CHUNK) {
      const part = slice(samples, at, Math.min(at + CHUNK, samples.count));
      out.set(await trainer.predict(network.encode(part), part.count), at);
    }
    return out.map((h) => unit.mean + unit.sd * h);
  };

type Judge = (predictions: ArrayLike<number>, labels: ArrayLike<number>) => Evaluation;

const judgeOf =
  ({ job: { instance }, target }: Begun): Judge =>
  (predictions, labels) =>
    evaluate(predictions, labels, instance.labels, target.mean);

/** Nothing to fill where noise is added to the gradients; phases are numbered through. */
function batchOf(begun: Begun): BatchSource["batch"] {
  const { job, noisy, options } = begun;
  const batch = encodedBatches(begun.source, begun, options);
  const before = job.phase?.before ?? 0;
  return (step, into) => (noisy === null ? batch(before + step, into) : into);
}

/** What fills the batches of a training that can be drawn again, if there is something. */
function fillerOf(begun: Begun): Pick<Parameters<typeof train>[0], "filler"> {
  const { job, noisy, options, trainer } = begun;
  const { filler, family, instance, seed, easy, phase } = job;
  if (filler === undefined || phase !== undefined || noisy !== null) return {};
  const training = { family: family.id, params: instance.params.json, seed, easy, options };
  return { filler: filler(training, { trainer, batch: batchOf(begun) }) };
}

/** Ends a training that has reached the score at two points of its curve in a row. */
function stopRule({ stopAt }: TrainOptions, baselineLoss: number): (point: CurvePoint) => boolean {
  let reached = 0;
  return ({ loss, accuracy }) => {
    const score = accuracy ?? 1 - (loss ?? Infinity) / baselineLoss;
    reached = stopAt !== undefined && score >= stopAt ? reached + 1 : 0;
    return reached >= 2;
  };
}

/** @throws InputError for options out of range or not read by the student, and for what cannot be held or begun */
export async function trainByGradient(job: TrainJob): Promise<TrainRun> {
  const { family, instance, easy } = job;
  const begun = await begin(job);
  const { target, options, network, trainer } = begun;
  try {
    const predict = predictorOf(begun);
    const measure = judgeOf(begun);
    const validation = lawOf(instance, target).sample(foldIn(instance.key, "validation"), VALIDATION_SAMPLES);
    const validationLabels = target.label(validation);
    const { baselineLoss } = measure(validationLabels, validationLabels); // of the sample, whatever is predicted
    const progressOf = family.progress?.(instance, network, easy) ?? null;
    const run = await train<CurvePoint>({
      trainer,
      ...takenUp(begun),
      steps: options.steps,
      interval: Math.max(1, Math.min(100, Math.ceil(options.steps / 40))),
      batch: batchOf(begun),
      ...fillerOf(begun),
      async test(step) {
        const { loss, accuracy } = measure(await predict(validation), validationLabels);
        const progress = progressOf === null ? null : progressAt(progressOf(trainer.weights()));
        const point = { step, loss, accuracy, ...(progress === null ? {} : { progress }) };
        await job.watch?.point?.({ point, baselineLoss, label: "y", weights: trainer.weights(), predict });
        return point;
      },
      stop: stopRule(options, baselineLoss),
      progress: ({ point, stepsPerSecond }) =>
        job.onProgress?.({ ...point, steps: options.steps, stepsPerSecond }),
      ...(job.signal === undefined ? {} : { signal: job.signal }),
      losses: (from, losses) => job.watch?.losses?.(from, losses),
    });
    return await judged(begun, run, baselineLoss);
  } finally {
    await trainer.dispose();
  }
}

/** Restores what an earlier attempt has left, and offers what this one comes to. */
function takenUp({ job: { checkpoints }, trainer }: Begun): Partial<Parameters<typeof train<CurvePoint>>[0]> {
  const { checkpoint, restore } = trainer;
  if (checkpoints === undefined || checkpoint === undefined || restore === undefined) return {};
  const { last } = checkpoints;
  if (last !== null) restore(last.checkpoint);
  return {
    before: last?.curve ?? [],
    resting: (curve, ending) =>
      checkpoints.keep(() => ({ checkpoint: checkpoint(), curve: [...curve] }), ending),
  };
}

/** What the training has come to, on fresh samples. */
async function judged(
  begun: Begun,
  run: Training<CurvePoint>,
  validationBaselineLoss: number,
): Promise<TrainRun> {
  const { job, target, options, read, network, weights, unit, source, noisy, trainer } = begun;
  const { family, instance } = job;
  const predict = predictorOf(begun);
  const measure = judgeOf(begun);
  const test = lawOf(instance, target).sample(foldIn(instance.key, "test"), options.testSamples);
  const testLabels = target.label(test);
  const hypothesis = async (samples: Samples): Promise<Float32Array> =>
    run.stopped === "diverged" ? new Float32Array(samples.count).fill(NaN) : predict(samples);
  const predictions = await hypothesis(test);
  job.judged?.(predictions, testLabels);
  const final = measure(predictions, testLabels);
  const curve = run.curve.map((c) => c.point);
  const moving = isMoving(
    curve.map(({ progress }) => progress),
    final.explainedVariance,
  );
  const fixed = source.fixed;
  const onTraining = fixed === null ? null : measure(await hypothesis(fixed.samples), fixed.labels);
  return {
    result: {
      weights: Object.values(weights).reduce((sum, w) => sum + w.length, 0),
      steps: run.steps,
      // the last step may be the one that went too far
      stopped: final.loss === null && run.stopped !== "interrupted" ? "diverged" : run.stopped,
      final: { ...final, objective: objective(options.loss, predictions, testLabels, unit) },
      trainAccuracy: onTraining?.accuracy ?? null,
      ...(onTraining === null ? {} : { trainExplained: onTraining.explainedVariance }),
      curve,
      ...(moving === null ? {} : { moving }),
      validationBaselineLoss,
      ...(noisy === null ? {} : { gradientNoise: noisy.record() }),
    },
    options: read,
    stepsPerSecond: run.stepsPerSecond,
    engine: await engineInUse(options.engine),
    network,
    trained: {
      family: { id: family.id, params: instance.params.json },
      student: options.student ?? Object.keys(family.students)[0],
      architecture: network.architecture,
      unit,
      shapes: network.weights,
      weights: trainer.weights(),
    },
  };
}

function objective(
  loss: TrainOptions["loss"],
  predictions: Float32Array,
  labels: Float64Array,
  { mean, sd }: Unit,
): number | null {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const [h, y] = [(predictions[i] - mean) / sd, (labels[i] - mean) / sd];
    if (loss === "squared") sum += (h - y) ** 2;
    else if (loss === "l1") sum += Math.abs(h - y);
    else sum += Math.max(-y * h, 0) + Math.log1p(Math.exp(-Math.abs(h)));
  }
  return finite(sum / labels.length);
}
