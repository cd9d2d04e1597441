/** Symmetric positive definite systems by Cholesky's factorisation. */

/**
 * The lower factor L, A = L L^T, in place of A's lower triangle (the upper one is left alone).
 * @param a symmetric, size x size, row-major
 * @returns false where a pivot is not positive: A is not positive definite to rounding
 */
export function factorise(a: Float64Array, size: number): boolean {
  for (let j = 0; j < size; j++) {
    const rowJ = j * size;
    for (let i = j; i < size; i++) {
      const rowI = i * size;
      let sum = a[rowI + j];
      for (let k = 0; k < j; k++) sum -= a[rowI + k] * a[rowJ + k];
      if (i > j) a[rowI + j] = sum / a[rowJ + j];
      else if (sum > 0) a[rowJ + j] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Solves A x = b in place of b, from `factorise`'s factor. */
export function solveFactorised(factor: Float64Array, size: number, b: Float64Array): Float64Array {
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) b[i] -= factor[i * size + k] * b[k];
    b[i] /= factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) b[i] -= factor[k * size + i] * b[k];
    b[i] /= factor[i * size + i];
  }
  return b;
}
