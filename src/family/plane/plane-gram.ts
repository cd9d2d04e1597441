/**
 * The normalised Gram matrix of many planes' functions: overlaps of all rows by matrix products in tiles, then the
 * inner product of each pair, with a bound on every entry's error.
 */

import type { Plane } from "./plane.ts";
import type { SymmetricMatrix } from "../../numeric/eigenvalue-bounds.ts";
import { meanDegree } from "./polygon-norm.ts";
import { polygonKernel, type PolygonKernel } from "./polygon-kernel.ts";
import { polygonProduct, type Correlations, type PolygonProduct } from "./polygon-product.ts";
import type { Progress } from "../../base/progress.ts";
import { nextUp, unitRoundoff } from "../../numeric/rounding.ts";

export interface PlaneGram {
  /** Row-major, ones on the diagonal; 32 bits above `doubleUpTo` planes. */
  readonly matrix: SymmetricMatrix;
  readonly order: number;
  /** Bounds on the error of an entry: absolute, and relative to it. */
  readonly entryError: number;
  readonly relativeError: number;
  /** No two members correlate more in absolute value, errors included. */
  readonly maxAbsCorrelation: number;
}

/** Gram matrices up to this order are kept in 64 bits. */
export const doubleUpTo = 2000;

/**
 * Inner products for Gram matrices of this order. Errors of 1e-12 an entry do not show in an eigenvalue of at least 1,
 * nor do 1e-10 in one that is known to 32 bits.
 */
export const gramProduct = (k: number, correlations: Correlations, order: number): PolygonProduct =>
  polygonProduct(k, correlations, { absolute: order <= doubleUpTo ? 1e-12 : 1e-10 });

/**
 * Planes a tile has on each side, at most: 2 MiB of overlaps, which stay in the cache between their product and their
 * use.
 */
const largestTile = 256;

/**
 * @param product inner products of the family; its value is divided by its squared norm
 * @param d dimension of the planes
 * @param planeAt the planes by their index, asked for once each, in order
 */
export async function* planeGram(
  product: PolygonProduct,
  d: number,
  order: number,
  planeAt: (index: number) => Plane,
): AsyncGenerator<Progress, PlaneGram> {
  const { matmul64 } = await import("../../engine/run/matmul.ts");
  const blocks = Math.ceil(order / largestTile);
  const tile = 2 * Math.ceil(order / blocks / 2); // the kernel takes two at a time
  const rows: Float64Array[] = [];
  for (let b = 0; b < blocks; b++) {
    // rows that no plane fills stay zero, so that all tiles have one shape
    const block = new Float64Array(2 * tile * d);
    for (let i = b * tile; i < Math.min(order, (b + 1) * tile); i++)
      block.set(planeAt(i), 2 * (i - b * tile) * d);
    rows.push(block);
  }
  const matrix: SymmetricMatrix =
    order <= doubleUpTo ? new Float64Array(order * order) : new Float32Array(order * order);
  for (let i = 0; i < order; i++) matrix[i * order + i] = 1;
  const kernel = polygonKernel(product, 4 * tile * tile, tile);
  for (let a = 0, done = 0; a < blocks; a++)
    for (let b = a; b < blocks; b++, done++) {
      yield { what: `overlaps of ${order} planes`, done, total: (blocks * (blocks + 1)) / 2 };
      await matmul64(rows[a], rows[b], 2 * tile, d, 2 * tile, { transposeB: true, into: kernel.overlaps });
      fillTile(kernel, tile, matrix, order, a * tile, b * tile);
    }
  const relativeError = matrix instanceof Float32Array ? 2 ** -24 : 0;
  const entryError = correlationError(product, kernel.largest.overlap, d);
  const maxAbsCorrelation = Math.min(
    1,
    nextUp(kernel.largest.correlation * (1 + 2 * relativeError) + entryError),
  );
  return { matrix, order, entryError, relativeError, maxAbsCorrelation };
}

/** Rows of the tile whose mirror image is written together: as many numbers as one line of the cache holds. */
const mirrored = 16;

/** Correlations of the planes from `first` on with those from `second` on; both triangles are written. */
function fillTile(
  kernel: PolygonKernel,
  tile: number,
  matrix: SymmetricMatrix,
  order: number,
  first: number,
  second: number,
): void {
  const { overlaps, correlations } = kernel;
  const width = 2 * tile;
  const end = Math.min(order, second + tile);
  // a plane's overlap with itself does not count
  if (first === second)
    for (let row = 0; row < width; row++)
      overlaps.fill(0, row * (width + 1) - (row % 2), row * (width + 1) - (row % 2) + 2);
  for (let from = first; from < Math.min(order, first + tile); from += mirrored) {
    const to = Math.min(order, first + tile, from + mirrored);
    for (let i = from; i < to; i++) {
      // on the diagonal from the plane itself or the next on
      const start = first === second ? 2 * Math.floor((i + 1 - first) / 2) : 0;
      const upper = 2 * (i - first) * width + 2 * start;
      kernel.evaluate(upper, upper + width, tile - start);
      const skip = Math.max(second, i + 1) - second - start;
      const row = i * order + second + start;
      for (let at = skip; at < end - second - start; at++) matrix[row + at] = correlations[at];
    }
    for (let j = Math.max(second, from + 1); j < end; j++) {
      const row = j * order;
      const last = Math.min(to, j);
      for (let i = from, at = from * order + j; i < last; i++, at += order) matrix[row + i] = matrix[at];
    }
  }
}

/**
 * Bound on the error of a correlation at overlaps of largest singular value s. Beside the inner product's own error:
 * sums of d products err by d u an entry, 2 d u in norm; rows orthonormal within 2 d u stand for the orthonormal rows
 * next to them, which changes the overlap by s times that on each side. A change H of the overlap changes the
 * correlation by at most (s + ||H||)^(k-1) m ||H||, m the mean degree of F: its degree-t part is a polynomial of degree
 * t in the overlap.
 */
export function correlationError(product: PolygonProduct, s: number, d: number): number {
  const change = (2 + 4 * s) * (d + 4) * unitRoundoff;
  const carried = (s + change) ** (product.k - 1) * meanDegree(product.k) * change;
  return nextUp(
    (product.error(Math.min(1, s)) / product.normSquared + carried) * (1 + 1e-9) + Number.MIN_VALUE,
  );
}
