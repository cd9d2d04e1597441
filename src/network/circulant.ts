/**
 * Layers over a group that holds the cyclic shift i -> i+1, in the real Fourier basis. There a layer
 *
 *     y(i) = sum over shifts s of h(i+s) V_s
 *
 * falls into one small product a frequency f: with c_f, s_f the cosine and sine components of h and P_f = sum_s V_s
 * cos(2 pi f s/n), Q_f the same with sines,
 *
 *     (c_f, s_f) -> (c_f P_f + s_f Q_f, s_f P_f - c_f Q_f),
 *
 * about n/2 products of 2w x 2w matrices instead of n of w x w for each of the n points: the same function of the same
 * weights.
 */

import { numpy as np } from "../engine/lower/jax.ts";

/** Whether the orbit of (i, j), `labels[i * n + j]`, depends on j - i mod n only. */
export function isCirculant(labels: Int32Array, n: number): boolean {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (labels[i * n + j] !== labels[(j - i + n) % n]) return false;
  return true;
}

/** Pairs of real frequencies: 0 with n/2 (or with none), then the cosine and sine of every other. */
const pairsOf = (n: number): number => Math.ceil(n / 2);

/** Multiplications an example takes, from `from` to `to` numbers a point. */
export const spectralCost = (n: number, from: number, to: number): number =>
  2 * pairsOf(n) * (2 * from * to + n * (from + to));

/**
 * The layer (n, batch, from) -> (n, batch, to) as a function of h and the weights (kinds * from, to), shift s having
 * the mean over its orbit's shifts of orbit `kindOf[s]`'s matrix.
 */
export function circulantMix(
  kindOf: Int32Array,
  kinds: number,
): (h: np.Array, weights: np.Array) => np.Array {
  const n = kindOf.length;
  const pairs = pairsOf(n);
  // rows: first and second member of pair 0, pair 1, ...
  const basis = new Float64Array(2 * pairs * n);
  // (pair, first or second in, first or second out) x kinds
  const filters = new Float64Array(4 * pairs * kinds);
  const sizes = new Float64Array(kinds);
  for (const o of kindOf) sizes[o]++;
  for (let f = 0; f < pairs; f++)
    for (let s = 0; s < n; s++) {
      const angle = (2 * Math.PI * ((f * s) % n)) / n;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      const other = n % 2 === 0 ? 1 - 2 * (s % 2) : 0;
      const scale = Math.sqrt((f === 0 ? 1 : 2) / n);
      basis[2 * f * n + s] = scale * cosine;
      basis[(2 * f + 1) * n + s] = scale * (f === 0 ? other : sine);
      const block = f === 0 ? [1, 0, 0, other] : [cosine, -sine, sine, cosine];
      for (const [i, x] of block.entries()) filters[(4 * f + i) * kinds + kindOf[s]] += x / sizes[kindOf[s]];
    }
  const matrix = (data: Float64Array, columns: number, dtype: np.Array["dtype"]): np.Array =>
    np.array(dtype === "float64" ? data : Float32Array.from(data), { dtype }).reshape([-1, columns]);
  return (h, weights) => {
    const [, batch, from] = h.shape;
    const to = weights.shape[1];
    const flat = h.reshape([n, batch * from]);
    const spectrum = np
      .transpose(np.matmul(matrix(basis, n, h.dtype), flat).reshape([pairs, 2, batch, from]), [0, 2, 1, 3])
      .reshape([pairs, batch, 2 * from]);
    const blocks = np.matmul(matrix(filters, kinds, h.dtype), weights.reshape([kinds, from * to]));
    const block = np
      .transpose(blocks.reshape([pairs, 2, 2, from, to]), [0, 1, 3, 2, 4])
      .reshape([pairs, 2 * from, 2 * to]);
    const mixed = np
      .transpose(np.matmul(spectrum, block).reshape([pairs, batch, 2, to]), [0, 2, 1, 3])
      .reshape([2 * pairs, batch * to]);
    return np.matmul(np.transpose(matrix(basis, n, h.dtype)), mixed).reshape([n, batch, to]);
  };
}
