/**
 * The alternating polygon of relus (Diakonikolas et al. 2020): F(z) = sum_{m=1..2k} (-1)^m relu(w_m . z) on the plane,
 * w_m = (cos(pi m/k), sin(pi m/k)), k even (for odd k > 1 the sum is 0 everywhere).
 *
 * In polar coordinates F is |z| times a zigzag of period 2 pi/k: linear on each of the 2k sectors between the angles
 * pi j/k, with gradients of one length sec(pi/2k), zero on the middle of a sector, alternating in sign. Hence F takes
 * one angle and one linear form however large k is. Its Fourier series has only the angles k, 3k, 5k, ..., so its
 * Hermite components of degree below k vanish: that is what makes the class hard.
 */

import { reject } from "../../base/errors.ts";

/** Largest k: beyond it the norm, about 1.6 / k^2, is small and the closed form's sums are long. */
export const largestPolygon = 100;

/** Rejects a k for which there is no polygon. */
export function requirePolygon(k: number, where: string): void {
  if (Number.isInteger(k) && k % 2 !== 0)
    reject({
      where,
      what: `${k} is odd, and for relu the alternating sum over an odd polygon is 0 everywhere`,
      allowed: `even numbers from 2 to ${largestPolygon}`,
    });
  if (!(Number.isInteger(k) && k >= 2 && k <= largestPolygon))
    reject({ where, what: `${k} does not fit`, allowed: `even numbers from 2 to ${largestPolygon}` });
}

/** (x, y) -> value of a function on the plane. */
export type PlaneFunction = (x: number, y: number) => number;

/** w_1, ..., w_2k as a row-major 2k x 2 array. */
export function directions(k: number): Float64Array {
  const w = new Float64Array(4 * k);
  for (let m = 1; m <= 2 * k; m++) {
    w[2 * m - 2] = Math.cos((Math.PI * m) / k);
    w[2 * m - 1] = Math.sin((Math.PI * m) / k);
  }
  return w;
}

/** (-1)^m for m = 1..2k: the coefficients of F. */
export const alternating = (k: number): Float64Array =>
  Float64Array.from({ length: 2 * k }, (_, i) => (i % 2 === 0 ? -1 : 1));

/**
 * cos(2 pi m/k) for m = 1..2k: the coefficients of F's easy twin, whose Fourier series begins at the angle 2. At k = 2
 * they are F's own.
 */
export const easyCoefficients = (k: number): Float64Array =>
  Float64Array.from({ length: 2 * k }, (_, i) => Math.cos((2 * Math.PI * (i + 1)) / k));

/**
 * sum_m a_m relu(w_m . z) for any coefficients: linear on each of the 2k sectors between the angles pi j/k (k even),
 * where the same half of the w_m is active. A point beside a sector's edge may be given the neighbour's form: the two
 * agree there, so the value is F's up to rounding.
 */
export function reluPolygon(k: number, coefficients: Float64Array): PlaneFunction {
  const w = directions(k);
  // sectors -k .. k, the last for the angle pi itself
  const [gx, gy] = [new Float64Array(2 * k + 1), new Float64Array(2 * k + 1)];
  for (let i = 0; i <= 2 * k; i++) {
    const middle = ((i - k + 0.5) * Math.PI) / k;
    const [cx, cy] = [Math.cos(middle), Math.sin(middle)];
    for (let m = 0; m < 2 * k; m++) {
      if (w[2 * m] * cx + w[2 * m + 1] * cy <= 0) continue;
      gx[i] += coefficients[m] * w[2 * m];
      gy[i] += coefficients[m] * w[2 * m + 1];
    }
  }
  const scale = k / Math.PI;
  return (x, y) => {
    const sector = Math.floor(Math.atan2(y, x) * scale) + k;
    return gx[sector] * x + gy[sector] * y;
  };
}
