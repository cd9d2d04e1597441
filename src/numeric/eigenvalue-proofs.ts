/**
 * For those who check a claim about the largest eigenvalue of a symmetric matrix: by elimination and by row quotients
 * of their own, so that nothing is shared with `eigenvalue-bounds.ts`, which finds the numbers that are claimed.
 */

import { nextUp, roundings, unitRoundoff } from "./rounding.ts";

/** A symmetric matrix that a checker has computed, row-major. */
export interface CheckedMatrix {
  readonly entries: Float64Array | Float32Array;
  readonly order: number;
  /** Bound on the spectral norm of what the entries are wrong by. */
  readonly errorNorm: number;
}

/**
 * Eliminates shift I - M from the last row up. What is computed is the exact elimination of a matrix next to it, by
 * gamma_{n+4} |L| |D| |L|^T at most, whose norm is below its trace: that of shift I - M, and of a negative pivot
 * (Higham 2002, theorem 9.3).
 * @returns whether all pivots are positive, and a bound on that difference
 */
function eliminate({ entries, order }: CheckedMatrix, shift: number): { positive: boolean; doubt: number } {
  const a = new Float64Array(order * order);
  let trace = 0;
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) a[i * order + j] = -entries[i * order + j];
    a[i * order + i] += shift;
    trace += Math.abs(a[i * order + i]);
  }
  const doubt = (size: number): number => 2 * roundings(order + 4) * size;
  for (let p = order - 1; p >= 0; p--) {
    const row = p * order;
    const pivot = a[row + p];
    if (!(pivot > 0)) return { positive: false, doubt: doubt(trace - pivot) };
    for (let i = 0; i < p; i++) subtractRow(a, i * order, row, a[row + i] / pivot, i + 1);
  }
  return { positive: true, doubt: doubt(trace) };
}

/** The first `length` entries of the row at `from`, less `factor` times those of another. */
function subtractRow(a: Float64Array, from: number, other: number, factor: number, length: number): void {
  for (let j = 0; j < length; j++) a[from + j] -= factor * a[other + j];
}

/** Size of the doubt of an elimination near `shift`. */
function expectedDoubt({ entries, order }: CheckedMatrix, shift: number): number {
  let trace = 0;
  for (let i = 0; i < order; i++) trace += Math.abs(shift) + Math.abs(entries[i * order + i]);
  return 2 * roundings(order + 5) * trace + 8 * unitRoundoff * Math.abs(shift);
}

/** Whether elimination proves that no eigenvalue is above `claimed`. */
export function provesAtMost(matrix: CheckedMatrix, claimed: number): boolean {
  const shift = claimed - matrix.errorNorm - expectedDoubt(matrix, claimed);
  const { positive, doubt } = eliminate(matrix, shift);
  return positive && nextUp(nextUp(shift + doubt) + matrix.errorNorm) <= claimed;
}

/** Whether elimination proves that some eigenvalue is at least `claimed`. */
export function provesAtLeast(matrix: CheckedMatrix, claimed: number): boolean {
  const shift = claimed + matrix.errorNorm + 2 * expectedDoubt(matrix, claimed);
  const { positive, doubt } = eliminate(matrix, shift);
  return !positive && claimed + matrix.errorNorm <= shift - doubt;
}

/** Passes over the matrix for the quotients, and for the polynomial. */
const quotientSteps = 60;
const polynomialSteps = 200;

/**
 * Whether the quotients (|M| x)_i / x_i of some x > 0 prove that no eigenvalue is above `claimed` (Collatz and
 * Wielandt).
 * @param error bounds on the error of each entry, absolute and relative to it
 */
export function quotientsProve(
  { entries, order }: Omit<CheckedMatrix, "errorNorm">,
  claimed: number,
  error: { readonly absolute: number; readonly relative: number },
): boolean {
  let x = new Float64Array(order).fill(1);
  const safe = 1 + 2 * roundings(order + 6);
  for (let step = 0; step < quotientSteps; step++) {
    const y = new Float64Array(order);
    let [total, worst, largest] = [0, 0, 0];
    for (let i = 0; i < order; i++) total += x[i];
    for (let i = 0, at = 0; i < order; i++) {
      let sum = 0;
      for (let j = 0; j < order; j++, at++) sum += Math.abs(entries[at]) * x[j];
      y[i] = sum;
      worst = Math.max(worst, (sum * (1 + error.relative) + error.absolute * total) / x[i]);
      largest = Math.max(largest, sum);
    }
    if (worst * safe <= claimed) return true;
    if (!(largest > 0)) return false;
    x = y.map((v) => Math.max(v / largest, 1e-6));
  }
  return false;
}

/**
 * Whether a Rayleigh quotient shows an eigenvalue of at least `claimed`: of a vector to which a Chebyshev polynomial in
 * M is applied that grows from just below `claimed` on. For matrices without negative eigenvalues that are too large to
 * eliminate; a true claim that is no few parts in a thousand below the eigenvalue may be left unproved.
 */
export function quotientShows({ entries, order, errorNorm }: CheckedMatrix, claimed: number): boolean {
  const apply = (x: Float64Array): Float64Array => {
    const y = new Float64Array(order);
    for (let i = 0, at = 0; i < order; i++) {
      let sum = 0;
      for (let j = 0; j < order; j++, at++) sum += entries[at] * x[j];
      y[i] = sum;
    }
    return y;
  };
  const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, v, i) => sum + v * y[i], 0);
  const edge = claimed * (1 - 2e-3);
  let before = Float64Array.from({ length: order }, (_, i) => Math.cos(1 + i * i));
  let x = apply(before).map((v, i) => (2 * v) / edge - before[i]);
  for (let step = 2; step < polynomialSteps; step++) {
    const moved = apply(x);
    const next = moved.map((v, i) => 2 * ((2 * v) / edge - x[i]) - before[i]);
    const scale = 1 / Math.max(1, Math.sqrt(dot(next, next)));
    before = x.map((v) => v * scale);
    x = next.map((v) => v * scale);
  }
  let squares = 0;
  for (let at = 0; at < entries.length; at++) squares += entries[at] * entries[at];
  const doubt = 4 * roundings(2 * order + 8) * Math.sqrt(squares) + errorNorm;
  return dot(x, apply(x)) / dot(x, x) - doubt >= claimed;
}
