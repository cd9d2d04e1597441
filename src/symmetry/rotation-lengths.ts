/** Squared lengths of vectors in R^q: invariant under an orthogonal matrix for each vector. */

import { foldIn, stream, type Key } from "../base/random.ts";

/** |v|^2 of `count` vectors of length q. */
export function squaredLengths(vectors: ArrayLike<number>, count: number, q: number): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let s = 0; s < q; s++) sum += vectors[i * q + s] ** 2;
    out[i] = sum;
  }
  return out;
}

/** Each vector of length q by its own random orthogonal matrix: q Gaussian reflections, which reach all of O(q). */
export function actByOrthogonal(key: Key, vectors: ArrayLike<number>, q: number): Float64Array {
  const out = Float64Array.from(vectors);
  const mirror = new Float64Array(q);
  for (let start = 0; start < out.length; start += q) {
    const draws = stream(foldIn(key, start));
    for (let r = 0; r < q; r++) {
      if (draws.below(2) === 0) continue;
      for (let s = 0; s < q; s++) mirror[s] = draws.normal();
      const v = out.subarray(start, start + q);
      const [dot, square] = [product(v, mirror), product(mirror, mirror)];
      for (let s = 0; s < q; s++) v[s] -= ((2 * dot) / square) * mirror[s];
    }
  }
  return out;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
