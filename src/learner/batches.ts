/** The batches a training run sees: fresh samples every step, or passes over a fixed set in fresh orders. */

import { foldIn, keyFor, permutation, type Key } from "../base/random.ts";
import type { Samples } from "../distribution/law.ts";
import { take } from "../distribution/samples.ts";
import { disturb } from "./label-noise.ts";
import { lawOf, type Instance, type Target } from "../family/instance.ts";

/** Examples with their labels, (count). */
export interface Labelled {
  readonly samples: Samples;
  readonly labels: Float64Array;
}

/** The examples of a training, a batch a step. */
export interface Batches {
  /** The batch of a step; equal steps give equal batches. The next one may be written over it. */
  at(step: number): Labelled;
  /** The fixed training set, null for fresh samples. */
  readonly fixed: Labelled | null;
}

export interface BatchOptions {
  readonly batch: number;
  readonly samples?: number | undefined;
  readonly shuffleLabels: boolean;
  /** Label noise, as `disturb` takes it. */
  readonly noise: number;
}

/**
 * The batches of a training on a target: fresh ones, or of `options.samples` examples drawn once.
 * @param seed of the training; it shuffles labels, and draws no example: those are the instance's
 */
export function batches(instance: Instance, target: Target, options: BatchOptions, seed: number): Batches {
  const key = foldIn(instance.key, "train");
  const { batch, samples: size, shuffleLabels, noise } = options;
  if (size === undefined) {
    let samples: Samples | undefined;
    return {
      fixed: null,
      at(step) {
        samples = lawOf(instance, target).sample(foldIn(key, step), batch, samples);
        const labels = target.label(samples);
        disturb(labels, instance, target, noise, step);
        return { samples, labels: shuffleLabels ? rotate(labels) : labels };
      },
    };
  }
  const samples = lawOf(instance, target).sample(foldIn(instance.key, "training set"), size);
  const labels = target.label(samples);
  disturb(labels, instance, target, noise, 0);
  if (shuffleLabels) {
    const order = permutation(keyFor("shuffled labels", seed), size);
    labels.set(Float64Array.from(order, (i) => labels[i]));
  }
  const rowsOf = epochs(key, size, batch);
  return {
    fixed: { samples, labels },
    at(step) {
      const rows = rowsOf(step);
      return { samples: take(samples, rows), labels: Float64Array.from(rows, (r) => labels[r]) };
    },
  };
}

/** Rows of batch `step`: one pass after the other over the set, each in a random order of its own. */
function epochs(key: Key, size: number, batch: number): (step: number) => number[] {
  let latest: { epoch: number; order: Int32Array } = { epoch: -1, order: new Int32Array(0) };
  const orderOf = (epoch: number): Int32Array => {
    if (latest.epoch !== epoch)
      latest = { epoch, order: permutation(foldIn(foldIn(key, "epoch"), epoch), size) };
    return latest.order;
  };
  return (step) =>
    Array.from({ length: batch }, (_, i) => {
      const at = step * batch + i;
      return orderOf(Math.floor(at / size))[at % size];
    });
}

/** Labels of the next example: independent of the input, of the same law, with no further randomness. */
const rotate = (labels: Float64Array): Float64Array => labels.map((_, i) => labels[(i + 1) % labels.length]);
