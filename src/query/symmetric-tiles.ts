/**
 * Symmetric matrices too large for one pass of plain code, kept as the square tiles of their lower triangle, and the
 * proof that such a matrix has no eigenvalue above a bound: a Cholesky factorisation that runs to its end (Rump
 * 2006), by tiles, whose products are matrix products.
 */

import { backwardError } from "../numeric/eigenvalue-bounds.ts";
import { nextUp, unitRoundoff } from "../numeric/rounding.ts";
import { MOST_COLUMNS, solveColumns } from "./tile-solve.ts";

/** Told the share of the work that is done; it may wait. */
export type Tick = (share: number) => void | Promise<void>;

/** Rows and columns beyond the order are 0. */
export interface SymmetricTiles {
  readonly order: number;
  readonly tile: number;
  /** Tile (i, j), j <= i, row-major, at i (i + 1) / 2 + j. */
  readonly tiles: readonly Float32Array[];
}

export const tileAt = (i: number, j: number): number => (i * (i + 1)) / 2 + j;

/** y += factor * row i of M. */
export function addRow(
  { order, tile, tiles }: SymmetricTiles,
  i: number,
  factor: number,
  y: Float64Array,
): void {
  const [block, within] = [Math.floor(i / tile), i % tile];
  for (let b = 0; b * tile < order; b++) {
    const from = b * tile;
    const size = Math.min(tile, order - from);
    const values = tiles[b <= block ? tileAt(block, b) : tileAt(b, block)];
    const [start, stride] = b <= block ? [within * tile, 1] : [within, tile];
    for (let j = 0, at = start; j < size; j++, at += stride) y[from + j] += factor * values[at];
  }
}

/** The sum of the diagonal. */
export function traceOf({ order, tile, tiles }: SymmetricTiles): number {
  let sum = 0;
  for (let i = 0; i < order; i++) {
    const block = Math.floor(i / tile);
    sum += tiles[tileAt(block, block)][(i % tile) * (tile + 1)];
  }
  return sum;
}

/**
 * Share of the estimate by which the first bound that is tried lies above it; each further one by three times as
 * much.
 */
const FIRST_GAP = 0.003;

/**
 * A proved upper bound of the largest eigenvalue, a few parts in a thousand above `lower` where that is a good
 * estimate.
 * @param error bound on the spectral norm of what the entries are wrong by
 */
export async function provedLargestEigenvalue(
  m: SymmetricTiles,
  lower: number,
  error: number,
  tick: Tick,
): Promise<number> {
  const scratch = m.tiles.map((t) => new Float64Array(t.length));
  for (let gap = FIRST_GAP; ; gap *= 3) {
    const bound = lower * (1 + gap);
    const trace = await factoriseTiles(m, bound, scratch, tick);
    if (trace === undefined) continue;
    const backward = backwardError(blocksOf(m) * m.tile, trace);
    return nextUp((bound + backward + error) * (1 + 8 * unitRoundoff));
  }
}

/** Tiles of a column. */
const blocksOf = ({ order, tile }: SymmetricTiles): number => Math.ceil(order / tile);

/**
 * The factor of shift I - M into the given tiles, column of tiles by column: the products of the columns before are
 * subtracted, the tile on the diagonal is factorised, the others are solved against it.
 * @returns the trace of shift I + |diag M|; undefined where a pivot is not positive
 */
async function factoriseTiles(
  m: SymmetricTiles,
  shift: number,
  factor: readonly Float64Array[],
  tick: Tick,
): Promise<number | undefined> {
  const { matmul64 } = await import("../engine/run/matmul.ts");
  const { tile } = m;
  const blocks = blocksOf(m);
  const product = new Float64Array(tile * tile);
  let trace = 0;
  for (let j = 0; j < blocks; j++) {
    await tick(j / blocks);
    const diagonal = factor[tileAt(j, j)];
    for (let i = j; i < blocks; i++) {
      const target = factor[tileAt(i, j)];
      const source = m.tiles[tileAt(i, j)];
      for (let at = 0; at < target.length; at++) target[at] = -source[at];
      if (i === j)
        for (let r = 0; r < tile; r++) {
          trace += shift + Math.abs(source[r * tile + r]);
          target[r * tile + r] += shift;
        }
      for (let k = 0; k < j; k++) {
        const [left, right] = [factor[tileAt(i, k)], factor[tileAt(j, k)]];
        await matmul64(left, right, tile, tile, tile, { transposeB: true, into: product });
        for (let at = 0; at < target.length; at++) target[at] -= product[at];
      }
      if (i === j) {
        if (!factoriseTile(diagonal, tile)) return undefined;
      } else await solveTile(target, diagonal, tile);
    }
  }
  return trace;
}

/** The lower factor in place; the upper triangle becomes 0, so that products may use the whole tile. */
function factoriseTile(a: Float64Array, size: number): boolean {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let j = 0; j <= i; j++) {
      const other = j * size;
      let [s, t] = [0, 0];
      let k = 0;
      for (; k + 1 < j; k += 2) {
        s += a[row + k] * a[other + k];
        t += a[row + k + 1] * a[other + k + 1];
      }
      if (k < j) s += a[row + k] * a[other + k];
      const left = a[row + j] - (s + t);
      if (j < i) a[row + j] = left / a[other + j];
      else if (left > 0) a[row + i] = Math.sqrt(left);
      else return false;
    }
    a.fill(0, row + i + 1, row + size);
  }
  return true;
}

/**
 * X of X L^T = B in place of B: some columns at a time are solved one by one; what those before them take off is a
 * matrix product.
 */
async function solveTile(b: Float64Array, l: Float64Array, size: number): Promise<void> {
  const { matmul64 } = await import("../engine/run/matmul.ts");
  for (let from = 0; from < size; from += MOST_COLUMNS) {
    const width = Math.min(MOST_COLUMNS, size - from);
    if (from > 0) {
      const before = columnsOf(b, size, 0, size, from);
      const factor = columnsOf(l, size, from, width, from);
      const product = await matmul64(before, factor, size, from, width, { transposeB: true });
      for (let r = 0, at = 0; r < size; r++)
        for (let c = from; c < from + width; c++, at++) b[r * size + c] -= product[at];
    }
    solveColumns(b, l, size, from, from + width);
  }
}

/** The first columns of some rows, by themselves. */
function columnsOf(m: Float64Array, size: number, row: number, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    out.set(m.subarray((row + r) * size, (row + r) * size + columns), r * columns);
  return out;
}
