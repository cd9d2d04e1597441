/** Eigenvalues of a small symmetric matrix, by Jacobi's rotations (Golub and Van Loan, section 8.5). */

/** @param matrix row-major, size x size @returns the largest first */
export function eigenvaluesOf(matrix: Float64Array, size: number): number[] {
  const a = matrix.slice();
  for (let sweep = 0; sweep < 60 && outside(a, size) > 1e-20; sweep++)
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, size, p, q);
  return Array.from({ length: size }, (_, i) => a[i * size + i]).sort((x, y) => y - x);
}

/** Sum of squares off the diagonal. */
function outside(a: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) sum += a[i * size + j] ** 2;
  return sum;
}

/** Makes entry (p, q) zero. */
function rotate(a: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q];
  if (apq === 0) return;
  const theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[k * size + p], a[k * size + q]];
    [a[k * size + p], a[k * size + q]] = [c * x - s * y, s * x + c * y];
  }
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[p * size + k], a[q * size + k]];
    [a[p * size + k], a[q * size + k]] = [c * x - s * y, s * x + c * y];
  }
}
