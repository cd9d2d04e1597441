/** Test kit: does a network respect a symmetry? */

import type { Samples } from "../distribution/law.ts";
import { compile, type CompileOptions } from "../engine/run/program.ts";
import { prediction } from "../engine/train/predictor.ts";
import type { Trainable } from "../engine/train/training-step.ts";
import type { Encoded, Weights } from "./network.ts";

/** A network as it is trained, with its encoding. */
export type Testable = Trainable & { encode(samples: Samples): Encoded };

/**
 * The largest change of a prediction when the examples are transformed by `act`, divided by the largest prediction
 * (by 1 if that is smaller). For an invariant network about float32's rounding, 1e-6.
 */
export async function invarianceError(
  network: Testable,
  weights: Weights,
  samples: Samples,
  act: (samples: Samples) => Samples,
  options: CompileOptions = {},
): Promise<number> {
  const { fn, inputs } = prediction(network, samples.count);
  const program = await compile(fn, inputs, options);
  const flat = Float32Array.from(Object.keys(network.weights).flatMap((name) => Array.from(weights[name])));
  const predict = async (of: Samples): Promise<Float32Array> => {
    const encoded = Object.entries(network.encode(of)).map(([name, data]) => [`inputs.${name}`, data]);
    const { predictions } = await program.run({ weights: flat, ...Object.fromEntries(encoded) });
    return Float32Array.from(predictions);
  };
  const before = await predict(samples);
  const after = await predict(act(samples));
  await program.dispose();
  const scale = Math.max(1, ...before.map(Math.abs));
  return Math.max(...before.map((x, i) => Math.abs(x - after[i]))) / scale;
}

/** Graphs with their nodes renamed: node i of the result is node `order[i]` of the original. */
export function permuteNodes({ count, shape, data }: Samples, order: ArrayLike<number>): Samples {
  const n = order.length;
  const moved = data.slice();
  for (let g = 0; g < count; g++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) moved[(g * n + i) * n + j] = data[(g * n + order[i]) * n + order[j]];
  return { count, shape, data: moved };
}

/** Entries of flat examples renamed: entry i of the result is entry `order[i]` of the original. */
export function permuteEntries({ count, shape, data }: Samples, order: ArrayLike<number>): Samples {
  const n = order.length;
  const moved = data.slice();
  for (let at = 0; at < count * n; at += n) for (let i = 0; i < n; i++) moved[at + i] = data[at + order[i]];
  return { count, shape, data: moved };
}
