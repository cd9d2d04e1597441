/** One training step of a network as a pure function: loss, gradient, optimiser. */

import { joinFlat, splitFlat, totalSize, type Shapes } from "./flat.ts";
import { numpy as np, valueAndGrad } from "../lower/jax.ts";
import { meanLoss, type Loss } from "./loss.ts";
import { optimiser as optimiserOf, type OptimiserName } from "./optimiser.ts";
import { nextOf } from "../lower/scan.ts";
import type { Arrays, PureFunction, Spec, Specs } from "../lower/trace.ts";

/** What the engine needs of a network; shapes of inputs are those of one example. */
export interface Trainable {
  readonly inputs: Shapes;
  /** How many numbers of an example the first layer reads, where those are more than the inputs hold. */
  readonly expanded?: number;
  readonly weights: Shapes;
  /** Predictions, shape (batch,). Consumes its arguments' references. */
  forward(weights: Arrays, inputs: Arrays): np.Array;
}

export const floatTypes = ["float32", "float64"] as const;

/** What a training step is compiled for: a step of another batch or loss is another graph. */
export interface StepOptions {
  readonly network: Trainable;
  readonly loss: Loss;
  readonly optimizer: OptimiserName;
  /** Examples a step. */
  readonly batch: number;
  /** Of weights and arithmetic (default `float32`). */
  readonly type?: (typeof floatTypes)[number];
  /**
   * Decoupled weight decay (Loshchilov and Hutter 2019): what the weights of these names are multiplied by in each
   * step, that is 1 - learning rate x decay; the gradient is taken before.
   */
  readonly shrink?: Readonly<Record<string, number>>;
}

/** Input arrays of `count` examples. */
export function inputSpecs(network: Trainable, count: number, type: Spec["type"]): Record<string, Spec> {
  return Object.fromEntries(
    Object.entries(network.inputs).map(([name, shape]) => [
      `inputs.${name}`,
      { shape: [count, ...shape], type },
    ]),
  );
}

/** The weights, each multiplied by its factor. Consumes the reference. */
function shrunk(flat: np.Array, shapes: Shapes, shrink: Readonly<Record<string, number>>): np.Array {
  const factors = Object.entries(shapes).flatMap(([name, shape]) =>
    Array.from({ length: totalSize({ shape }) }, () => shrink[name] ?? 1),
  );
  return flat.mul(np.array(factors, { dtype: flat.dtype }));
}

export const inputsOf = (network: Trainable, args: Arrays): Arrays =>
  Object.fromEntries(Object.keys(network.inputs).map((name) => [name, args[`inputs.${name}`]]));

/** One training step as a pure function of named arrays, with their shapes: what `Trainer.step` compiles. */
export function trainingStep(options: StepOptions): { fn: PureFunction; inputs: Specs } {
  const { network, loss, batch, shrink, type = "float32" } = options;
  const rule = optimiserOf(options.optimizer);
  const flat: Spec = { shape: [totalSize(network.weights)], type };
  const state = rule.state.map((name) => `state.${name}`);
  const schedule = Array.from({ length: rule.scheduled }, (_, i) => `schedule.${i}`);
  const inputs: Specs = {
    weights: flat,
    ...Object.fromEntries(state.map((name) => [name, flat])),
    ...Object.fromEntries(schedule.map((name) => [name, { shape: [], type }])),
    ...inputSpecs(network, batch, type),
    labels: { shape: [batch], type },
  };
  const fn: PureFunction = (args) => {
    const objective = (weights: Arrays, given: Arrays, labels: np.Array): np.Array =>
      meanLoss(loss, network.forward(weights, given), labels);
    const weights = splitFlat(network.weights, args.weights.ref);
    const [value, gradients] = valueAndGrad(objective)(weights, inputsOf(network, args), args.labels);
    const gradient = joinFlat(network.weights, gradients as Arrays);
    const next = rule.update(
      shrink === undefined ? args.weights : shrunk(args.weights, network.weights, shrink),
      gradient,
      state.map((name) => args[name]),
      schedule.map((name) => args[name]),
    );
    return {
      [nextOf("weights")]: next.weights,
      ...Object.fromEntries(state.map((name, i) => [nextOf(name), next.state[i]])),
      loss: value,
    };
  };
  return { fn, inputs };
}
