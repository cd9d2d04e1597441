/**
 * Sums over examples of a network's per-example gradients: what an oracle that only sums asks about. No gradient of a
 * single example leaves the engine, and sums of gradients are one gradient.
 */

import { joinFlat, splitFlat, totalSize, type Floats } from "./flat.ts";
import { grad, numpy as np, vmap } from "../lower/jax.ts";
import { compile, startJax, type CompileOptions, type Executable } from "../run/program.ts";
import type { Arrays, Specs } from "../lower/trace.ts";
import type { Encoded } from "./trainer.ts";
import { inputSpecs, inputsOf, type Trainable } from "./training-step.ts";

/** Sums over examples x of c(x), a factor an example, times something of the gradient h(x) of the prediction N(x). */
export interface GradientSums {
  /** Number of weights P; every sum is an array of this length. */
  readonly size: number;
  /** sum_x c(x) h(x). */
  gradients(weights: Floats, inputs: Encoded, factors: Float32Array): Promise<Float64Array>;
  /** sum_x c(x) N(x) h(x). */
  weighted(weights: Floats, inputs: Encoded, factors: Float32Array): Promise<Float64Array>;
  /** sum_x c(x) h_i(x)^2 for every weight i. */
  squares(weights: Floats, inputs: Encoded, factors: Float32Array): Promise<Float64Array>;
  dispose(): Promise<void>;
}

/**
 * Compiles for `batch` examples at once; of any other number the last are padded, with factors 0. Sums over a batch are
 * of 32 bits, and err by at most about `batch` 2^-24 times the sum of their terms' sizes; batches are added in 64 bits.
 */
export async function gradientSums(
  network: Trainable,
  batch: number,
  options?: CompileOptions,
): Promise<GradientSums> {
  await startJax();
  const size = totalSize(network.weights);
  const inputs: Specs = {
    weights: { shape: [size], type: "float32" },
    factors: { shape: [batch], type: "float32" },
    ...inputSpecs(network, batch, "float32"),
  };
  const programOf = (fn: (args: Arrays) => Arrays): Promise<Executable> =>
    compile((args) => ({ sums: joinFlat(network.weights, fn(args)) }), inputs, options);
  const summed = (of: (predictions: np.Array) => np.Array) =>
    programOf((args) => {
      const objective = (weights: Arrays, given: Arrays, factors: np.Array): np.Array =>
        np.sum(of(network.forward(weights, given)).mul(factors));
      const weights = splitFlat(network.weights, args.weights);
      return grad(objective)(weights, inputsOf(network, args), args.factors) as Arrays;
    });
  const programs = {
    gradients: await summed((n) => n),
    weighted: await summed((n) => np.square(n).mul(0.5)),
    squares: await programOf((args) => squaresOf(network, args)),
  };
  const run =
    (program: Executable): GradientSums["gradients"] =>
    async (weights, given, factors) => {
      const sums = new Float64Array(size);
      for (let from = 0; from < factors.length; from += batch) {
        const count = Math.min(batch, factors.length - from);
        const piece = (values: Float32Array): Float32Array => {
          const each = values.length / factors.length;
          const part = values.subarray(from * each, (from + count) * each);
          if (count === batch) return part;
          const out = new Float32Array(batch * each);
          out.set(part);
          return out;
        };
        const inputs = Object.entries(given).map(([name, values]) => [`inputs.${name}`, piece(values)]);
        const args = { weights, factors: piece(factors), ...Object.fromEntries(inputs) };
        (await program.run(args)).sums.forEach((x, i) => (sums[i] += x));
      }
      return sums;
    };
  return {
    size,
    gradients: run(programs.gradients),
    weighted: run(programs.weighted),
    squares: run(programs.squares),
    async dispose() {
      await Promise.all(Object.values(programs).map((p) => p.dispose()));
    },
  };
}

/** The traced sums of squares, one array a weight. */
function squaresOf(network: Trainable, args: Arrays): Arrays {
  const names = Object.keys(network.inputs);
  const one = (weights: Arrays, given: Arrays): np.Array => {
    const single = names.map((name) => [name, given[name].reshape([1, ...network.inputs[name]])]);
    return np.sum(network.forward(weights, Object.fromEntries(single) as Arrays));
  };
  const weights = splitFlat(network.weights, args.weights);
  const all = vmap(grad(one), [null, 0])(weights, inputsOf(network, args)) as Arrays;
  const factors = args.factors;
  return Object.fromEntries(
    Object.entries(all).map(([name, each]) => {
      const rows = np.square(each.reshape([factors.shape[0], -1]));
      return [name, np.matmul(factors.ref, rows)];
    }),
  );
}
