/**
 * The easy twin: the same in all that the manifold hypothesis speaks of (points of R^n, dimension 1, curvature 2) but
 * for its length. It is the curve of b bits, moved into R^n by an isometry that maps centre to centre.
 */

import { foldIn, normals, type Key } from "../../base/random.ts";
import type { Law } from "../../distribution/law.ts";
import { orthonormalise } from "../../numeric/orthonormalise.ts";
import { drawPoints } from "./curve.ts";

/** b orthonormal vectors of R^n, one a row. */
export const isometry = (key: Key, b: number, n: number): Float64Array =>
  orthonormalise(normals(key, new Float64Array(b * n)), n, b);

/** Where the twin's curve lies. */
export interface Placed {
  /** Bits of its curve, and the dimension of the space it is in. */
  readonly b: number;
  readonly n: number;
  /** (b x n), orthonormal rows. */
  readonly rows: Float64Array;
}

/** Uniform points of the placed curve, as 32-bit floats. */
export const placedLaw = ({ b, n, rows }: Placed): Law => ({
  id: "placed-gray-curve",
  shape: [n],
  sample(key, count) {
    const points = drawPoints(foldIn(key, "twin"), b, count);
    const data = new Float32Array(count * n).fill(0.5);
    for (let s = 0; s < count; s++)
      for (let i = 0; i < b; i++) {
        const away = points[s * b + i] - 0.5;
        for (let at = 0; at < n; at++) data[s * n + at] += away * rows[i * n + at];
      }
    return { count, shape: [n], data };
  },
});

/** Where points of the placed curve lie on the curve itself: (count x b). @param data (count x n) */
export function broughtBack(data: ArrayLike<number>, { b, n, rows }: Placed): Float64Array {
  return Float64Array.from({ length: (data.length / n) * b }, (_, to) => {
    const [s, i] = [Math.floor(to / b), to % b];
    let sum = 0.5;
    for (let at = 0; at < n; at++) sum += (data[s * n + at] - 0.5) * rows[i * n + at];
    return sum;
  });
}
