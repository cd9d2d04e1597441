/**
 * Ascent on the dimension of one network's rotations, their trace over max over l of m_l S_l: the maximum is replaced
 * by a mean of order q, which rises to `order` on the way. The trace is ||f||^2 - e_0, or the sum of what a group
 * leaves of the degrees that are looked at.
 */

import type { Progress } from "../base/progress.ts";
import { descendUnits } from "./descent.ts";
import type { Units } from "./unit-vectors.ts";
import { legendre, levels, second, type Rotations } from "./zonal.ts";

const order = 4;
/** Degrees whose eigenvalues are pushed down. */
const degrees = [1, 2, 4, 6, 8, 10, 12, 14];

/** @param steps gradient steps from `start` on */
export async function* ascend(
  start: Units,
  rotations: Rotations,
  steps: number,
): AsyncGenerator<Progress, Units> {
  const { invariants } = rotations;
  const m = levels(start.inputs, rotations.correlations);
  const pushed = degrees.filter((l) => invariants?.[l] !== 0);
  const traced = traceOf(rotations, m, pushed);
  const slopeAt = (units: Units, step: number): Float64Array =>
    slope(units, traced, { m, degrees: pushed }, Math.min(order, 1 + (order * step) / steps));
  return yield* descendUnits(start, steps, slopeAt, 16);
}

/** What a pair of units of size 1 and cosine c adds to the trace, or its derivative by c. */
interface Traced {
  /** @param values Legendre polynomials at c */
  value(c: number, values: Float64Array): number;
  /** @param slopes their derivatives */
  slope(c: number, slopes: Float64Array): number;
}

function traceOf(
  { correlations, invariants }: Rotations,
  m: Float64Array,
  pushed: readonly number[],
): Traced {
  if (invariants === undefined)
    return {
      value: (c) => second(c, correlations) - m[0],
      slope: (c) => secondSlope(c, correlations),
    };
  const left = pushed.map((l) => invariants[l] * m[l]);
  const sum = (_c: number, of: Float64Array): number =>
    pushed.reduce((total, l, i) => total + left[i] * of[l], 0);
  return { value: sum, slope: sum };
}

/** Of (1/q) log sum (m_l S_l)^q - log trace, by vectors and sizes. */
function slope(
  { inputs: d, vectors, sizes }: Units,
  traced: Traced,
  { m, degrees: pushed }: { m: Float64Array; degrees: readonly number[] },
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
  let trace = 0;
  for (let j = 0, at = 0; j < units; j++)
    for (let k = 0; k < units; k++, at++) {
      let c = 0;
      for (let i = 0; i < d; i++) c += vectors[j * d + i] * vectors[k * d + i];
      cosines[at] = c = Math.max(-1, Math.min(1, c));
      const own = values.subarray(at * (top + 1), (at + 1) * (top + 1));
      legendre(d, c, own, slopes.subarray(at * (top + 1), (at + 1) * (top + 1)));
      const weight = sizes[j] * sizes[k];
      trace += weight * traced.value(c, own);
      for (const l of pushed) sums[l] += weight * own[l];
    }
  const eigenvalues = pushed.map((l) => Math.max(m[l] * sums[l], 1e-30));
  const most = Math.max(...eigenvalues);
  const powers = eigenvalues.map((x) => (x / most) ** q);
  const total = powers.reduce((a, b) => a + b, 0);
  const pull = pushed.map((l, i) => (powers[i] / total / eigenvalues[i]) * m[l]);
  const gradient = new Float64Array(vectors.length + units);
  for (let j = 0, at = 0; j < units; j++)
    for (let k = 0; k < units; k++, at++) {
      const c = cosines[at];
      const own = values.subarray(at * (top + 1), (at + 1) * (top + 1));
      const ownSlopes = slopes.subarray(at * (top + 1), (at + 1) * (top + 1));
      let [value, turn] = [-traced.value(c, own) / trace, -traced.slope(c, ownSlopes) / trace];
      for (const [i, l] of pushed.entries()) {
        value += pull[i] * own[l];
        turn += pull[i] * ownSlopes[l];
      }
      gradient[vectors.length + j] += 2 * sizes[k] * value;
      const weight = 2 * sizes[j] * sizes[k] * turn;
      for (let i = 0; i < d; i++) gradient[j * d + i] += weight * vectors[k * d + i];
    }
  return gradient;
}

/** The derivative of `second`. */
const secondSlope = (c: number, correlations: Rotations["correlations"]): number =>
  correlations.reduce((sum, { r, weight }) => sum + weight * r * (Math.PI - Math.acos(r * c)), 0) /
  (2 * Math.PI);
