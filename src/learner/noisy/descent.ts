/**
 * Noisy gradient descent: each step adds independent N(0, sigma^2) to every entry of the gradient, moves by the
 * optimiser's rule and projects the weights onto a ball, and the learner may halt before tr K sums up to more than V.
 * Everything after the noise is post-processing, and tr K depends on nothing of the target but what was seen.
 */

import { foldIn, normals, type Key } from "../../base/random.ts";
import { floats, pack, totalSize, unpack } from "../../engine/train/flat.ts";
import type { OptimiserName } from "../../engine/train/optimiser.ts";
import { createPredictor } from "../../engine/train/predictor.ts";
import type { Stepping, Trainer } from "../../engine/train/trainer.ts";
import { createUpdate } from "../../engine/train/update.ts";
import type { Network, Weights } from "../../network/network.ts";
import type { GradientSource } from "./source.ts";

export interface DescentOptions {
  readonly network: Network;
  readonly source: GradientSource;
  /** Initial weights, projected before the first step. */
  readonly weights: Weights;
  readonly sigma: number;
  /** Radius R of the ball about 0. */
  readonly ball: number;
  /** V; null for no halting rule. */
  readonly variation: number | null;
  readonly optimizer: OptimiserName;
  readonly lr: number;
  /** Of the noise: step t draws below it. */
  readonly key: Key;
}

export interface NoisyDescent extends Stepping, Pick<Trainer, "predict" | "weights" | "dispose"> {
  /** Sum over the steps taken of tr K, and its standard error where it is an estimate. */
  readonly trace: { readonly sum: number; readonly standardError: number };
}

/** Scales the vector down to length R where it is longer. */
export function project(weights: Float64Array, radius: number): void {
  const length = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0));
  if (length > radius) for (let i = 0; i < weights.length; i++) weights[i] *= radius / length;
}

/** A number for each weight, from its name and its value. */
function packed({ network, weights }: DescentOptions, of: (name: string, w: number) => number): Float64Array {
  const out = new Float64Array(totalSize(network.weights));
  const named = Object.entries(weights).map(([name, values]) => [name, values.map((w) => of(name, w))]);
  pack(network.weights, Object.fromEntries(named) as Weights, out);
  return out;
}

/** The algorithm that the theorem covers, ready for its first step. */
export async function noisyDescent(options: DescentOptions): Promise<NoisyDescent> {
  const { network, source, sigma, ball, variation, lr, key } = options;
  const size = totalSize(network.weights);
  const type = "float64";
  const isHeld = (name: string): boolean => source.held.includes(name);
  let weights = packed(options, (name, w) => (isHeld(name) ? 0 : w));
  project(weights, ball);
  const free = packed(options, (name) => (isHeld(name) ? 0 : 1));
  const update = await createUpdate(options.optimizer, size, type);
  const predictor = createPredictor({ network, type });
  let [taken, sum, errors] = [0, 0, 0];
  let halted = false;
  return {
    get taken() {
      return taken;
    },
    get halted() {
      return halted;
    },
    get trace() {
      return { sum, standardError: Math.sqrt(errors) };
    },
    // the source has the examples: a step is asked for by a place in the array of labels
    stack(count) {
      const labels = new Float32Array(count);
      const slots = Array.from({ length: count }, (_, i) => ({
        inputs: {},
        labels: labels.subarray(i, i + 1),
      }));
      return { inputs: {}, labels, slots };
    },
    async steps(_, labels) {
      const losses: number[] = [];
      while (losses.length < labels.length) {
        const { loss, gradient, trace, traceError } = await source.at(taken, weights);
        halted = variation !== null && sum + trace > variation;
        if (halted) break;
        const noise = normals(foldIn(key, taken), new Float64Array(size));
        for (let i = 0; i < size; i++) gradient[i] += sigma * free[i] * noise[i];
        weights = (await update.step(weights, gradient, lr)) as Float64Array<ArrayBuffer>;
        project(weights, ball);
        sum += trace;
        errors += traceError ** 2;
        taken++;
        losses.push(loss);
      }
      return floats(type, losses.length).map((__, i) => losses[i]) as Float64Array;
    },
    predict: (inputs, count) => predictor.predict(weights, inputs, count),
    weights: () => unpack(network.weights, Float32Array.from(weights)),
    async dispose() {
      await Promise.all([source.dispose(), update.dispose(), predictor.dispose()]);
    },
  };
}
