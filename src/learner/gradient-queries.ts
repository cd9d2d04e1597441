/**
 * The questions of a step of descent through an oracle, as a block of queries: d_i N, and label-free N d_i N beside. An
 * oracle that only sums is given sums of gradients; for any other (the adversary holds its members against every value)
 * the gradients of single examples are worked out.
 */

import type { Samples } from "../distribution/law.ts";
import { totalSize } from "../engine/train/flat.ts";
import { gradientSums, type GradientSums } from "../engine/train/gradient-sums.ts";
import { perExample, type PerExample } from "../engine/train/per-example.ts";
import type { Encoded, Network } from "../network/network.ts";
import type { QueryBlock } from "../query/oracle/oracle.ts";
import { CHUNK } from "../query/oracle/population.ts";

/** What a step asks. */
export interface StepQueries {
  /** d_i N, for every weight i, and beside it N d_i N. */
  readonly block: QueryBlock;
  /** The weights have changed. */
  stepped(): void;
  dispose(): Promise<void>;
}

/** Examples whose gradients are summed at once: what is made of them stays in the cache. */
const TOGETHER = 256;

/** Most numbers of examples that are kept: gradients between the two questions of a step, and encodings. */
const KEPT_FLOATS = 2 ** 26;

/** What is made of samples, kept for those that come again: the same part of the same array. `size`: numbers of one. */
function keptBySamples<T>(size: number, make: (samples: Samples) => T): (samples: Samples) => T {
  const kept = new WeakMap<ArrayBufferLike, Map<string, T>>();
  return (samples) => {
    const { buffer, byteOffset } = samples.data;
    const here = kept.get(buffer) ?? new Map<string, T>();
    kept.set(buffer, here);
    const name = `${byteOffset} ${samples.count}`;
    const result = here.get(name) ?? make(samples);
    if ((here.size + 1) * size <= KEPT_FLOATS) here.set(name, result);
    return result;
  };
}

/**
 * Compiles what an oracle makes use of.
 * @param weights the current ones, `count` of them
 */
export function stepQueries(network: Network, count: number, weights: () => Float32Array): StepQueries {
  const encodedSize = CHUNK * totalSize(network.inputs);
  const encoded = keptBySamples(encodedSize, (samples): Encoded => network.encode(samples));
  let sums: Promise<GradientSums> | undefined;
  let program: Promise<PerExample> | undefined;
  const evaluate = async (samples: Samples): ReturnType<PerExample["run"]> => {
    program ??= perExample(network, CHUNK);
    return (await program).run(weights(), encoded(samples), samples.count);
  };
  // one evaluation serves both questions of a step
  const evaluations = () => keptBySamples(count * CHUNK, evaluate);
  let at = evaluations();
  const products = new Float32Array(count * CHUNK); // one for all: new memory costs more than the products
  const block: QueryBlock = {
    count,
    on: async (samples) => (await at(samples)).gradients,
    free: {
      count,
      async on(samples) {
        const { predictions, gradients } = await at(samples);
        return columnsTimes(gradients, predictions, products.subarray(0, gradients.length));
      },
    },
    async sums(samples, { signal, share }) {
      sums ??= gradientSums(network, TOGETHER);
      const { run } = await sums;
      const { gradients, weighted, squares } = await run(weights(), encoded(samples), signal, share);
      return { inner: gradients, free: weighted, squares };
    },
  };
  return {
    block,
    stepped: () => void (at = evaluations()),
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
