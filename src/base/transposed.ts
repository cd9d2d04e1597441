/** A row-major matrix, rows x columns, the other way round. */
export function transposed<T extends Float32Array | Float64Array>(of: T, rows: number, columns: number): T {
  const out = of.slice() as T;
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) out[j * rows + i] = of[at];
  return out;
}
