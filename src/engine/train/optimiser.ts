/** Optimisers as pure jax-js functions over one flat buffer of weights. */

import type { numpy as np } from "../lower/jax.ts";
import { numpy } from "../lower/jax.ts";
import { constant } from "./loss.ts";

export const optimisers = ["sgd", "adam"] as const;

/** The optimisers to train with. */
export type OptimiserName = (typeof optimisers)[number];

export interface Optimiser {
  /** Names of the buffers it keeps beside the weights, each of their size and starting at 0. */
  readonly state: readonly string[];
  /** The numbers that step `step` (from 1) uses, computed in double precision outside the compiled function. */
  schedule(step: number, learningRate: number): readonly number[];
  /** How many numbers `schedule` gives. */
  readonly scheduled: number;
  /** New weights and buffers. Consumes the references it is given. */
  update(
    weights: np.Array,
    gradient: np.Array,
    state: readonly np.Array[],
    schedule: readonly np.Array[],
  ): { weights: np.Array; state: np.Array[] };
}

const sgd: Optimiser = {
  state: [],
  scheduled: 1,
  schedule: (_, learningRate) => [learningRate],
  update: (weights, gradient, _, [rate]) => ({ weights: weights.sub(gradient.mul(rate)), state: [] }),
};

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/**
 * Adam (Kingma and Ba 2015), bias-corrected, epsilon outside the root. The buffers hold m / (1 - beta1) and
 * v / (1 - beta2), and both corrections go into the rate and epsilon, which leaves ten passes over the buffers:
 * w -= rate * M / (sqrt(V) + eps) equals w -= lr * mhat / (sqrt(vhat) + 1e-8). A gradient of 0 moves nothing.
 */
const adam: Optimiser = {
  state: ["m", "v"],
  scheduled: 2,
  schedule(step, learningRate) {
    const spread = Math.sqrt((1 - beta2 ** step) / (1 - beta2));
    return [(learningRate * (1 - beta1) * spread) / (1 - beta1 ** step), epsilon * spread];
  },
  update(weights, gradient, [m, v], [rate, eps]) {
    const type = weights.dtype;
    const first = m.mul(constant(beta1, type)).add(gradient.ref);
    const second = v.mul(constant(beta2, type)).add(gradient.ref.mul(gradient));
    const step = first.ref.div(numpy.sqrt(second.ref).add(eps)).mul(rate);
    return { weights: weights.sub(step), state: [first, second] };
  },
};

export const optimiser = (name: OptimiserName): Optimiser => ({ sgd, adam })[name];
