/**
 * The parity of 2^k relu units (Goel et al. 2020), k even:
 *
 *     g(z) = sum over w in {+-1}^k of (prod_i w_i) relu(<w, z> / sqrt k),
 *
 * odd in every z_i; and its easy twin q(z), with the weight w_0 w_1 in place of the product: odd in z_0 and z_1, even
 * in the others, of degree 2. For odd k > 1 both the linear and the absolute part of relu cancel, so g = 0.
 *
 * Values. relu(t) = (t + |t|)/2 and the linear parts cancel. Split the coordinates in halves of h = k/2 and let a and b
 * run over the 2^(h-1) signed sums of either half with first sign +, made positive; s are their weights, times the sign
 * of the sum where the weight is odd under w -> -w. Adding up the four sums +-a +-b gives
 *
 *     (2 / sqrt k) sum_{a,b} s_a s_b min(a, b),   with max in place of min for even weights,
 *
 * and min(a, b) = (a + b - |a - b|) / 2 (absolute values are much faster than comparisons of numbers in random order):
 * 2^(k-2) terms in place of 2^k units, and the tables of a half serve every subset that contains it.
 */

import { evenKappa, kappaCoefficients } from "../../numeric/arc-cosine.ts";

export type ParityWeight = "parity" | "pair";

/** Tables of halves, one after the other: 2^(h-1) positive sums and weights each, and their totals. */
export interface HalfTables {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
  /** For each half sum of s_a and sum of s_a a. */
  readonly totals: Float64Array;
}

export interface ReluParity {
  readonly k: number;
  /** Signed sums in the table of a half. */
  readonly entries: number;
  /** What a value is multiplied by at the end. */
  readonly scale: number;
  /** Whether weights are odd under a change of all signs. */
  readonly odd: boolean;
  /** Room for the tables of so many halves. */
  tables(halves: number): HalfTables;
  /** Writes table number `half`, of z[base + indices[i]]; `first` tells which half it is: the pair is in the first. */
  write(
    tables: HalfTables,
    half: number,
    z: ArrayLike<number>,
    base: number,
    indices: ArrayLike<number>,
    first: boolean,
  ): void;
  /** The value from the tables of both halves, by their numbers. */
  combine(tables: HalfTables, left: number, right: number): number;
}

/** g, or its easy twin with `pair`; k even, 2 to LARGEST_EVALUATED. */
export function reluParity(k: number, weight: ParityWeight): ReluParity {
  const h = k / 2;
  const entries = 2 ** (h - 1);
  // bit i of a pattern is the sign of coordinate i + 1; coordinate 0 has sign +
  const parity = Float64Array.from({ length: entries }, (_, p) => (ones(p) % 2 === 0 ? 1 : -1));
  const pair = Float64Array.from({ length: entries }, (_, p) => ((p & 1) === 0 ? 1 : -1));
  // at k = 2 the pair is the whole product: the twin is g
  const product = weight === "parity" || k === 2;
  const odd = product && h % 2 === 1;
  const scale = 1 / Math.sqrt(k);
  return {
    k,
    entries,
    scale,
    odd,
    tables: (halves) => ({
      sums: new Float64Array(halves * entries),
      weights: new Float64Array(halves * entries),
      totals: new Float64Array(2 * halves),
    }),
    write({ sums, weights, totals }, half, z, base, indices, first) {
      const ofPair = first ? pair : undefined;
      const signs = product ? parity : ofPair;
      const at = half * entries;
      sums[at] = z[base + indices[0]];
      // doubling: the patterns with bit i set come after all those without
      for (let i = 1, size = 1; i < h; i++, size *= 2) {
        const value = z[base + indices[i]];
        for (let p = 0; p < size; p++) {
          sums[at + size + p] = sums[at + p] - value;
          sums[at + p] += value;
        }
      }
      let [weightTotal, sumTotal] = [0, 0];
      for (let p = 0; p < entries; p++) {
        const sum = sums[at + p];
        const sign = signs === undefined ? 1 : signs[p];
        const weight = odd && sum < 0 ? -sign : sign;
        const size = Math.abs(sum);
        weights[at + p] = weight;
        sums[at + p] = size;
        weightTotal += weight;
        sumTotal += weight * size;
      }
      totals[2 * half] = weightTotal;
      totals[2 * half + 1] = sumTotal;
    },
    combine({ sums, weights, totals }, left, right) {
      const distances = distanceSum(sums, weights, left * entries, right * entries, entries);
      const sum = totals[2 * left] * totals[2 * right + 1] + totals[2 * left + 1] * totals[2 * right];
      return scale * (odd ? sum - distances : sum + distances);
    },
  };
}

/**
 * sum of s_a s_b |a - b| over two tables of `count` entries: where all the time goes. The second table is read in
 * fours, which stay in registers.
 */
function distanceSum(
  sums: Float64Array,
  weights: Float64Array,
  left: number,
  right: number,
  count: number,
): number {
  let total = 0;
  const end = left + count;
  let j = right;
  for (; j + 4 <= right + count; j += 4) {
    const b0 = sums[j];
    const b1 = sums[j + 1];
    const b2 = sums[j + 2];
    const b3 = sums[j + 3];
    const w0 = weights[j];
    const w1 = weights[j + 1];
    const w2 = weights[j + 2];
    const w3 = weights[j + 3];
    for (let i = left; i < end; i++) {
      const a = sums[i];
      total +=
        weights[i] *
        (w0 * Math.abs(a - b0) + w1 * Math.abs(a - b1) + w2 * Math.abs(a - b2) + w3 * Math.abs(a - b3));
    }
  }
  for (; j < right + count; j++)
    for (let i = left; i < end; i++) total += weights[i] * weights[j] * Math.abs(sums[i] - sums[j]);
  return total;
}

/** Values of g (or its twin) at z[base + indices[0..k-1]], one at a time. */
export function parityValues(
  k: number,
  weight: ParityWeight,
): (z: ArrayLike<number>, base: number, indices: Int32Array) => number {
  const form = reluParity(k, weight);
  const tables = form.tables(2);
  return (z, base, indices) => {
    form.write(tables, 0, z, base, indices.subarray(0, k / 2), true);
    form.write(tables, 1, z, base, indices.subarray(k / 2), false);
    return form.combine(tables, 0, 1);
  };
}

/**
 * ||g||^2 = 2^k sum_j C(k,j) (-1)^j kappa((k-2j)/k) for z ~ N(0, I). The powers of kappa below k cancel in this sum
 * exactly, so only the rest of its series enters, which leaves a relative error below 1e-12 up to k = 24.
 */
export function parityNormSquared(k: number): number {
  const coefficients = kappaCoefficients(3000);
  const rest = (c: number): number => {
    if (Math.abs(c) === 1) {
      let sum = evenKappa(1);
      for (let t = 2; t < k; t += 2) sum -= coefficients[t];
      return sum;
    }
    let [sum, power] = [0, c ** k];
    for (let t = k; t < coefficients.length && power > 0; t += 2, power *= c * c) {
      const term = coefficients[t] * power;
      sum += term;
      if (term < sum * 1e-18) break;
    }
    return sum;
  };
  let total = 0;
  for (let j = 0, binomial = 1; j <= k; j++) {
    total += (j % 2 === 0 ? binomial : -binomial) * rest((k - 2 * j) / k);
    binomial = (binomial * (k - j)) / (j + 1);
  }
  return 2 ** k * total;
}

/**
 * <q_S, q_T> of two twins with the same pair, |S| = |T| = k and `common` coordinates in common (the pair included):
 * 4^k E[u_0 u_1 kappa((u_0 + ... + u_{common-1}) / k)] over uniform signs u. Twins of different pairs are orthogonal.
 */
export function twinProduct(k: number, common: number): number {
  let total = 0;
  const others = common - 2;
  for (let j = 0, binomial = 1; j <= others; j++) {
    const sum = others - 2 * j;
    total += binomial * (evenKappa((sum + 2) / k) - 2 * evenKappa(sum / k) + evenKappa((sum - 2) / k));
    binomial = (binomial * (others - j)) / (j + 1);
  }
  return (4 ** k * total) / 2 ** common;
}

function ones(word: number): number {
  let count = 0;
  for (let x = word; x !== 0; x &= x - 1) count++;
  return count;
}
