import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { largestEigenvalue } from "../../src/numeric/eigenvalue-bounds.ts";
import { addRow, provedLargestEigenvalue, tileAt, traceOf, type SymmetricTiles } from "../../src/query/symmetric-tiles.ts"; // prettier-ignore
import { productWith, rayleighOfTiles } from "../../src/query/tile-product.ts";

/** X X^T of a random X, in tiles, and the same whole. */
function example(order: number, rank: number, tile: number): { tiles: SymmetricTiles; dense: Float64Array } {
  const s = stream(keyFor("tiles", order, rank));
  const x = Float64Array.from({ length: order * rank }, () => s.normal() / Math.sqrt(rank));
  const blocks = Math.ceil(order / tile);
  const tiles = Array.from({ length: tileAt(blocks, 0) }, () => new Float32Array(tile * tile));
  const dense = new Float64Array(order * order);
  for (let i = 0; i < order; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += x[i * rank + k] * x[j * rank + k];
      sum = Math.fround(sum);
      dense[i * order + j] = dense[j * order + i] = sum;
      const [a, b] = [Math.floor(i / tile), Math.floor(j / tile)];
      tiles[tileAt(a, b)][(i % tile) * tile + (j % tile)] = sum;
      if (a === b) tiles[tileAt(a, b)][(j % tile) * tile + (i % tile)] = sum;
    }
  return { tiles: { order, tile, tiles }, dense };
}

/** y = M x, one row after the other. */
function rowByRow({ order, tile, tiles }: SymmetricTiles, x: Float64Array): Float64Array {
  const y = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    const [block, row] = [Math.floor(i / tile), (i % tile) * tile];
    let sum = 0;
    for (let j = 0; j < Math.min(order, (block + 1) * tile); j++) {
      const value = tiles[tileAt(block, Math.floor(j / tile))][row + (j % tile)];
      sum += value * x[j];
      if (j < block * tile) y[j] += value * x[i];
    }
    y[i] += sum;
  }
  return y;
}

it.each([[37, 8], [32, 16], [11, 4], [330, 164], [23, 7], [5, 5], [41, 10]])("products of order %i by tiles of %i are to the last bit those of one row after the other", (order, tile) => {
  const { tiles } = example(order, 3, tile);
  const product = productWith(tiles);
  const s = stream(keyFor("vectors"));
  for (let time = 0; time < 2; time++) {
    const x = Float64Array.from({ length: order }, () => s.normal());
    const y = new Float64Array(order).fill(NaN);
    product(x, y);
    expect(y).toEqual(rowByRow(tiles, x));
  }
}); // prettier-ignore

describe.each([[37, 20, 8], [32, 5, 16], [11, 30, 4], [330, 20, 164]])("order %i, rank %i, tiles of %i", (order, rank, tile) => {
  const { tiles, dense } = example(order, rank, tile);

  it("rows, products and trace are those of the whole matrix", () => {
    const s = stream(keyFor("vector"));
    const x = Float64Array.from({ length: order }, () => s.normal());
    const [y, z] = [new Float64Array(order), new Float64Array(order)];
    productWith(tiles)(x, y);
    for (let i = 0; i < order; i++) addRow(tiles, i, x[i], z);
    for (let i = 0; i < order; i++) {
      let sum = 0;
      for (let j = 0; j < order; j++) sum += dense[i * order + j] * x[j];
      expect(y[i]).toBeCloseTo(sum, 10);
      expect(z[i]).toBeCloseTo(sum, 10);
    }
    expect(traceOf(tiles)).toBeCloseTo(Array.from({ length: order }, (_, i) => dense[i * (order + 1)]).reduce((a, b) => a + b), 10); // prettier-ignore
  });

  it("the proved bound is above the largest eigenvalue, and close", async () => {
    const { lower, upper } = largestEigenvalue(dense, order);
    const bound = await provedLargestEigenvalue(tiles, rayleighOfTiles(tiles), 0, () => {});
    expect(bound).toBeGreaterThanOrEqual(lower);
    expect(bound).toBeLessThan(upper * 1.005);
    expect(await provedLargestEigenvalue(tiles, lower, 0.5, () => {})).toBeGreaterThan(lower + 0.5);
  });

  it("a false estimate proves nothing: the factorisation fails until the bound is one", async () => {
    const { lower } = largestEigenvalue(dense, order);
    for (const share of [0.3, 0.9, 0.996])
      expect(await provedLargestEigenvalue(tiles, lower * share, 0, () => {})).toBeGreaterThanOrEqual(lower);
  });
}); // prettier-ignore
