/** The leading eigenvectors of a symmetric matrix, by orthogonal iteration with a shift. */

import { normals, type Key } from "../base/random.ts";
import { dot, orthonormalise } from "./orthonormalise.ts";

const STEPS = 5000;
const CONVERGED = 1e-12;

/**
 * Orthonormal rows spanning the eigenspace of the `count` largest eigenvalues (by value, not size). Where the gap below
 * them is tiny the rows are only near it.
 * @param matrix symmetric, size x size, row-major
 * @param key of the start vectors
 * @returns count x size, row-major
 */
export function topEigenvectors(matrix: Float64Array, size: number, count: number, key: Key): Float64Array {
  // largest row sum: with it added no eigenvalue is negative
  let shift = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += Math.abs(matrix[i * size + j]);
    shift = Math.max(shift, sum);
  }
  if (shift === 0) shift = 1;
  let rows = orthonormalise(normals(key, new Float64Array(count * size)), size, count);
  for (let step = 0; step < STEPS; step++) {
    const next = new Float64Array(rows.length);
    for (let r = 0; r < count; r++)
      for (let i = 0; i < size; i++) {
        let sum = shift * rows[r * size + i];
        for (let j = 0; j < size; j++) sum += matrix[i * size + j] * rows[r * size + j];
        next[r * size + i] = sum;
      }
    orthonormalise(next, size, count);
    const kept = retained(rows, next, size, count);
    rows = next;
    if (count - kept < CONVERGED) break;
  }
  return rows;
}

/** Sum of squared cosines between two row spaces: `count` when they are equal. */
function retained(a: Float64Array, b: Float64Array, size: number, count: number): number {
  let sum = 0;
  for (let r = 0; r < count; r++)
    for (let q = 0; q < count; q++)
      sum += dot(a.subarray(r * size, (r + 1) * size), b.subarray(q * size, (q + 1) * size)) ** 2;
  return sum;
}
