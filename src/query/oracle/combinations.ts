/** Queries that are combinations of a list's members, evaluated. */

/**
 * sum_i c_qi f_i(x) for each query q.
 * @param coefficients row-major (queries x count); of members that are not `used` they are 0
 * @param values of the used members, row-major (used.length x size)
 * @returns row-major (queries x size)
 */
export function combine(
  coefficients: Float64Array,
  count: number,
  used: Int32Array,
  values: ArrayLike<number>,
  size: number,
): Float32Array {
  const queries = coefficients.length / count;
  const out = new Float32Array(queries * size);
  const row = new Float64Array(size);
  for (let q = 0; q < queries; q++) {
    row.fill(0);
    for (let k = 0; k < used.length; k++) {
      const c = coefficients[q * count + used[k]];
      if (c === 0) continue;
      for (let x = 0, at = k * size; x < size; x++, at++) row[x] += c * values[at];
    }
    out.set(row, q * size);
  }
  return out;
}
