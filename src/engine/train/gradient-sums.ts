/**
 * Sums over examples of a network's per-example gradients: what an oracle that only sums asks about. No gradient of a
 * single example leaves the engine, and all sums are of one evaluation of the network and its gradients.
 */

import { splitFlat, totalSize, type Floats } from "./flat.ts";
import { numpy as np, valueAndGrad, vmap } from "../lower/jax.ts";
import { compile, startJax, type CompileOptions } from "../run/program.ts";
import type { Arrays, Specs } from "../lower/trace.ts";
import type { Encoded } from "./stack.ts";
import { inputSpecs, inputsOf, type Trainable } from "./training-step.ts";

/** Sums over examples x of something of the gradient h(x) of the prediction N(x), one a weight. */
export interface GradientSumsAt {
  /** sum_x c(x) h(x). */
  readonly gradients: Float64Array;
  /** sum_x p(x) N(x) h(x). */
  readonly weighted: Float64Array;
  /** sum_x p(x) h_i(x)^2 for every weight i. */
  readonly squares: Float64Array;
}

/** A compiled evaluation of the three sums. */
export interface GradientSums {
  /** Number of weights P. */
  readonly size: number;
  /**
   * @param factors c(x), one an example
   * @param shares p(x), one an example
   */
  run(weights: Floats, inputs: Encoded, factors: Float32Array, shares: Float32Array): Promise<GradientSumsAt>;
  dispose(): Promise<void>;
}

/**
 * Compiles for `batch` examples at once; of any other number the last are padded, with factors and shares 0. Sums over
 * a batch are of 32 bits, and err by at most about `batch` 2^-24 times the sum of their terms' sizes; batches are added
 * in 64 bits.
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
    shares: { shape: [batch], type: "float32" },
    ...inputSpecs(network, batch, "float32"),
  };
  const program = await compile((args) => sumsOf(network, args), inputs, options);
  return {
    size,
    async run(weights, given, factors, shares) {
      const linear = new Float64Array(2 * size);
      const squares = new Float64Array(size);
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
        const args = {
          weights,
          factors: piece(factors),
          shares: piece(shares),
          ...Object.fromEntries(inputs),
        };
        const part = await program.run(args);
        part.linear.forEach((x, i) => (linear[i] += x));
        part.squares.forEach((x, i) => (squares[i] += x));
      }
      return { gradients: linear.subarray(0, size), weighted: linear.subarray(size), squares };
    },
    dispose: () => program.dispose(),
  };
}

/** The traced sums: the two that are linear in the gradients as rows of one array, and those of squares. */
function sumsOf(network: Trainable, args: Arrays): Arrays {
  const names = Object.keys(network.inputs);
  const one = (weights: Arrays, given: Arrays): np.Array => {
    const single = names.map((name) => [name, given[name].reshape([1, ...network.inputs[name]])]);
    return np.sum(network.forward(weights, Object.fromEntries(single) as Arrays));
  };
  const { factors, shares } = args;
  const [examples] = factors.shape;
  const [predictions, each] = vmap(valueAndGrad(one), [null, 0])(
    splitFlat(network.weights, args.weights),
    inputsOf(network, args),
  ) as [np.Array, Arrays];
  const both = np.stack([factors, predictions.mul(shares.ref)]);
  const rows = Object.keys(network.weights).map((name) => each[name].reshape([examples, -1]));
  const linear = np.concatenate(
    rows.map((row) => np.matmul(both.ref, row.ref)),
    1,
  );
  const squares = np.concatenate(rows.map((row) => np.matmul(shares.ref, np.square(row))));
  both.dispose();
  shares.dispose();
  return { linear, squares };
}
