/** Rows that are read together: what they write of a column is a line of the cache. */
const STRIP = 8;

/** A row-major matrix, rows x columns, the other way round: in `out`, of as many numbers, or a new array. */
export function transposed<T extends Float32Array | Float64Array>(
  of: T,
  rows: number,
  columns: number,
  out: T = of.slice() as T,
): T {
  for (let from = 0; from < rows; from += STRIP) {
    const end = Math.min(rows, from + STRIP);
    for (let j = 0; j < columns; j++)
      for (let i = from, at = from * columns + j; i < end; i++, at += columns) out[j * rows + i] = of[at];
  }
  return out;
}
