/**
 * The coordinates that |y| depends on, where x is straightened by a frame of |x|: least squares of log y^2 on log
 * |u_i|, of which the largest coefficients in size are the set. Logarithms, because sorted coordinates are far from
 * independent and y^2 is heavy-tailed: on u_i^2 itself half of the sets are missed.
 */

import { factorise, solveFactorised } from "../../numeric/cholesky.ts";

/** Adds a chunk of rows u (count x n) with their labels to the normal equations of n coefficients and a constant. */
export function addToRegression(
  u: Float64Array,
  labels: Float64Array,
  n: number,
  gram: Float64Array,
  cross: Float64Array,
): void {
  const size = n + 1;
  const row = new Float64Array(size).fill(1);
  for (let e = 0; e < labels.length; e++) {
    for (let i = 0; i < n; i++) row[i] = Math.log(Math.abs(u[e * n + i]) + 1e-3);
    const value = Math.log(labels[e] * labels[e] + 1e-6);
    for (let i = 0; i < size; i++) {
      cross[i] += row[i] * value;
      for (let j = 0; j <= i; j++) gram[i * size + j] += row[i] * row[j];
    }
  }
}

/** The coefficients, without the constant; null where the rows do not determine them. */
export function regressionCoefficients(gram: Float64Array, cross: Float64Array): Float64Array | null {
  const size = cross.length;
  const whole = gram.slice();
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) whole[j * size + i] = whole[i * size + j];
  return factorise(whole, size) ? solveFactorised(whole, size, cross.slice()).slice(0, size - 1) : null;
}

/** The k entries of largest size, ascending. */
export const largestEntries = (values: Float64Array, k: number): Int32Array =>
  Int32Array.from(
    Array.from(values, (_, i) => i)
      .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]))
      .slice(0, k),
  ).sort();
