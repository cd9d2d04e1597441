/** Orthonormal rows. */

/**
 * Gram-Schmidt on the rows, twice, in place.
 * @param rows count x size, row-major, linearly independent
 */
export function orthonormalise(rows: Float64Array, size: number, count: number): Float64Array {
  for (let pass = 0; pass < 2; pass++)
    for (let r = 0; r < count; r++) {
      const row = rows.subarray(r * size, (r + 1) * size);
      for (let q = 0; q < r; q++) {
        const other = rows.subarray(q * size, (q + 1) * size);
        const along = dot(row, other);
        for (let i = 0; i < size; i++) row[i] -= along * other[i];
      }
      const norm = Math.sqrt(dot(row, row));
      for (let i = 0; i < size; i++) row[i] /= norm;
    }
  return rows;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
