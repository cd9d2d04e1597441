/**
 * The Gram matrix of many functions under a finite population's law, too large a table of values to keep: values are
 * worked out for a few points at a time and multiplied in 32 bits.
 */

import type { JsonObject } from "../../base/checked.ts";
import { oneByOne, runSteps, type DoAll, type Progress, type Work } from "../../base/progress.ts";
import type { Samples } from "../../distribution/law.ts";
import { slice } from "../../distribution/samples.ts";
import { addRow, tileAt, type SymmetricTiles, type Tick } from "../symmetric-tiles.ts";
import { valuesOn, type MemberList } from "../members.ts";
import { gramRoom } from "./gram-room.ts";
import type { Correlated, Population } from "./population.ts";

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
/**
 * Parts multiplied one after the other into a tile, as all tiles together are far larger than a cache; their products
 * are added to it in the order of the parts.
 */
const PARTS = 8;
export const ENTRY_ERROR = (PART + 9) * 2 ** -24;
/** Members evaluated together. */
const TOGETHER = 128;

/** Members squared times points from which on threads are worth their start and a second matrix of sums. */
const WORTH_THREADS = 2 ** 33;

/** Inner products of members under some of a population's points. */
export interface GramJob {
  /** What names the list for who makes it again; nothing where it is at hand. */
  readonly list: JsonObject;
  readonly points: Samples;
  readonly weights?: Float64Array;
}

/** Sums of weight times the members' values over the points of a job, in square tiles as those of `SymmetricTiles`. */
export const gramSums = (listOf: (name: JsonObject) => MemberList): Work<GramJob, Float64Array[]> => ({
  name: "inner products of members",
  run: (job) => sumsOn(listOf(job.list), job),
});

/**
 * Inner products of all members under the population's weights, in square tiles: those on and below the diagonal. The
 * points are cut into two halves, whose sums are added, however many threads there are.
 * @param doAll how the halves are worked out where they are long, for a list that has a name
 */
export async function populationGram(
  list: MemberList,
  { points, weights, signal }: Population,
  tick: Tick,
  doAll: DoAll = oneByOne,
): Promise<PopulationGram> {
  const { count, name } = list;
  const tile = tileOf(count);
  const middle = PART * Math.ceil(points.count / PART / 2);
  const jobs = [0, middle].map((from, i): GramJob => {
    const to = i === 0 ? Math.min(middle, points.count) : points.count;
    const part = { list: name ?? {}, points: slice(points, from, to) };
    return weights === undefined ? part : { ...part, weights: weights.subarray(from, to) };
  });
  const worth = name !== undefined && points.count * count * count >= WORTH_THREADS;
  const steps = (worth ? doAll : oneByOne)(
    gramSums(() => list),
    jobs,
  );
  const [sums, others] = await runSteps(steps, async ({ done, total }) => {
    signal?.throwIfAborted();
    await tick(done / total);
  });
  const scale = weights === undefined ? 1 / points.count : 1;
  const tiles: Float32Array[] = [];
  // one tile after the other is rounded and given up
  for (let sum = sums.shift(); sum !== undefined; sum = sums.shift()) {
    const other = others.shift() as Float64Array;
    tiles.push(rounded(sum, other, scale));
  }
  return { order: count, tile, tiles, entryError: ENTRY_ERROR };
}

/** <sum_i c_ki f_i, f_j> from the Gram matrix, and bounds on the errors. */
export function combinedBy(
  gram: PopulationGram,
): (coefficients: Float64Array, queries: number) => Required<Correlated> {
  const { order: count } = gram;
  const norms = Float64Array.from({ length: count }, (_, i) => {
    const block = Math.floor(i / gram.tile);
    const square = gram.tiles[tileAt(block, block)][(i % gram.tile) * (gram.tile + 1)];
    return Math.sqrt(square * (1 + 2 * gram.entryError));
  });
  const largest = norms.reduce((a, b) => Math.max(a, b), 0);
  return (coefficients, queries) => {
    const inner = new Float64Array(queries * count);
    const [squares, errors] = [new Float64Array(queries), new Float64Array(queries)];
    for (let q = 0; q < queries; q++) {
      const own = coefficients.subarray(q * count, (q + 1) * count);
      const row = inner.subarray(q * count, (q + 1) * count);
      let weight = 0;
      for (let i = 0; i < count; i++) {
        if (own[i] === 0) continue;
        addRow(gram, i, own[i], row);
        weight += Math.abs(own[i]) * norms[i];
      }
      for (let i = 0; i < count; i++) squares[q] += own[i] * row[i];
      // one rounding of the query's own values to 32 bits on top
      errors[q] = (gram.entryError + 2 ** -24) * weight * largest * (1 + 1e-9);
    }
    return { inner, norms: squares.map((x) => Math.sqrt(Math.max(x, 0))), errors };
  };
}

const tileOf = (count: number): number => Math.min(TILE, 4 * Math.ceil(count / 4));

async function* sumsOn(
  list: MemberList,
  { points, weights }: GramJob,
): AsyncGenerator<Progress, Float64Array[]> {
  const { matmul32 } = await import("../../engine/run/matmul.ts");
  const { count } = list;
  const tile = tileOf(count);
  const blocks = Math.ceil(count / tile);
  const sums = Array.from({ length: (blocks * (blocks + 1)) / 2 }, () => new Float64Array(tile * tile));
  const room = gramRoom({ tile, blocks, part: PART, parts: PARTS, some: TOGETHER });
  const evaluate = valuesOn(list);
  /** Roots of the probabilities times values on one part, tile by tile; points beyond the part are 0. */
  async function write(part: number, from: number, to: number): Promise<void> {
    if (to - from < PART) for (const values of room.parts[part]) values.fill(0);
    const on = evaluate(slice(points, from, to));
    for (let x = from; x < to; x++) room.roots[x - from] = Math.sqrt(weights?.[x] ?? 1);
    for (let first = 0; first < count; first += TOGETHER) {
      const size = Math.min(TOGETHER, count - first);
      await on(
        Int32Array.from({ length: size }, (_, i) => first + i),
        room.some,
      );
      room.round(part, first, size, to - from);
    }
  }

  for (let from = 0; from < points.count;) {
    let written = 0;
    for (; written < PARTS && from < points.count; from += PART)
      await write(written++, from, Math.min(points.count, from + PART));
    for (let i = 0; i < blocks; i++)
      for (let j = 0; j <= i; j++) {
        for (let p = 0; p < written; p++) {
          const [left, right] = [room.parts[p][i], room.parts[p][j]];
          await matmul32(left, right, tile, PART, tile, { transposeB: true, into: room.products[p] });
        }
        room.addProducts(written, sums[tileAt(i, j)]);
      }
    yield { what: "inner products", done: Math.min(from, points.count), total: points.count };
  }
  return sums;
}

/** Sums of two halves, scaled. A function of its own: it is compiled well then. */
function rounded(sum: Float64Array, other: Float64Array, scale: number): Float32Array {
  const out = new Float32Array(sum.length);
  for (let at = 0; at < out.length; at++) out[at] = (sum[at] + other[at]) * scale;
  return out;
}
