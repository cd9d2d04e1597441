/**
 * The Gram matrix of many functions under a finite population's law, too large a table of values to keep: values are
 * worked out for a few points at a time and multiplied in 32 bits.
 */

import { slice } from "../../distribution/samples.ts";
import { tileAt, type SymmetricTiles, type Tick } from "../symmetric-tiles.ts";
import { valuesOn, type MemberList } from "../members.ts";
import type { Population } from "./population.ts";

/** The Gram matrix of members under the law of a population, in tiles. */
export interface PopulationGram extends SymmetricTiles {
  /**
   * Entry (i, j) errs by at most this times ||f_i|| ||f_j||: a sum of P products in 32 bits by (P + 2) 2^-24 sum |f_i
   * f_j| in any order, the values' own rounding included (by the Cauchy-Schwarz inequality, the norms being the
   * population's); sums over parts of P points are kept in 64 bits and rounded once. Six units more cover everything
   * of higher order.
   */
  readonly entryError: number;
}

const TILE = 512;
const PART = 512;
/** Parts multiplied one after the other into a tile while it is in the cache: all tiles together are far larger. */
const PARTS = 8;
export const ENTRY_ERROR = (PART + 9) * 2 ** -24;
/** Members evaluated together. */
const TOGETHER = 128;

/** Inner products of all members under the population's weights, in square tiles: those on and below the diagonal. */
export async function populationGram(
  list: MemberList,
  { points, weights, signal }: Population,
  tick: Tick,
): Promise<PopulationGram> {
  const { matmul32 } = await import("../../engine/run/matmul.ts");
  const { count } = list;
  const tile = Math.min(TILE, 4 * Math.ceil(count / 4));
  const blocks = Math.ceil(count / tile);
  const sums = Array.from({ length: (blocks * (blocks + 1)) / 2 }, () => new Float64Array(tile * tile));
  const evaluate = valuesOn(list);
  /** Roots of the probabilities times values on one part, tile by tile; points beyond the part are 0. */
  async function rows(from: number, to: number): Promise<Float32Array[]> {
    const values = Array.from({ length: blocks }, () => new Float32Array(tile * PART));
    const on = evaluate(slice(points, from, to));
    const roots = Float64Array.from({ length: to - from }, (_, x) => Math.sqrt(weights?.[from + x] ?? 1));
    for (let first = 0; first < count; first += TOGETHER) {
      const size = Math.min(TOGETHER, count - first);
      const block = await on(Int32Array.from({ length: size }, (_, i) => first + i));
      for (let i = 0, at = 0; i < size; i++) {
        const target = values[Math.floor((first + i) / tile)];
        const row = ((first + i) % tile) * PART;
        for (let x = 0; x < to - from; x++, at++) target[row + x] = block[at] * roots[x];
      }
    }
    return values;
  }

  for (let from = 0; from < points.count;) {
    const parts: Float32Array[][] = [];
    for (; parts.length < PARTS && from < points.count; from += PART)
      parts.push(await rows(from, Math.min(points.count, from + PART)));
    for (let i = 0; i < blocks; i++)
      for (let j = 0; j <= i; j++) {
        const target = sums[tileAt(i, j)];
        for (const values of parts) {
          const product = await matmul32(values[i], values[j], tile, PART, tile, { transposeB: true });
          for (let at = 0; at < target.length; at++) target[at] += product[at];
        }
      }
    signal?.throwIfAborted();
    await tick(Math.min(1, from / points.count));
  }
  const scale = weights === undefined ? 1 / points.count : 1;
  const tiles: Float32Array[] = [];
  // one tile after the other is rounded and given up
  for (let sum = sums.shift(); sum !== undefined; sum = sums.shift())
    tiles.push(new Float32Array(sum.map((x) => x * scale)));
  return { order: count, tile, tiles, entryError: ENTRY_ERROR };
}
