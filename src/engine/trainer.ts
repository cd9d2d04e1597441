/** A network under training: its compiled step, its state, its predictions. */

import { joinFlat, pack, splitFlat, totalSize, unpack, type Floats, type Shapes } from "./flat.ts";
import { valueAndGrad, type numpy as np } from "./jax.ts";
import { meanLoss, type Loss } from "./loss.ts";
import { optimiser as optimiserOf, type OptimiserName } from "./optimiser.ts";
import { compile, compileRepeated, type CompileOptions, type Executable, type TypedArray, type Values } from "./program.ts"; // prettier-ignore
import { nextOf } from "./scan.ts";
import type { Arrays, PureFunction, Spec, Specs } from "./trace.ts";

/** What the engine needs of a network; shapes of inputs are those of one example. */
export interface Trainable {
  readonly inputs: Shapes;
  readonly weights: Shapes;
  /** Predictions, shape (batch,). Consumes its arguments' references. */
  forward(weights: Arrays, inputs: Arrays): np.Array;
}

export type Encoded = Readonly<Record<string, Float32Array>>;
export type NamedWeights = Readonly<Record<string, Float32Array>>;

export interface TrainerOptions extends CompileOptions {
  readonly network: Trainable;
  readonly loss: Loss;
  readonly optimizer: OptimiserName;
  /** Learning rate. */
  readonly lr: number;
  /** Examples a step. */
  readonly batch: number;
  /** Initial weights. */
  readonly weights: Readonly<Record<string, Floats>>;
  /** Examples predicted at once (default 1000); fewer are padded. */
  readonly predictBatch?: number;
  /** Of weights and arithmetic (default `float32`). */
  readonly type?: "float32" | "float64";
}

/** Everything a training run continues from: steps taken, weights and the optimiser's buffers. */
export interface Checkpoint {
  readonly step: number;
  readonly weights: Floats;
  readonly state: Readonly<Record<string, Floats>>;
}

/** A batch's encoded examples and labels. */
export interface Batch {
  readonly inputs: Readonly<Record<string, Floats>>;
  readonly labels: Floats;
}

/** Batches side by side, with a view of each. */
export interface Stack extends Batch {
  readonly inputs: Encoded;
  readonly slots: readonly { readonly inputs: Record<string, Float32Array>; readonly labels: Floats }[];
}

export interface Trainer {
  readonly backend: Executable["backend"];
  /** Steps taken so far. */
  readonly taken: number;
  /** One gradient step on `batch` encoded examples and their labels; the mean loss before the step. */
  step(inputs: Readonly<Record<string, Floats>>, labels: Floats): Promise<number>;
  /**
   * As many steps as the arrays hold batches, one after the other: the same numbers, in one call into the runtime. The mean
   * loss before each step.
   */
  steps(inputs: Readonly<Record<string, Floats>>, labels: Floats): Promise<Floats>;
  /** Room for `count` batches side by side, to be encoded into and given to `steps`. */
  stack(count: number): Stack;
  /** Predictions for `count` encoded examples. */
  predict(inputs: Readonly<Record<string, Floats>>, count: number): Promise<Float32Array>;
  /** A copy of the weights. */
  weights(): Record<string, Float32Array>;
  checkpoint(): Checkpoint;
  restore(checkpoint: Checkpoint): void;
  dispose(): Promise<void>;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Input arrays of `count` examples. */
function inputSpecs(network: Trainable, count: number, type: Spec["type"]): Record<string, Spec> {
  return Object.fromEntries(
    Object.entries(network.inputs).map(([name, shape]) => [
      `inputs.${name}`,
      { shape: [count, ...shape], type },
    ]),
  );
}

const inputsOf = (network: Trainable, args: Arrays): Arrays =>
  Object.fromEntries(Object.keys(network.inputs).map((name) => [name, args[`inputs.${name}`]]));

/** One training step as a pure function of named arrays, with their shapes: what `Trainer.step` compiles. */
export function trainingStep(
  options: Pick<TrainerOptions, "network" | "loss" | "optimizer" | "batch" | "type">,
): {
  fn: PureFunction;
  inputs: Specs;
} {
  const { network, loss, batch, type = "float32" } = options;
  const rule = optimiserOf(options.optimizer);
  const flat: Spec = { shape: [totalSize(network.weights)], type };
  const state = rule.state.map((name) => `state.${name}`);
  const schedule = range(rule.scheduled).map((i) => `schedule.${i}`);
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
    const gradient = joinFlat(network.weights, gradients as unknown as Arrays);
    const next = rule.update(
      args.weights,
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

/** Predictions of `count` examples as a pure function of the flat weights and the inputs. */
export function prediction(
  network: Trainable,
  count: number,
  type: "float32" | "float64" = "float32",
): { fn: PureFunction; inputs: Specs } {
  const inputs: Specs = {
    weights: { shape: [totalSize(network.weights)], type },
    ...inputSpecs(network, count, type),
  };
  const fn: PureFunction = (args) => ({
    predictions: network.forward(splitFlat(network.weights, args.weights), inputsOf(network, args)),
  });
  return { fn, inputs };
}

/** Compiles the step and prepares the state. Prediction is compiled when first asked for. */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  const { network, lr, batch, type = "float32", predictBatch = 1000 } = options;
  const rule = optimiserOf(options.optimizer);
  const size = totalSize(network.weights);
  const allocate = (length: number): Floats =>
    type === "float64" ? new Float64Array(length) : new Float32Array(length);
  const names = ["weights", ...rule.state.map((name) => `state.${name}`)];
  let current: Values = Object.fromEntries(names.map((name) => [name, allocate(size)]));
  pack(network.weights, options.weights, current.weights as Floats);
  let taken = 0;

  const { fn, inputs: specs } = trainingStep(options);
  const program = await compileRepeated(fn, specs, names, options);
  let predictor: Promise<Executable> | undefined;
  const adapt = (values: Floats): Floats =>
    type === "float64" && values instanceof Float32Array ? Float64Array.from(values) : values;
  const prefixed = (given: Readonly<Record<string, Floats>>): Record<string, Floats> =>
    Object.fromEntries(Object.keys(network.inputs).map((name) => [`inputs.${name}`, adapt(given[name])]));

  return {
    backend: program.backend,
    get taken() {
      return taken;
    },
    async step(given, labels) {
      return Number((await steps(given, labels))[0]);
    },
    steps,
    stack(count) {
      const sizes = Object.entries(network.inputs).map(([name, shape]) => [name, batch * totalSize({ shape })] as const); // prettier-ignore
      const inputs = Object.fromEntries(sizes.map(([name, each]) => [name, new Float32Array(count * each)]));
      const labels = allocate(count * batch);
      const slots = range(count).map((i) => ({
        inputs: Object.fromEntries(sizes.map(([name, each]) => [name, inputs[name].subarray(i * each, (i + 1) * each)])), // prettier-ignore
        labels: labels.subarray(i * batch, (i + 1) * batch),
      }));
      return { inputs, labels, slots };
    },
    async predict(given, count) {
      predictor ??= compilePrediction();
      const compiled = await predictor;
      const out = new Float32Array(count);
      for (let at = 0; at < count; at += predictBatch) {
        const here = Math.min(predictBatch, count - at);
        const inputs: Record<string, TypedArray> = { weights: current.weights };
        for (const [name, shape] of Object.entries(network.inputs)) {
          const each = shape.reduce((a, b) => a * b, 1);
          const part = allocate(predictBatch * each);
          part.set(given[name].subarray(at * each, (at + here) * each));
          inputs[`inputs.${name}`] = part;
        }
        const { predictions } = await compiled.run(inputs);
        out.set(predictions.subarray(0, here), at);
      }
      return out;
    },
    weights: () =>
      Object.fromEntries(
        Object.entries(unpack(network.weights, current.weights as Floats)).map(([name, w]) => [
          name,
          Float32Array.from(w),
        ]),
      ),
    checkpoint: () => ({
      step: taken,
      weights: current.weights.slice() as Floats,
      state: Object.fromEntries(rule.state.map((name) => [name, current[`state.${name}`].slice() as Floats])),
    }),
    restore(checkpoint) {
      taken = checkpoint.step;
      const state = rule.state.map((name) => [`state.${name}`, checkpoint.state[name].slice()]);
      current = { weights: checkpoint.weights.slice(), ...Object.fromEntries(state) };
    },
    async dispose() {
      await program.dispose();
      await (await predictor)?.dispose();
    },
  };

  async function steps(given: Readonly<Record<string, Floats>>, labels: Floats): Promise<Floats> {
    const count = labels.length / batch;
    const schedule = range(rule.scheduled).map(() => allocate(count));
    for (let i = 0; i < count; i++)
      for (const [j, value] of rule.schedule(taken + 1 + i, lr).entries()) schedule[j][i] = value;
    const scheduled = Object.fromEntries(schedule.map((values, j) => [`schedule.${j}`, values]));
    const each = { ...scheduled, ...prefixed(given), labels: adapt(labels) };
    const { state, outputs } = await program.run(current, each, count);
    current = state;
    taken += count;
    return outputs.loss as Floats;
  }

  function compilePrediction(): Promise<Executable> {
    const p = prediction(network, predictBatch, type);
    return compile(p.fn, p.inputs, options);
  }
}
