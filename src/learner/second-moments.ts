/**
 * Label-weighted second moments of an instance's training examples, in pieces that need nothing of each other: sums of
 * w_s x x^T over the vectors x of the examples s, w_s = y_s^2 - E y^2.
 *
 * Products are made in 32 bits, of at most `TOGETHER` vectors at a time, and added up in 64. An entry errs by at most
 * (TOGETHER + 4) 2^-24 of the sum of |w_s x_i x_j|, and by chance, the errors having either sign, by about 1e-7 of it:
 * a thousandth of what 10^6 examples leave open.
 */

import type { JsonObject } from "../base/checked.ts";
import type { Progress, Work } from "../base/progress.ts";
import type { Key } from "../base/random.ts";
import type { Samples } from "../distribution/law.ts";
import { matmul32 } from "../engine/run/matmul.ts";
import type { Family } from "../family/family.ts";
import type { HiddenPlane } from "../family/plane/hidden-plane.ts";
import { capability } from "./learner.ts";
import { trainingChunk } from "./training-chunks.ts";

const CHUNK = 2048;
/** Chunks of a piece: the pieces, and so the order of summation, are those of the number of examples alone. */
const PIECE = 16;
const TOGETHER = 2048;

/** Some of an instance's training examples. */
export interface MomentsJob {
  readonly family: string;
  readonly params: JsonObject;
  /** The instance's. */
  readonly key: Key;
  readonly easy: boolean;
  readonly noise: number;
  /** Training examples in all. */
  readonly samples: number;
  /** The first chunk, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

export interface Moments {
  /** (dimension x dimension). */
  readonly matrix: Float64Array;
  /** Sum of the weights over all vectors. */
  readonly total: number;
}

/** All of the examples, in pieces. */
export function momentJobs(given: Omit<MomentsJob, "from" | "to">): MomentsJob[] {
  const chunks = Math.ceil(given.samples / CHUNK);
  return Array.from({ length: Math.ceil(chunks / PIECE) }, (_, i) => ({
    ...given,
    from: i * PIECE,
    to: Math.min(chunks, (i + 1) * PIECE),
  }));
}

/** @param familyOf the family of an id */
export const secondMoments = (familyOf: (id: string) => Family): Work<MomentsJob, Moments> => ({
  name: "second moments",
  run: (job) => momentsOf(familyOf(job.family), job),
});

async function* momentsOf(
  family: Family,
  { params, key, easy, noise, samples, from, to }: MomentsJob,
): AsyncGenerator<Progress, Moments> {
  const instance = family.draw(family.parse(params), key);
  const target = easy ? instance.easy : instance.hard;
  const plane = capability(family, "plane");
  const { dimension, vectors } = plane.size(instance);
  const sums = weightedSums({ dimension, vectors, strides: plane.strides(instance) });
  const matrix = new Float64Array(dimension * dimension);
  let total = 0;
  // E[x x^T - I] is 0, so y^2 may be centred: less variance, the same matrix
  const centre = target.secondMoment.value;
  let room: Samples | undefined;
  for (let c = from; c < to; c++) {
    const chunk = trainingChunk(instance, target, noise, c, Math.min(CHUNK, samples - c * CHUNK), room);
    room = chunk.samples;
    const weights = chunk.labels.map((y) => y * y - centre);
    total += vectors * weights.reduce((sum, w) => sum + w, 0);
    await sums(chunk.samples, weights, matrix);
    yield { what: "second moments", done: c + 1 - from, total: to - from };
  }
  return { matrix, total };
}

interface Layout extends ReturnType<HiddenPlane["size"]> {
  readonly strides: ReturnType<HiddenPlane["strides"]>;
}

/** Adds the sums of w_s x x^T over the vectors x of each example s to a matrix. */
function weightedSums({ dimension, vectors, strides }: Layout) {
  const one = new Float32Array(dimension * dimension);
  const room = new Float32Array(TOGETHER * dimension);
  /** The vectors one after the other: as they are, where they lie so. */
  const rowsOf = ({ count, data }: Samples): Float32Array => {
    if (strides.entry === 1 && strides.vector === dimension && data instanceof Float32Array) return data;
    const rows = new Float32Array(count * vectors * dimension);
    for (let s = 0, at = 0; s < count; s++)
      for (let v = 0; v < vectors; v++) {
        let from = s * dimension * vectors + v * strides.vector;
        for (const end = at + dimension; at < end; at++, from += strides.entry) rows[at] = data[from];
      }
    return rows;
  };
  return async (samples: Samples, weights: Float64Array, matrix: Float64Array): Promise<void> => {
    const rows = rowsOf(samples);
    const count = samples.count * vectors;
    for (let from = 0; from < count; from += TOGETHER) {
      const size = Math.min(TOGETHER, count - from);
      const x = rows.subarray(from * dimension, (from + size) * dimension);
      const weighted = room.subarray(0, x.length);
      times(x, weights, { first: from, vectors, dimension }, weighted);
      await matmul32(x, weighted, dimension, size, dimension, { transposeA: true, into: one });
      addTo(matrix, one);
    }
  };
}

/** A function of its own, so that it is compiled well. */
function addTo(sum: Float64Array, terms: Float32Array): void {
  for (let at = 0; at < sum.length; at++) sum[at] += terms[at];
}

/** Row r, the vector number first + r, times its example's weight. */
function times(
  x: Float32Array,
  weights: Float64Array,
  { first, vectors, dimension }: { first: number; vectors: number; dimension: number },
  out: Float32Array,
): void {
  for (let r = 0, at = 0; at < x.length; r++) {
    const w = weights[Math.floor((first + r) / vectors)];
    for (const end = at + dimension; at < end; at++) out[at] = w * x[at];
  }
}
