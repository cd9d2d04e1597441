/**
 * The gradient's signal, measured: of the gradient entries d_i f_w of a network at given weights,
 *
 *     phi(w) = E_f sum_i <d_i f_w, f>^2 / (sum_i ||d_i f_w||^2 E_f ||f||^2) <= 1 / d_eff,
 *
 * f drawn from the class (Shalev-Shwartz et al. 2017). Inner products from samples have squares that noise makes too
 * large, so that samples are dealt into blocks and only products of two different blocks are kept: unbiased whatever
 * their number.
 */

import { foldIn, type Key } from "../base/random.ts";
import { mean, type Estimate } from "../base/statistics.ts";
import { valuesOn, type MemberList } from "./members.ts";
import type { QueryBlock } from "./oracle/oracle.ts";

/** Blocks of samples: as many inner products are kept of every gradient entry and member. */
export const signalBlocks = 16;

export interface SignalOptions {
  /** The entries d_i f_w as functions of the examples. */
  readonly gradient: QueryBlock;
  readonly members: MemberList;
  /** Which members of the list enter. */
  readonly chosen: ArrayLike<number>;
  /** Whether they were drawn at random: their spread is then part of the error. */
  readonly drawn: boolean;
  /** Examples, rounded up to equal blocks. */
  readonly samples: number;
  readonly key: Key;
  /** Examples evaluated at once, at most. */
  readonly chunk: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

export interface MeasuredSignal {
  readonly phi: Estimate;
  /** Of the entries less their means: what is left once constants have been fitted. */
  readonly centred: Estimate;
  readonly samples: number;
}

/** Of a block, inner products (entry, member), the entries' and the members' means, and sum_i E (d_i f_w)^2. */
interface Block {
  readonly products: Float64Array;
  readonly entries: Float64Array;
  readonly members: Float64Array;
  readonly energy: number;
}

/** The signal that the gradient has of the chosen members, as it is and less the entries' means. */
export async function measureSignal(options: SignalOptions): Promise<MeasuredSignal> {
  const { members, chosen, drawn, samples, key, onProgress } = options;
  const size = Math.ceil(samples / signalBlocks);
  const blocks: Block[] = [];
  for (let b = 0; b < signalBlocks; b++) {
    blocks.push(await blockOf(options, foldIn(key, b), size));
    onProgress?.((b + 1) / signalBlocks);
  }
  const weights = Float64Array.from(chosen, (m) => members.weight?.(m) ?? 1);
  const raw = blocks.map(({ products }) => products);
  const centred = blocks.map((block) => covariances(block, size));
  const energies = blocks.map(({ energy }) => energy);
  const means = blocks.map(({ entries }) => entries);
  const spread = energies.map((energy, b) => energy - squaredMeans(means, b));
  return {
    phi: ratioOf(raw, energies, weights, drawn),
    centred: ratioOf(centred, spread, weights, drawn),
    samples: size * signalBlocks,
  };
}

async function blockOf(options: SignalOptions, key: Key, size: number): Promise<Block> {
  const { gradient, members, chosen, chunk, signal } = options;
  const { matmul64 } = await import("../engine/run/matmul.ts");
  const valuesAt = valuesOn(members);
  const [p, m] = [gradient.count, chosen.length];
  const [products, entries, sums] = [p * m, p, m].map((length) => new Float64Array(length));
  let energy = 0;
  for (let from = 0; from < size; from += chunk) {
    signal?.throwIfAborted();
    const count = Math.min(chunk, size - from);
    const drawn = members.law.sample(foldIn(key, from), count);
    const values = await valuesAt(drawn)(chosen);
    const rows = Float64Array.from(await gradient.on(drawn));
    const part = await matmul64(rows, values, p, count, m, { transposeB: true });
    for (let i = 0; i < part.length; i++) products[i] += part[i];
    for (let i = 0, at = 0; i < p; i++)
      for (let s = 0; s < count; s++, at++) {
        entries[i] += rows[at];
        energy += rows[at] * rows[at];
      }
    for (let i = 0, at = 0; i < m; i++) for (let s = 0; s < count; s++, at++) sums[i] += values[at];
  }
  const perExample = (x: Float64Array): Float64Array => x.map((sum) => sum / size);
  return {
    products: perExample(products),
    entries: perExample(entries),
    members: perExample(sums),
    energy: energy / size,
  };
}

/** Unbiased covariances (entry, member) within a block of n examples. */
function covariances({ products, entries, members }: Block, n: number): Float64Array {
  const m = members.length;
  return products.map((p, at) => ((p - entries[Math.floor(at / m)] * members[at % m]) * n) / (n - 1));
}

/** sum_i (E d_i f_w)^2 from the means of block b with those of the others. */
function squaredMeans(means: readonly Float64Array[], b: number): number {
  let sum = 0;
  for (const [other, values] of means.entries())
    if (other !== b) for (let i = 0; i < values.length; i++) sum += means[b][i] * values[i];
  return sum / (means.length - 1);
}

/**
 * The weighted mean over members of sum_i c_im^2, from pairs of blocks, over the mean energy; its error from leaving
 * out one block at a time and, where members were drawn, from their spread.
 */
function ratioOf(
  blocks: readonly Float64Array[],
  energies: readonly number[],
  weights: Float64Array,
  drawn: boolean,
): Estimate {
  const count = blocks.length;
  const m = weights.length;
  const total = weights.reduce((a, b) => a + b, 0);
  const sums = new Float64Array(blocks[0].length);
  for (const block of blocks) for (let at = 0; at < sums.length; at++) sums[at] += block[at];
  const each = new Float64Array(m);
  // products of a block with all the others
  const paired = blocks.map((block) => {
    let sum = 0;
    for (let at = 0; at < block.length; at++) {
      const product = block[at] * (sums[at] - block[at]);
      each[at % m] += product;
      sum += weights[at % m] * product;
    }
    return sum / total;
  });
  const all = paired.reduce((a, b) => a + b, 0);
  const energy = energies.reduce((a, b) => a + b, 0);
  const value = all / (count * (count - 1)) / (energy / count);
  const without = paired.map(
    (sum, b) => (all - 2 * sum) / ((count - 1) * (count - 2)) / ((energy - energies[b]) / (count - 1)),
  );
  const middle = mean(without);
  let variance = ((count - 1) / count) * without.reduce((sum, x) => sum + (x - middle) ** 2, 0);
  if (drawn && m > 1) {
    const ofMember = each.map((sum) => sum / (count * (count - 1)) / (energy / count));
    const squares = ofMember.reduce((sum, x, i) => sum + (weights[i] * (x - value)) ** 2, 0);
    variance += (squares / total ** 2) * (m / (m - 1));
  }
  return { value, standardError: Math.sqrt(variance) };
}
