/**
 * The largest eigenvalue of a symmetric matrix, estimated from below and proved from above. Power iteration and
 * Lanczos approach it from below, which proves nothing about a Gram matrix's query dimension D / lambda_max: only
 * the upper bounds enter a certificate.
 */

import { nextUp, roundings, unitRoundoff } from "./rounding.ts";

export interface EigenvalueBounds {
  /** Rayleigh quotient: lambda_max is at least this, up to its rounding. */
  readonly lower: number;
  /** Proved: lambda_max is at most this. */
  readonly upper: number;
  readonly method: "collatz-wielandt" | "factorisation";
}

export interface EigenvalueOptions {
  /** Bound on the absolute error of each entry; default 0. */
  readonly entryError?: number;
  /** Largest order for which the O(D^3) factorisation is tried; default 2000. */
  readonly factoriseUpTo?: number;
}

/** Both bounds of the symmetric row-major order x order matrix, the better upper bound of the two methods. */
export function largestEigenvalue(
  matrix: Float64Array,
  order: number,
  options: EigenvalueOptions = {},
): EigenvalueBounds {
  const lower = rayleighEstimate(matrix, order);
  const coarse = collatzWielandt(matrix, order, options);
  const limit = options.factoriseUpTo ?? 2000;
  if (order > limit || coarse <= lower * (1 + 1e-9))
    return { lower, upper: coarse, method: "collatz-wielandt" };
  const fine = factorisationBound(matrix, order, lower, options);
  return fine < coarse
    ? { lower, upper: fine, method: "factorisation" }
    : { lower, upper: coarse, method: "collatz-wielandt" };
}

/** y = M x, or |M| x. */
function apply(
  matrix: Float64Array,
  order: number,
  x: Float64Array,
  y: Float64Array,
  absolute: boolean,
): void {
  for (let i = 0, at = 0; i < order; i++) {
    let sum = 0;
    if (absolute) for (let j = 0; j < order; j++, at++) sum += Math.abs(matrix[at]) * x[j];
    else for (let j = 0; j < order; j++, at++) sum += matrix[at] * x[j];
    y[i] = sum;
  }
}

/** Power iteration with Rayleigh quotients from a fixed, direction-rich start; stops when they stop growing. */
export function rayleighEstimate(matrix: Float64Array, order: number, steps = 300): number {
  let [x, y] = [new Float64Array(order), new Float64Array(order)];
  for (let i = 0; i < order; i++) x[i] = 1 + 0.5 * Math.sin(1 + i * 2.399963);
  let [best, still] = [-Infinity, 0];
  for (let step = 0; step < steps && still < 6; step++) {
    const norm = Math.sqrt(x.reduce((s, v) => s + v * v, 0));
    if (!(norm > 0)) return Math.max(best, 0);
    for (let i = 0; i < order; i++) x[i] /= norm;
    apply(matrix, order, x, y, false);
    let quotient = 0;
    for (let i = 0; i < order; i++) quotient += x[i] * y[i];
    still = quotient <= best * (1 + 1e-12) ? still + 1 : 0;
    best = Math.max(best, quotient);
    [x, y] = [y, x];
  }
  return best;
}

/**
 * Collatz and Wielandt: lambda_max(M) <= lambda_max(|M|) <= max_i (|M| x)_i / x_i for every x > 0. x comes from a few
 * power steps on |M|. All terms are non-negative, so order + 3 relative roundings cover the evaluation; an error e in
 * every entry adds e sum_j x_j / x_i.
 */
export function collatzWielandt(
  matrix: Float64Array,
  order: number,
  { entryError = 0 }: EigenvalueOptions = {},
  steps = 12,
): number {
  let [x, y] = [new Float64Array(order).fill(1), new Float64Array(order)];
  let best = Infinity;
  for (let step = 0; step < steps; step++) {
    apply(matrix, order, x, y, true);
    const total = x.reduce((s, v) => s + v, 0);
    let [bound, largest] = [0, 0];
    for (let i = 0; i < order; i++) {
      bound = Math.max(bound, (y[i] + entryError * total) / x[i]);
      largest = Math.max(largest, y[i]);
    }
    best = Math.min(best, bound);
    if (!(largest > 0)) break;
    for (let i = 0; i < order; i++) y[i] = Math.max(y[i] / largest, 1e-6);
    [x, y] = [y, x];
  }
  return nextUp(best * (1 + 2 * roundings(order + 5)));
}

/**
 * A Cholesky factorisation of c I - M that runs to the end proves lambda_max(M) <= c + the backward error, for which
 * Rump (2006) gives gamma_{order+1} / (1 - gamma_{order+1}) times the trace. c starts just above `lower` and its
 * distance grows tenfold until the factorisation succeeds; where that leaves more than a part in 10^4 (a flat spectrum, on
 * which power iteration is slow), the shift is halved back.
 */
export function factorisationBound(
  matrix: Float64Array,
  order: number,
  lower: number,
  { entryError = 0 }: EigenvalueOptions = {},
): number {
  const scale = Math.max(Math.abs(lower), Number.MIN_VALUE);
  let trace: number | undefined;
  let [fails, holds] = [lower, lower];
  for (let gap = 1e-12; gap < 1e3 && trace === undefined; gap *= 10) {
    [fails, holds] = [holds, lower + gap * scale];
    trace = factorise(matrix, order, holds);
  }
  if (trace === undefined) return Infinity;
  while (holds - fails > 1e-4 * scale) {
    const middle = fails + (holds - fails) / 2;
    const found = factorise(matrix, order, middle);
    if (found === undefined) fails = middle;
    else [holds, trace] = [middle, found];
  }
  const gamma = roundings(order + 2);
  const backward = (gamma / (1 - gamma)) * trace + 2 * unitRoundoff * trace;
  return nextUp((holds + backward + order * entryError) * (1 + 4 * unitRoundoff));
}

/** Factorises shift I - M; the absolute trace if all pivots are positive. */
function factorise(matrix: Float64Array, order: number, shift: number): number | undefined {
  const lower = new Float64Array(order * order);
  let trace = 0;
  for (let i = 0; i < order; i++) {
    const row = i * order;
    trace += Math.abs(shift) + Math.abs(matrix[row + i]);
    for (let j = 0; j <= i; j++) {
      const other = j * order;
      let sum = (i === j ? shift : 0) - matrix[row + j];
      for (let k = 0; k < j; k++) sum -= lower[row + k] * lower[other + k];
      if (i !== j) lower[row + j] = sum / lower[other + j];
      else if (sum > 0) lower[row + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return trace;
}
