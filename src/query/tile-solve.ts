/**
 * Rows solved against a triangular factor, sixteen at a time: the sums of one alone wait for each addition. Each is
 * added up in 64 bits from the first column to the last.
 */

import { integer, memoryOf, pair, SimdFunction, vector } from "../base/simd.ts";
import { lazy } from "../base/lazy.ts";

/** Columns that can be solved in one call. */
export const MOST_COLUMNS = 128;
/** Rows side by side, two to a pair of lanes. */
const ROWS = 16;
const bytes = Float64Array.BYTES_PER_ELEMENT;

function make() {
  const { memory, arrays } = memoryOf(
    [Float64Array, MOST_COLUMNS * MOST_COLUMNS],
    [Float64Array, MOST_COLUMNS * ROWS],
  );
  const [factor, held] = arrays;
  return { factor, held, solve: write().compile(memory) };
}
const kernel = lazy(make);

/** Solves a column: (its row of the factor, the columns before it, column by column; it itself), in bytes. */
function write(): SimdFunction {
  const f = new SimdFunction(3);
  const [along, before, own] = [0, 1, 2].map((i) => f.parameter(i));
  const totals = Array.from({ length: ROWS / 2 }, () => f.variable(vector.zero));
  f.repeat(() => {
    const x = f.keep(pair.loadBoth(along));
    for (const [i, total] of totals.entries())
      total.set(pair.add(total.value, pair.mul(vector.load(before, 16 * i), x)));
    f.advance(0, integer.of(bytes));
    f.advance(1, integer.of(bytes * ROWS));
    return integer.less(before, own);
  });
  const pivot = f.keep(pair.loadBoth(along));
  for (const [i, total] of totals.entries())
    f.do(vector.store(own, pair.div(pair.sub(vector.load(own, 16 * i), total.value), pivot), 16 * i));
  return f;
}

/**
 * X of X L^T = B in place of B, both size x size, for the columns `from` to `to` - 1: those before are taken off
 * already.
 * @param to at most `from` + `MOST_COLUMNS`
 */
export function solveColumns(b: Float64Array, l: Float64Array, size: number, from: number, to: number): void {
  const { factor, held, solve } = kernel();
  const width = to - from;
  for (let c = 0; c < width; c++)
    factor.set(l.subarray((from + c) * size + from, (from + c) * size + to), c * width);
  const column = (c: number): number => held.byteOffset + bytes * ROWS * c;
  for (let first = 0; first < size; first += ROWS) {
    const rows = Math.min(ROWS, size - first);
    for (let r = 0; r < rows; r++)
      for (let c = 0, at = (first + r) * size + from; c < width; c++, at++) held[c * ROWS + r] = b[at];
    for (let r = 0; r < ROWS; r++) held[r] /= factor[0];
    for (let c = 1; c < width; c++) solve(factor.byteOffset + bytes * width * c, column(0), column(c));
    for (let r = 0; r < rows; r++)
      for (let c = 0, at = (first + r) * size + from; c < width; c++, at++) b[at] = held[c * ROWS + r];
  }
}
