/**
 * A finite population: the law an oracle answers for, uniform or weighted on finitely many points. Expectations under it
 * are sums, so answers, norms and the adversary's books are exact for this law.
 */

import type { Key } from "../../base/random.ts";
import type { Law, Samples } from "../../distribution/law.ts";
import { slice } from "../../distribution/samples.ts";
import type { QueryBlock } from "./oracle.ts";

export interface Population {
  readonly points: Samples;
  /** Probabilities of the points, summing to 1; absent: uniform. */
  readonly weights?: Float64Array;
  /** Evaluations on the points end with its reason when it aborts. */
  readonly signal?: AbortSignal;
}

/** `count` examples of the law, each as likely as any other. */
export const samplePopulation = (law: Law, key: Key, count: number): Population => ({
  points: law.sample(key, count),
});

/** The most points handed to queries at once: their values stay in the cache, and large blocks in memory. */
export const CHUNK = 1024;

type Floats = Float32Array | Float64Array;

/** Functions on a population's points that queries are correlated with: one target's labels, or all members of a family. */
export interface Signals {
  readonly count: number;
  /** Adds sum_x p(x) h(x) f_i(x) over the points from `from` on to sums[h * count + i]; `weighted` holds p(x) h(x). */
  accumulate(
    weighted: Floats,
    queries: number,
    from: number,
    size: number,
    sums: Float64Array,
  ): void | Promise<void>;
  /** Called once all points are through. */
  finish?(sums: Float64Array, queries: number): void;
}

export interface Moments {
  /** <h, f_i>, row-major (query, signal). */
  readonly inner: Float64Array;
  readonly norms: Float64Array;
  readonly means: Float64Array;
}

/** Evaluates the block on every point once: inner products with the signals, norms and means. */
export async function moments(
  { points, weights, signal }: Population,
  block: QueryBlock,
  signals: Signals | null,
): Promise<Moments> {
  const { count } = block;
  const inner = new Float64Array(count * (signals?.count ?? 0));
  const [squares, means] = [new Float64Array(count), new Float64Array(count)];
  let last = Date.now();
  for (let from = 0; from < points.count; from += CHUNK) {
    if (Date.now() - last > 50) {
      await new Promise((resolve) => setTimeout(resolve, 0)); // gives way to signals and drawing
      last = Date.now();
    }
    signal?.throwIfAborted();
    const size = Math.min(CHUNK, points.count - from);
    const values = await block.on(slice(points, from, from + size));
    if (values.length !== count * size)
      throw new RangeError(`a block of ${count} queries gave ${values.length} values on ${size} samples`);
    const weighted = weights === undefined ? values : new Float64Array(values.length);
    for (let q = 0, at = 0; q < count; q++) {
      let [sum, square] = [0, 0];
      for (let x = 0; x < size; x++, at++) {
        const p = weights === undefined ? 1 : weights[from + x];
        const h = values[at];
        sum += p * h;
        square += p * h * h;
        if (weights !== undefined) weighted[at] = p * h;
      }
      means[q] += sum;
      squares[q] += square;
    }
    await signals?.accumulate(weighted, count, from, size, inner);
  }
  if (!squares.every(Number.isFinite)) throw new RangeError("a query takes a value that is not finite");
  signals?.finish?.(inner, count);
  if (weights === undefined)
    for (const sums of [inner, squares, means]) for (let i = 0; i < sums.length; i++) sums[i] /= points.count;
  return { inner, norms: squares.map(Math.sqrt), means };
}

/** One function by its values on the points. */
export const labelSignal = (labels: ArrayLike<number>): Signals => ({
  count: 1,
  accumulate(weighted, queries, from, size, sums) {
    for (let q = 0, at = 0; q < queries; q++)
      for (let x = 0; x < size; x++, at++) sums[q] += weighted[at] * labels[from + x];
  },
});
