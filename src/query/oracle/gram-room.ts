/**
 * What inner products of members are worked out in: values in 32 bits, their products by tiles, and the additions of
 * these in 64 bits, four numbers at a time. All of it is in one memory, which the kernels and the products share.
 */

import { integer, memoryOf, pair, quad, SimdFunction, vector } from "../../base/simd.ts";

export interface GramRoom {
  /** Values in 64 bits, put here by the caller: row-major (member, point). */
  readonly some: Float64Array;
  /** One number a point, which its values are multiplied by. */
  readonly roots: Float64Array;
  /** Values in 32 bits of each part of the points, by tiles of members: row-major (member, point). */
  readonly parts: readonly (readonly Float32Array[])[];
  /** Products of two tiles on each part, put here by the caller. */
  readonly products: readonly Float32Array[];
  /**
   * Writes rows of `some` times the roots, rounded, into a part's tiles: those of the members from `first` on.
   * @param size points of the rows; what tiles have beyond stays as it is
   */
  round(part: number, first: number, members: number, size: number): void;
  /** Adds the products on so many parts to a sum, one after the other. */
  addProducts(count: number, sum: Float64Array): void;
}

interface Sizes {
  /** Members of a tile, a multiple of 4, and how many tiles there are. */
  readonly tile: number;
  readonly blocks: number;
  /** Points of a part, and how many parts are held. */
  readonly part: number;
  readonly parts: number;
  /** Members in `some`. */
  readonly some: number;
}

/** Sums that are added to in one go: they stay in the nearest cache. */
const CHUNK = 2048;
const [single, double] = [Float32Array, Float64Array].map((kind) => kind.BYTES_PER_ELEMENT);

export function gramRoom({ tile, blocks, part, parts: held, some: rows }: Sizes): GramRoom {
  const area = tile * tile;
  const { memory, arrays } = memoryOf(
    [Float64Array, rows * part],
    [Float64Array, part],
    [Float64Array, CHUNK],
    [Float32Array, held * area],
    [Float32Array, held * blocks * tile * part],
  );
  const [some, roots, sums, products, values] = arrays;
  const add = writeAdd().compile(memory);
  const round = writeRound().compile(memory);
  const block = (i: number): Float32Array => values.subarray(i * tile * part, (i + 1) * tile * part);
  return {
    some,
    roots,
    parts: Array.from({ length: held }, (_, p) =>
      Array.from({ length: blocks }, (_, b) => block(p * blocks + b)),
    ),
    products: Array.from({ length: held }, (_, p) => products.subarray(p * area, (p + 1) * area)),
    round(p, first, members, size) {
      const fours = 4 * Math.floor(size / 4);
      const end = roots.byteOffset + double * fours;
      for (let i = 0; i < members; i++) {
        const [from, to] = [i * size, (p * blocks * tile + first + i) * part];
        if (fours > 0)
          round(some.byteOffset + double * from, values.byteOffset + single * to, roots.byteOffset, end);
        for (let x = fours; x < size; x++) values[to + x] = some[from + x] * roots[x];
      }
    },
    addProducts(count, sum) {
      for (let from = 0; from < area; from += CHUNK) {
        const to = Math.min(area, from + CHUNK);
        sums.set(sum.subarray(from, to));
        for (let p = 0; p < count; p++) {
          const term = products.byteOffset + single * (p * area + from);
          add(term, sums.byteOffset, sums.byteOffset + double * (to - from));
        }
        sum.set(to - from === CHUNK ? sums : sums.subarray(0, to - from), from);
      }
    },
  };
}

/** (products, sums, end of the sums), addresses in bytes. */
function writeAdd(): SimdFunction {
  const f = new SimdFunction(3);
  const [term, sum, end] = [0, 1, 2].map((i) => f.parameter(i));
  f.repeat(() => {
    const four = f.keep(vector.load(term));
    const halves = [quad.firstDoubles(four), quad.lastDoubles(four)];
    for (const [i, half] of halves.entries())
      f.do(vector.store(sum, pair.add(vector.load(sum, 16 * i), half), 16 * i));
    f.advance(0, integer.of(4 * single));
    f.advance(1, integer.of(4 * double));
    return integer.less(sum, end);
  });
  return f;
}

/** (a row of `some`, the row that it becomes, the roots, their end), addresses in bytes. */
function writeRound(): SimdFunction {
  const f = new SimdFunction(4);
  const [from, to, root, end] = [0, 1, 2, 3].map((i) => f.parameter(i));
  f.repeat(() => {
    const halves = [0, 16].map((at) => pair.mul(vector.load(from, at), vector.load(root, at)));
    f.do(vector.store(to, quad.ofPairs(halves[0], halves[1])));
    f.advance(0, integer.of(4 * double));
    f.advance(1, integer.of(4 * single));
    f.advance(2, integer.of(4 * double));
    return integer.less(root, end);
  });
  return f;
}
