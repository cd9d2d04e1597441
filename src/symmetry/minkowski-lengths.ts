/**
 * z_i = -t_i^2 + |v_i|^2 of independent standard normal (t_i, v_i) in R^{1,q}: independent, invariant under O(1, q) on
 * each vector, of the law chi^2_q - chi^2_1: mean q - 1, variance 2 (q + 1). The normal law itself is not
 * boost-invariant: only the target is, and no identity of averages over the group is claimed.
 */

import { stream, type Key } from "../base/random.ts";

/** Squared lengths of basis vectors, +1 or -1. */
export type Metric = readonly (1 | -1)[];

export const euclidean = (d: number): Metric => Array.from({ length: d }, () => 1);
/** One time, d - 1 space coordinates. */
export const lorentzian = (d: number): Metric => Array.from({ length: d }, (_, i) => (i === 0 ? -1 : 1));

/** The invariants of examples. @param x (examples x m x (1 + q)), time first @returns (examples x m) */
export function minkowskiLengths(x: ArrayLike<number>, q: number): Float64Array {
  const size = q + 1;
  return Float64Array.from({ length: x.length / size }, (_, i) => {
    let sum = -(x[i * size] ** 2);
    for (let j = 1; j < size; j++) sum += x[i * size + j] ** 2;
    return sum;
  });
}

/** A random boost of every vector, along the first space coordinate, after turning the first two of them. */
export function boosted(key: Key, x: ArrayLike<number>, q: number): Float64Array {
  const size = q + 1;
  const draws = stream(key);
  const out = Float64Array.from(x);
  for (let at = 0; at < out.length; at += size) {
    if (q > 1) {
      const angle = 2 * Math.PI * draws.uniform();
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      [out[at + 1], out[at + 2]] = [c * out[at + 1] - s * out[at + 2], s * out[at + 1] + c * out[at + 2]];
    }
    const rapidity = draws.normal();
    const [c, s] = [Math.cosh(rapidity), Math.sinh(rapidity)];
    [out[at], out[at + 1]] = [c * out[at] + s * out[at + 1], s * out[at] + c * out[at + 1]];
  }
  return out;
}
