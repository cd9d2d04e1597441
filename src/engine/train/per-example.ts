/** Predictions and per-example gradients of a network: what gradient descent through a query oracle asks about. */

import { floats, splitFlat, totalSize, type Floats } from "./flat.ts";
import { grad, numpy as np, vmap } from "../lower/jax.ts";
import { compile, startJax, type CompileOptions } from "../run/program.ts";
import type { Encoded } from "./stack.ts";
import type { StepOptions, Trainable } from "./training-step.ts";
import type { Arrays, PureFunction, Spec } from "../lower/trace.ts";

export interface PerExample<T extends Floats = Float32Array> {
  /** Number of weights P. */
  readonly size: number;
  /**
   * At most `batch` encoded examples.
   * @returns predictions (count) and d prediction / d weight, row-major (weight, example)
   */
  run(weights: Floats, inputs: Encoded, count: number): Promise<{ predictions: T; gradients: T }>;
  dispose(): Promise<void>;
}

/** Compiles for up to `batch` examples at once; fewer are padded. Arithmetic is in `type` (default `float32`). */
export function perExample(
  network: Trainable,
  batch: number,
  options?: CompileOptions & { readonly type?: "float32" },
): Promise<PerExample>;
export function perExample(
  network: Trainable,
  batch: number,
  options: CompileOptions & { readonly type: "float64" },
): Promise<PerExample<Float64Array>>;
export async function perExample(
  network: Trainable,
  batch: number,
  options: CompileOptions & Pick<StepOptions, "type"> = {},
): Promise<PerExample<Floats>> {
  const { type = "float32" } = options;
  await startJax();
  const size = totalSize(network.weights);
  const names = Object.keys(network.inputs);
  const one = (weights: np.Array, ...inputs: np.Array[]): np.Array => {
    const given: Arrays = Object.fromEntries(
      names.map((name, i) => [name, inputs[i].reshape([1, ...network.inputs[name]])]),
    );
    return np.sum(network.forward(splitFlat(network.weights, weights), given));
  };
  const fn: PureFunction = (args) => {
    const given = names.map((name) => args[`inputs.${name}`]);
    const axes = [null, ...names.map(() => 0)];
    const all = vmap(grad(one), axes)(args.weights.ref, ...given.map((x) => x.ref)) as np.Array;
    const inputs = Object.fromEntries(names.map((name, i) => [name, given[i]]));
    return {
      gradients: np.transpose(all),
      predictions: network.forward(splitFlat(network.weights, args.weights), inputs),
    };
  };
  const specs: Record<string, Spec> = { weights: { shape: [size], type } };
  for (const name of names) specs[`inputs.${name}`] = { shape: [batch, ...network.inputs[name]], type };
  const program = await compile(fn, specs, options);
  return {
    size,
    async run(weights, inputs, count) {
      const args: Record<string, Floats> = { weights };
      for (const name of names) {
        const given = inputs[name];
        const whole = count === batch && type === "float32";
        args[`inputs.${name}`] = whole ? given : padded(given, floats(type, (given.length / count) * batch));
      }
      const { predictions, gradients } = await program.run(args);
      const rows = gradients as Floats;
      if (count === batch) return { predictions: predictions as Floats, gradients: rows };
      const cut = floats(type, size * count);
      for (let i = 0; i < size; i++) cut.set(rows.subarray(i * batch, i * batch + count), i * count);
      return { predictions: (predictions as Floats).slice(0, count), gradients: cut };
    },
    dispose: () => program.dispose(),
  };
}

function padded(values: Float32Array, out: Floats): Floats {
  out.set(values);
  return out;
}
