/** Parts of samples, and graphs as samples. */

import { product } from "../base/product.ts";
import { packRows, unpackRows, wordsOf } from "./bit-rows.ts";
import type { Samples } from "./law.ts";

/** Numbers of one example. */
export const sizeOf = ({ shape }: Samples): number => product(shape);

/** Whether the examples are graphs by their adjacency matrices. */
export const isGraphs = (samples: Samples): boolean =>
  // by their rows where they have them: asking for the data would write all of it
  samples.rows !== undefined || samples.data instanceof Uint8Array;

/** Graphs on n nodes by their bit rows; `data` is written when first asked for. */
export function samplesOfRows(
  rows: Uint16Array,
  n: number,
  write = (): Samples["data"] => unpackRows(rows, n, new Uint8Array((rows.length / wordsOf(n)) * n)),
): Samples {
  let data: Samples["data"] | undefined;
  return {
    count: rows.length / (n * wordsOf(n)),
    shape: [n, n],
    rows,
    get data() {
      return (data ??= write());
    },
  };
}

/** The bit rows of graphs, however they are given. */
export const rowsOf = (samples: Samples): Uint16Array =>
  samples.rows ?? packRows(samples.data, samples.shape[0]);

/** Examples `from` to `to - 1`, sharing memory. */
export function slice(samples: Samples, from: number, to: number): Samples {
  const { count, shape, rows } = samples;
  const size = sizeOf(samples);
  const data = (): Samples["data"] => samples.data.subarray(from * size, to * size);
  if (rows === undefined) return { count: to - from, shape, data: data() };
  const each = rows.length / count;
  return samplesOfRows(rows.subarray(from * each, to * each), shape[0], data);
}

/** The examples with these numbers. */
export function take(samples: Samples, chosen: readonly number[]): Samples {
  const { count, shape, rows } = samples;
  if (rows !== undefined) return samplesOfRows(gather(rows, rows.length / count, chosen), shape[0]);
  return { count: chosen.length, shape, data: gather(samples.data, sizeOf(samples), chosen) };
}

function gather<T extends Samples["data"] | Uint16Array>(
  from: T,
  size: number,
  chosen: readonly number[],
): T {
  const out = new (from.constructor as new (length: number) => T)(chosen.length * size);
  for (const [i, j] of chosen.entries()) out.set(from.subarray(j * size, (j + 1) * size), i * size);
  return out;
}

/** w.x of every example x, (count). */
export function along(w: ArrayLike<number>, { count, data }: Samples): Float64Array {
  const out = new Float64Array(count);
  for (let s = 0, at = 0; s < count; s++) for (let j = 0; j < w.length; j++, at++) out[s] += w[j] * data[at];
  return out;
}
