/**
 * Ascent on the dimension of one network's rotations, (||f||^2 - e_0) / max over l of m_l S_l: the maximum is replaced
 * by a mean of order q, which rises to `order` on the way.
 */

import type { Progress } from "../base/progress.ts";
import { descendUnits } from "./descent.ts";
import type { Units } from "./unit-vectors.ts";
import { legendre, levels, second, type Correlations } from "./zonal.ts";

const order = 4;
/** Degrees whose eigenvalues are pushed down. */
const degrees = [1, 2, 4, 6, 8, 10, 12, 14];

/** @param steps gradient steps from `start` on */
export async function* ascend(
  start: Units,
  correlations: Correlations,
  steps: number,
): AsyncGenerator<Progress, Units> {
  const m = levels(start.inputs, correlations);
  const slopeAt = (units: Units, step: number): Float64Array =>
    slope(units, correlations, m, Math.min(order, 1 + (order * step) / steps));
  return yield* descendUnits(start, steps, slopeAt, 16);
}

/** Of (1/q) log sum (m_l S_l)^q - log (||f||^2 - e_0), by vectors and sizes. */
function slope(
  { inputs: d, vectors, sizes }: Units,
  correlations: Correlations,
  m: Float64Array,
  q: number,
): Float64Array<ArrayBuffer> {
  const units = sizes.length;
  const top = degrees[degrees.length - 1];
  const [values, slopes] = [
    new Float64Array(units * units * (top + 1)),
    new Float64Array(units * units * (top + 1)),
  ];
  const cosines = new Float64Array(units * units);
  const sums = new Float64Array(top + 1);
  let square = 0;
  for (let j = 0, at = 0; j < units; j++)
    for (let k = 0; k < units; k++, at++) {
      let c = 0;
      for (let i = 0; i < d; i++) c += vectors[j * d + i] * vectors[k * d + i];
      cosines[at] = c = Math.max(-1, Math.min(1, c));
      const own = values.subarray(at * (top + 1), (at + 1) * (top + 1));
      legendre(d, c, own, slopes.subarray(at * (top + 1), (at + 1) * (top + 1)));
      const weight = sizes[j] * sizes[k];
      square += weight * (second(c, correlations) - m[0]);
      for (const l of degrees) sums[l] += weight * own[l];
    }
  const eigenvalues = degrees.map((l) => Math.max(m[l] * sums[l], 1e-30));
  const most = Math.max(...eigenvalues);
  const powers = eigenvalues.map((x) => (x / most) ** q);
  const total = powers.reduce((a, b) => a + b, 0);
  const pull = degrees.map((l, i) => (powers[i] / total / eigenvalues[i]) * m[l]);
  const gradient = new Float64Array(vectors.length + units);
  for (let j = 0, at = 0; j < units; j++)
    for (let k = 0; k < units; k++, at++) {
      const c = cosines[at];
      let [value, turn] = [(m[0] - second(c, correlations)) / square, -secondSlope(c, correlations) / square];
      for (const [i, l] of degrees.entries()) {
        value += pull[i] * values[at * (top + 1) + l];
        turn += pull[i] * slopes[at * (top + 1) + l];
      }
      gradient[vectors.length + j] += 2 * sizes[k] * value;
      const weight = 2 * sizes[j] * sizes[k] * turn;
      for (let i = 0; i < d; i++) gradient[j * d + i] += weight * vectors[k * d + i];
    }
  return gradient;
}

/** The derivative of `second`. */
const secondSlope = (c: number, correlations: Correlations): number =>
  correlations.reduce((sum, { r, weight }) => sum + weight * r * (Math.PI - Math.acos(r * c)), 0) /
  (2 * Math.PI);
