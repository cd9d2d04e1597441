/**
 * The closed curve through all corners of {0,1}^n in the order of the reflected Gray code (Kiani, Wang, Weber 2024).
 *
 * Around the corner v with the neighbours v- and v+ on the path it is the quarter circle
 *
 *     x(t) = (v- + v+)/2 + (v - v+)/2 cos t + (v - v-)/2 sin t,    0 <= t <= pi/2,
 *
 * from the middle of one edge to that of the next: a curve of dimension 1, curvature 2, reach 1/2 and length 2^n pi/4
 * on a sphere about (1/2, ..., 1/2). All coordinates but two are those of v, and the corner next to x is v:
 * v_i = 1[x_i > 1/2], for every t in between.
 */

import { bits, foldIn, stream, type Key } from "../../base/random.ts";
import type { Law } from "../../distribution/law.ts";

/** Angles lie on a grid inside (0, pi/2), so fine that no coordinate of 32 bits becomes 1/2. */
const ANGLES = 2 ** 20;

/** The bit in which step j of the code, from its j-th word to the next, changes: the number of j's final ones. */
function changed(j: Uint32Array, from: number, n: number, of: 0 | 1): number {
  let bit = 0;
  while (bit < n - 1 && (j[from + bit] & 1) === of) bit++;
  return bit;
}

/**
 * Points of the curve by the Gray code's index of their corner, least bit first, and the angle.
 * @param j (count x n) words whose last bit counts
 * @param angles (count) in (0, pi/2)
 * @returns (count x n)
 */
export function curvePoints(j: Uint32Array, angles: Float64Array, n: number): Float64Array {
  const out = new Float64Array(j.length);
  for (const [s, angle] of angles.entries()) {
    const from = s * n;
    for (let i = 0; i < n; i++) out[from + i] = (j[from + i] ^ (i + 1 < n ? j[from + i + 1] : 0)) & 1;
    const toNext = from + changed(j, from, n, 1);
    const toLast = from + changed(j, from, n, 0);
    out[toNext] = 0.5 + (out[toNext] - 0.5) * Math.cos(angle);
    out[toLast] = 0.5 + (out[toLast] - 0.5) * Math.sin(angle);
  }
  return out;
}

/** `count` uniform points of the curve, independent of each other: (count x n). */
export function drawPoints(key: Key, n: number, count: number): Float64Array {
  const { below } = stream(foldIn(key, "angles"));
  const angles = Float64Array.from({ length: count }, () => ((below(ANGLES) + 0.5) / ANGLES) * (Math.PI / 2));
  return curvePoints(bits(foldIn(key, "corners"), new Uint32Array(count * n)), angles, n);
}

/** Uniform points of the curve, as 32-bit floats. */
export const curveLaw = (n: number): Law => ({
  id: "gray-curve",
  shape: [n],
  sample: (key, count) => ({ count, shape: [n], data: Float32Array.from(drawPoints(key, n, count)) }),
});

/** (-1)^(number of i in the set whose v_i = 1), v the corner next to each point. @param data (count x n) */
export function cornerParity(data: ArrayLike<number>, n: number, set: readonly number[]): Float64Array {
  return Float64Array.from({ length: data.length / n }, (_, s) =>
    set.reduce((sign, i) => (data[s * n + i] > 0.5 ? -sign : sign), 1),
  );
}
