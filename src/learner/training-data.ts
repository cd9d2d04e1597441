/** What a training draws its examples from, and how they are given to its network. */

import type { JsonObject } from "../base/checked.ts";
import { product } from "../base/product.ts";
import { reject } from "../base/errors.ts";
import { foldIn } from "../base/random.ts";
import type { Batch, Stack } from "../engine/train/stack.ts";
import { studentOf, type Family } from "../family/family.ts";
import type { Instance, Target } from "../family/instance.ts";
import type { Network } from "../network/network.ts";
import type { Unit } from "../network/trained.ts";
import { batches, type Batches } from "./batches.ts";
import { unitOf } from "./initial-weights.ts";
import type { TrainOptions } from "./training-options.ts";

/** Examples that a curve's points are judged on, and that are predicted at once. */
export const VALIDATION_SAMPLES = 2048;
export const CHUNK = 1000;

function requireRoom(bytes: number, what: string, next: string): void {
  if (bytes > 2 * 2 ** 30)
    reject({
      where: "train",
      what: `about ${(bytes / 2 ** 30).toFixed(1)} GiB of ${what} would be held at once`,
      allowed: "at most 2 GiB",
      next,
    });
}

/** Refuses what cannot fit before anything is drawn: by bytes of adjacency and encodings, then of what a step holds. */
function checkSize(instance: Instance, { held = 0 }: Network, { batch, samples = 0 }: TrainOptions): void {
  const perExample = product(instance.law.shape) * 16;
  const examples = Math.max(batch, CHUNK, VALIDATION_SAMPLES, samples);
  requireRoom(perExample * examples, "samples", "lower --n, --batch or --samples");
  requireRoom(4 * held * batch, "a step's arrays", "lower --n, --batch or --layers");
}

export interface TrainingData {
  readonly target: Target;
  readonly network: Network;
  readonly unit: Unit;
  /** What draws the examples. */
  readonly drawn: Instance;
  /** What draws the initial weights, and shuffles labels. */
  readonly seed: number;
}

interface DataJob {
  readonly family: Family;
  readonly instance: Instance;
  readonly easy: boolean;
  readonly seed: number;
}

/** @throws InputError for what cannot be held */
export function trainingData(job: DataJob, options: TrainOptions): TrainingData {
  const { family, instance, easy } = job;
  const target = easy ? instance.easy : instance.hard;
  const network = studentOf(family, instance, options);
  checkSize(instance, network, options);
  return { target, network, unit: unitOf(instance, target), ...drawnBy(job, options) };
}

/** What draws a training: its instance's key and seed, or those of another one on the same hidden parameters. */
function drawnBy(
  { instance, seed }: DataJob,
  { trainingSeed }: TrainOptions,
): Pick<TrainingData, "drawn" | "seed"> {
  if (trainingSeed === undefined) return { drawn: instance, seed };
  const key = foldIn(foldIn(instance.key, "training seed"), trainingSeed);
  return { drawn: { ...instance, key }, seed: trainingSeed };
}

export const batchesOf = ({ drawn, target, seed }: TrainingData, options: TrainOptions): Batches =>
  batches(drawn, target, options, seed);

/** The batches that a trainer is filled with, labels in the unit that it is trained in. */
export const encodedBatches =
  (source: Batches, { network, unit }: TrainingData, { control }: TrainOptions) =>
  (step: number, into: Stack["slots"][number]): Batch => {
    const { samples, labels } = source.at(step);
    const cross = control === "null" ? 0 : 1; // labels of 0 leave no part with the label
    for (let i = 0; i < labels.length; i++) into.labels[i] = (cross * (labels[i] - unit.mean)) / unit.sd;
    return { inputs: network.encode(samples, into.inputs), labels: into.labels };
  };

/** A training whose instance is drawn by its seed, as another thread can draw it again. */
export interface DrawnTraining {
  readonly family: string;
  readonly params: JsonObject;
  readonly seed: number;
  readonly easy: boolean;
  readonly options: TrainOptions;
}
