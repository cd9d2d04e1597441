/**
 * A finite population: the law an oracle answers for, uniform or weighted on finitely many points. Expectations under
 * it are sums, so answers, norms and the adversary's books are exact for this law.
 */

import type { Key } from "../../base/random.ts";
import type { Law, Samples } from "../../distribution/law.ts";
import { slice } from "../../distribution/samples.ts";
import type { Floats } from "../../engine/train/flat.ts";
import type { FunctionBlock } from "./oracle.ts";

/** A finite law: points with their probabilities. */
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

/**
 * Functions on a population's points that queries are correlated with: one target's labels, or all members of a
 * family.
 */
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

/** What queries and members have in common, under the law of their population. */
export interface Correlated {
  /** <h, f_i>, row-major (query, member). */
  readonly inner: Float64Array;
  readonly norms: Float64Array;
  /** What the inner products of each query may err by, where it is more than rounding in 64 bits. */
  readonly errors?: Float64Array;
}

/** Thrown for queries that have values which are not finite. */
export class NotFinite extends RangeError {}

/** The points in order, at most `CHUNK` at a time. */
export async function* chunksOf({
  points,
  signal,
}: Pick<Population, "points" | "signal">): AsyncGenerator<{ samples: Samples; from: number }> {
  let last = performance.now();
  for (let from = 0; from < points.count; from += CHUNK) {
    if (performance.now() - last > 50) {
      await new Promise((resolve) => setTimeout(resolve, 0)); // gives way to signals and drawing
      last = performance.now();
    }
    signal?.throwIfAborted();
    yield { samples: slice(points, from, Math.min(points.count, from + CHUNK)), from };
  }
}

/** Evaluates the block on every point once: inner products with the signals, norms and means. */
export async function moments(
  { points, weights, signal }: Population,
  block: FunctionBlock,
  signals: Signals | null,
): Promise<Moments> {
  const { count } = block;
  const inner = new Float64Array(count * (signals?.count ?? 0));
  const [squares, means] = [new Float64Array(count), new Float64Array(count)];
  for await (const { samples, from } of chunksOf({ points, signal })) {
    const size = samples.count;
    const values = await block.on(samples);
    if (values.length !== count * size)
      throw new RangeError(`a block of ${count} queries gave ${values.length} values on ${size} samples`);
    const weighted = weights === undefined ? values : times(values, weights, from, size);
    addRowSums(weighted, values, count, size, means, squares);
    await signals?.accumulate(weighted, count, from, size, inner);
  }
  if (!squares.every(Number.isFinite)) throw new NotFinite("a query takes a value that is not finite");
  signals?.finish?.(inner, count);
  if (weights === undefined)
    for (const sums of [inner, squares, means]) for (let i = 0; i < sums.length; i++) sums[i] /= points.count;
  return { inner, norms: squares.map(Math.sqrt), means };
}

/** Every row times the points' probabilities. */
function times(values: Float32Array, weights: Float64Array, from: number, size: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let at = 0; at < out.length;)
    for (let x = from; x < from + size; x++, at++) out[at] = weights[x] * values[at];
  return out;
}

/**
 * Adds sum_x w(x) to means and sum_x w(x) h(x) to squares, for every row. Four rows at a time, as one alone waits for
 * each addition; a row's terms are added in the same order either way.
 */
function addRowSums(
  w: Floats,
  h: Floats,
  rows: number,
  size: number,
  means: Float64Array,
  squares: Float64Array,
): void {
  for (let q = 0; q < rows; q += 4) {
    const many = Math.min(4, rows - q);
    const [a, b, c, d] = [0, 1, 2, 3].map((i) => (q + Math.min(i, many - 1)) * size);
    let [sa, sb, sc, sd, ta, tb, tc, td] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let x = 0; x < size; x++) {
      const [wa, wb, wc, wd] = [w[a + x], w[b + x], w[c + x], w[d + x]];
      sa += wa;
      sb += wb;
      sc += wc;
      sd += wd;
      ta += wa * h[a + x];
      tb += wb * h[b + x];
      tc += wc * h[c + x];
      td += wd * h[d + x];
    }
    const [sums, products] = [
      [sa, sb, sc, sd],
      [ta, tb, tc, td],
    ];
    for (let i = 0; i < many; i++) {
      means[q + i] += sums[i];
      squares[q + i] += products[i];
    }
  }
}

/** One function by its values on the points. */
export function labelSignal(given: ArrayLike<number>): Signals {
  const labels = Float64Array.from(given);
  return {
    count: 1,
    accumulate(weighted, queries, from, size, sums) {
      let q = 0;
      for (; q + 3 < queries; q += 4) {
        const [a, b, c, d] = [q * size, (q + 1) * size, (q + 2) * size, (q + 3) * size];
        let [sa, sb, sc, sd] = [sums[q], sums[q + 1], sums[q + 2], sums[q + 3]];
        for (let x = 0; x < size; x++) {
          const y = labels[from + x];
          sa += weighted[a + x] * y;
          sb += weighted[b + x] * y;
          sc += weighted[c + x] * y;
          sd += weighted[d + x] * y;
        }
        [sums[q], sums[q + 1], sums[q + 2], sums[q + 3]] = [sa, sb, sc, sd];
      }
      for (; q < queries; q++)
        for (let x = 0; x < size; x++) sums[q] += weighted[q * size + x] * labels[from + x];
    },
  };
}
