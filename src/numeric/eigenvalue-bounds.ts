/**
 * The largest eigenvalue of a symmetric matrix, estimated from below and proved from above. Power iteration and
 * Lanczos approach it from below, which proves nothing about a Gram matrix's query dimension D / lambda_max: only
 * the upper bounds enter a certificate.
 */

import { lanczos } from "./lanczos.ts";
import { nextUp, roundings, unitRoundoff } from "./rounding.ts";

/** A symmetric matrix, row-major; large ones may be rounded to 32 bits if that is told by `relativeError`. */
export type SymmetricMatrix = Float64Array | Float32Array;

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
  /** Bound on the error of each entry relative to the entry; default 0. */
  readonly relativeError?: number;
  /** Largest order for which the O(D^3) factorisation is tried; default 2000. */
  readonly factoriseUpTo?: number;
}

/** Both bounds of the symmetric row-major order x order matrix, the better upper bound of the two methods. */
export function largestEigenvalue(
  matrix: SymmetricMatrix,
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

/** y = M x. Four sums a row: one alone waits for each addition. */
function apply(matrix: SymmetricMatrix, order: number, x: Float64Array, y: Float64Array): void {
  const end = order - (order % 4);
  for (let i = 0, at = 0; i < order; i++) {
    let [a, b, c, d] = [0, 0, 0, 0];
    let j = 0;
    for (; j < end; j += 4, at += 4) {
      a += matrix[at] * x[j];
      b += matrix[at + 1] * x[j + 1];
      c += matrix[at + 2] * x[j + 2];
      d += matrix[at + 3] * x[j + 3];
    }
    for (; j < order; j++, at++) a += matrix[at] * x[j];
    y[i] = a + b + (c + d);
  }
}

/** y = |M| x. */
function applyAbsolute(matrix: SymmetricMatrix, order: number, x: Float64Array, y: Float64Array): void {
  const end = order - (order % 4);
  for (let i = 0, at = 0; i < order; i++) {
    let [a, b, c, d] = [0, 0, 0, 0];
    let j = 0;
    for (; j < end; j += 4, at += 4) {
      a += Math.abs(matrix[at]) * x[j];
      b += Math.abs(matrix[at + 1]) * x[j + 1];
      c += Math.abs(matrix[at + 2]) * x[j + 2];
      d += Math.abs(matrix[at + 3]) * x[j + 3];
    }
    for (; j < order; j++, at++) a += Math.abs(matrix[at]) * x[j];
    y[i] = a + b + (c + d);
  }
}

/** The largest Rayleigh quotient found by Lanczos: at most lambda_max, up to its rounding. */
export function rayleighEstimate(
  matrix: SymmetricMatrix,
  order: number,
  steps = defaultSteps(order),
  start?: Float64Array,
): number {
  return lanczos((x, y) => apply(matrix, order, x, y), order, steps, start);
}

/** A step costs one pass over the matrix. */
const defaultSteps = (order: number): number => (order > 4000 ? 40 : 120);

/**
 * Collatz and Wielandt: lambda_max(M) <= lambda_max(|M|) <= max_i (|M| x)_i / x_i for every x > 0. x comes from a few
 * power steps on |M|. All terms are non-negative, so order + 3 relative roundings cover the evaluation; an error e in
 * every entry adds e sum_j x_j / x_i, one relative to the entries a share of the sum.
 */
export function collatzWielandt(
  matrix: SymmetricMatrix,
  order: number,
  { entryError = 0, relativeError = 0 }: EigenvalueOptions = {},
  steps = 12,
): number {
  let [x, y] = [new Float64Array(order).fill(1), new Float64Array(order)];
  let best = Infinity;
  for (let step = 0; step < steps; step++) {
    applyAbsolute(matrix, order, x, y);
    const total = x.reduce((s, v) => s + v, 0);
    let [bound, largest] = [0, 0];
    for (let i = 0; i < order; i++) {
      bound = Math.max(bound, (y[i] * (1 + relativeError) + entryError * total) / x[i]);
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
 * Rump (2006) gives gamma_{order+1} / (1 - gamma_{order+1}) times the trace. c starts just above `lower`, for large
 * matrices no closer than the backward error is anyway, and its distance grows tenfold until the factorisation
 * succeeds; where that leaves more than a part in 10^4, the distance is halved back.
 */
export function factorisationBound(
  matrix: SymmetricMatrix,
  order: number,
  lower: number,
  options: EigenvalueOptions = {},
): number {
  const scale = Math.max(Math.abs(lower), Number.MIN_VALUE);
  let bound: number | undefined;
  let [fails, holds] = [lower, lower];
  for (let gap = order <= 300 ? 1e-12 : 1e-9; gap < 1e3 && bound === undefined; gap *= 10) {
    [fails, holds] = [holds, lower + gap * scale];
    bound = factorisationProves(matrix, order, holds, options);
  }
  while (bound !== undefined && holds - fails > 1e-4 * scale) {
    const middle = fails + (holds - fails) / 2;
    // among subnormal numbers a part in 10^4 is less than their distance
    if (!(middle > fails && middle < holds)) break;
    const better = factorisationProves(matrix, order, middle, options);
    if (better === undefined) fails = middle;
    else [holds, bound] = [middle, better];
  }
  return bound ?? Infinity;
}

/** The proved bound on lambda_max if c I - M, c = `shift`, is factorised to the end: c plus the errors. */
export function factorisationProves(
  matrix: SymmetricMatrix,
  order: number,
  shift: number,
  { entryError = 0, relativeError = 0 }: EigenvalueOptions = {},
): number | undefined {
  const trace = factorise(matrix, order, shift);
  if (trace === undefined) return undefined;
  const backward = backwardError(order, trace);
  // an error matrix is at most as large as its largest absolute row sum
  const relative = relativeError === 0 ? 0 : relativeError * largestRowSum(matrix, order);
  return nextUp((shift + backward + order * entryError + relative) * (1 + 4 * unitRoundoff));
}

/** By how much a Cholesky factorisation that ran to its end may have factorised another matrix (Rump 2006), in norm. */
export function backwardError(order: number, trace: number): number {
  const gamma = roundings(order + 2);
  return (gamma / (1 - gamma)) * trace + 2 * unitRoundoff * trace;
}

function largestRowSum(matrix: SymmetricMatrix, order: number): number {
  const sums = new Float64Array(order);
  applyAbsolute(matrix, order, new Float64Array(order).fill(1), sums);
  return sums.reduce((a, b) => Math.max(a, b), 0) * (1 + 2 * roundings(order + 5));
}

/** Factorises shift I - M; the absolute trace if all pivots are positive. */
function factorise(matrix: SymmetricMatrix, order: number, shift: number): number | undefined {
  const lower = new Float64Array(order * order);
  let trace = 0;
  for (let i = 0; i < order; i++) {
    const row = i * order;
    trace += Math.abs(shift) + Math.abs(matrix[row + i]);
    for (let j = 0; j <= i; j++) {
      const other = j * order;
      const end = j - (j % 4);
      let [a, b, c, d] = [0, 0, 0, 0];
      let k = 0;
      for (; k < end; k += 4) {
        a += lower[row + k] * lower[other + k];
        b += lower[row + k + 1] * lower[other + k + 1];
        c += lower[row + k + 2] * lower[other + k + 2];
        d += lower[row + k + 3] * lower[other + k + 3];
      }
      for (; k < j; k++) a += lower[row + k] * lower[other + k];
      const left = (i === j ? shift : 0) - matrix[row + j] - (a + b + (c + d));
      if (i !== j) lower[row + j] = left / lower[other + j];
      else if (left > 0) lower[row + i] = Math.sqrt(left);
      else return undefined;
    }
  }
  return trace;
}
