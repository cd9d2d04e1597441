/**
 * The product of a symmetric matrix in tiles with vectors, and its largest eigenvalue's estimate from below by such
 * products. Each tile is read once for itself and its mirror image, eight rows at a time; every sum is added up in the
 * order that one row after the other has.
 */

import { integer, memoryOf, pair, quad, SimdFunction, vector, type Code } from "../base/simd.ts";
import { lanczos } from "../numeric/lanczos.ts";
import { tileAt, type SymmetricTiles } from "./symmetric-tiles.ts";

/** Rows looked at side by side, two to a pair of lanes. */
const ROWS = 8;
const [single, double] = [Float32Array, Float64Array].map((kind) => kind.BYTES_PER_ELEMENT);

/** y = M x of this matrix. */
export function productWith({
  order,
  tile,
  tiles,
}: SymmetricTiles): (x: Float64Array, y: Float64Array) => void {
  const stride = 4 * Math.ceil(tile / 4);
  const blocks = Math.ceil(order / tile);
  // of a row group that a tile cuts off, and of columns, more are looked at than there are: those are 0
  const room = blocks * tile + ROWS + stride;
  const { memory, arrays } = memoryOf(
    [Float64Array, room],
    [Float64Array, room],
    [Float64Array, ROWS],
    [Float32Array, ROWS * stride],
  );
  const [xs, ys, sums, held] = arrays;
  const [both, own] = [true, false].map((mirrored) =>
    write({ xs, ys, sums }, stride, mirrored).compile(memory),
  );
  return (x, y) => {
    xs.set(x);
    ys.fill(0);
    for (let block = 0; block < blocks; block++)
      for (let first = 0; first < Math.min(tile, order - block * tile); first += ROWS) {
        const rows = Math.min(ROWS, tile - first);
        sums.fill(0);
        held.fill(0, rows * stride);
        for (let b = 0; b <= block; b++) {
          const values = tiles[tileAt(block, b)];
          if (stride === tile) held.set(values.subarray(first * tile, (first + rows) * tile));
          else
            for (let r = 0; r < rows; r++)
              held.set(values.subarray((first + r) * tile, (first + r + 1) * tile), r * stride);
          const along = double * b * tile;
          (b < block ? both : own)(
            along,
            along + double * tile,
            double * (block * tile + first),
            held.byteOffset,
          );
        }
        for (let r = 0; r < rows; r++) ys[block * tile + first + r] += sums[r];
      }
    y.set(ys.subarray(0, order));
  };
}

/** Steps of the estimate: one pass over the matrix each. */
const LANCZOS_STEPS = 40;

/** A Rayleigh quotient: the largest eigenvalue is at least this, up to rounding. */
export const rayleighOfTiles = (m: SymmetricTiles): number => lanczos(productWith(m), m.order, LANCZOS_STEPS);

interface Places {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly sums: Float64Array;
}

/**
 * Adds the rows' products with x to the sums, and where `mirrored` x of the rows times them to y: (bytes into x and y,
 * their end, bytes into x of the rows, the rows), four columns at a time.
 */
function write({ xs, ys, sums }: Places, stride: number, mirrored: boolean): SimdFunction {
  const f = new SimdFunction(4);
  const [along, end, ofRows, row] = [0, 1, 2, 3].map((i) => f.parameter(i));
  const sum = (i: number): Code => integer.of(sums.byteOffset + 2 * double * i);
  const totals = Array.from({ length: ROWS / 2 }, (_, i) => f.variable(vector.load(sum(i))));
  f.repeat(() => {
    const x = [0, 1, 2, 3].map((j) => f.keep(pair.loadBoth(along, xs.byteOffset + double * j)));
    const y = mirrored ? [0, 16].map((at) => f.variable(vector.load(along, ys.byteOffset + at))) : [];
    for (const [i, total] of totals.entries()) {
      const two = [0, 1].map((r) => f.keep(vector.load(row, single * stride * (2 * i + r))));
      const [low, high] = [quad.zipFirst, quad.zipLast].map((zip) => f.keep(zip(two[0], two[1])));
      const columns = [
        quad.firstDoubles(low),
        quad.lastDoubles(low),
        quad.firstDoubles(high),
        quad.lastDoubles(high),
      ];
      for (const [j, column] of columns.entries()) total.set(pair.add(total.value, pair.mul(column, x[j])));
      for (const [r, four] of mirrored ? two.entries() : []) {
        const factor = f.keep(pair.loadBoth(ofRows, xs.byteOffset + double * (2 * i + r)));
        y[0].set(pair.add(y[0].value, pair.mul(quad.firstDoubles(four), factor)));
        y[1].set(pair.add(y[1].value, pair.mul(quad.lastDoubles(four), factor)));
      }
    }
    y.forEach((two, i) => f.do(vector.store(along, two.value, ys.byteOffset + 16 * i)));
    f.advance(0, integer.of(4 * double));
    f.advance(3, integer.of(4 * single));
    return integer.less(along, end);
  });
  totals.forEach((total, i) => f.do(vector.store(sum(i), total.value)));
  return f;
}
