/**
 * The two questions of a step of descent through an oracle, as blocks of queries: of N d_i N, label-free, and of d_i N.
 * An oracle that only sums is given sums of gradients; for any other (the adversary holds its members against every
 * value) the gradients of single examples are worked out.
 */

import type { Samples } from "../distribution/law.ts";
import { gradientSums, type GradientSums } from "../engine/train/gradient-sums.ts";
import { perExample, type PerExample } from "../engine/train/per-example.ts";
import type { Network } from "../network/network.ts";
import type { BlockSums, QueryBlock } from "../query/oracle/oracle.ts";
import { CHUNK } from "../query/oracle/population.ts";

/** What a step asks. */
export interface StepQueries {
  /** N d_i N, for every weight i. */
  readonly free: QueryBlock;
  /** d_i N. */
  readonly entries: QueryBlock;
  /** The weights have changed. */
  stepped(): void;
  dispose(): Promise<void>;
}

/** Examples whose gradients are summed at once: what is made of them stays in the cache. */
const TOGETHER = 256;

/** Gradients of one step that are kept between its two questions. */
const KEPT_FLOATS = 2 ** 26;

/**
 * Compiles what an oracle makes use of.
 * @param weights the current ones, `count` of them
 */
export function stepQueries(network: Network, count: number, weights: () => Float32Array): StepQueries {
  let sums: Promise<GradientSums> | undefined;
  const summed =
    (of: "gradients" | "weighted" | "squares"): BlockSums =>
    async (samples, factors) => {
      sums ??= gradientSums(network, TOGETHER);
      return (await sums)[of](weights(), network.encode(samples), factors);
    };
  let program: Promise<PerExample> | undefined;
  // one evaluation serves both questions of a step
  let kept = new WeakMap<ArrayBufferLike, Map<number, ReturnType<PerExample["run"]>>>();
  const at = async (samples: Samples): ReturnType<PerExample["run"]> => {
    program ??= perExample(network, CHUNK);
    const { run } = await program;
    const { buffer, byteOffset } = samples.data;
    const here = kept.get(buffer) ?? new Map<number, ReturnType<PerExample["run"]>>();
    kept.set(buffer, here);
    const name = byteOffset * (CHUNK + 1) + samples.count;
    const result = here.get(name) ?? run(weights(), network.encode(samples), samples.count);
    if ((here.size + 1) * count * CHUNK <= KEPT_FLOATS) here.set(name, result);
    return result;
  };
  const products = new Float32Array(count * CHUNK); // one for all: new memory costs more than the products
  return {
    entries: {
      count,
      on: async (samples) => (await at(samples)).gradients,
      sums: summed("gradients"),
      squares: summed("squares"),
    },
    free: {
      count,
      async on(samples) {
        const { predictions, gradients } = await at(samples);
        return columnsTimes(gradients, predictions, products.subarray(0, gradients.length));
      },
      sums: summed("weighted"),
    },
    stepped: () => void (kept = new WeakMap()),
    async dispose() {
      await Promise.all([(await sums)?.dispose(), (await program)?.dispose()]);
    },
  };
}

/** Every row of `rows` times `factors`, entry by entry. */
function columnsTimes(rows: Float32Array, factors: Float32Array, out: Float32Array): Float32Array {
  for (let at = 0; at < out.length;)
    for (let x = 0; x < factors.length; x++, at++) out[at] = rows[at] * factors[x];
  return out;
}
