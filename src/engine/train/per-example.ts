/** Predictions and per-example gradients of a network: what gradient descent through a query oracle asks about. */

import { splitFlat, totalSize, type Floats } from "./flat.ts";
import { grad, numpy as np, vmap } from "../lower/jax.ts";
import { compile, startJax, type CompileOptions } from "../run/program.ts";
import type { Encoded } from "./trainer.ts";
import type { Trainable } from "./training-step.ts";
import type { Arrays, PureFunction, Spec } from "../lower/trace.ts";

export interface PerExample {
  /** Number of weights P. */
  readonly size: number;
  /**
   * At most `batch` encoded examples.
   * @returns predictions (count) and d prediction / d weight, row-major (weight, example)
   */
  run(
    weights: Floats,
    inputs: Encoded,
    count: number,
  ): Promise<{ predictions: Float32Array; gradients: Float32Array }>;
  dispose(): Promise<void>;
}

/** Compiles for up to `batch` examples at once; fewer are padded. */
export async function perExample(
  network: Trainable,
  batch: number,
  options: CompileOptions = {},
): Promise<PerExample> {
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
  const specs: Record<string, Spec> = { weights: { shape: [size] } };
  for (const name of names) specs[`inputs.${name}`] = { shape: [batch, ...network.inputs[name]] };
  const program = await compile(fn, specs, options);
  return {
    size,
    async run(weights, inputs, count) {
      const args: Record<string, Floats> = { weights };
      for (const name of names) {
        const given = inputs[name];
        args[`inputs.${name}`] = count === batch ? given : padded(given, (given.length / count) * batch);
      }
      const { predictions, gradients } = await program.run(args);
      const rows = gradients as Float32Array;
      if (count === batch) return { predictions: predictions as Float32Array, gradients: rows };
      const cut = new Float32Array(size * count);
      for (let i = 0; i < size; i++) cut.set(rows.subarray(i * batch, i * batch + count), i * count);
      return { predictions: (predictions as Float32Array).slice(0, count), gradients: cut };
    },
    dispose: () => program.dispose(),
  };
}

function padded(values: Float32Array, length: number): Float32Array {
  const out = new Float32Array(length);
  out.set(values);
  return out;
}
