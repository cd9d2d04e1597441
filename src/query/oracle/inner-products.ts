/**
 * Inner products of queries' values with members' values on a population's points: 4 members and 4 queries at a time,
 * so that each value read serves several sums. Every sum is added up from the first point to the last, in 64 bits.
 */

import { lazy } from "../../base/lazy.ts";
import { integer, memoryOf, pair, quad, SimdFunction, vector } from "../../base/simd.ts";
import type { Floats } from "../../engine/train/flat.ts";
import { CHUNK } from "./population.ts";

/** Members, and queries, of one call: the sums stay in registers. */
const SIDE = 4;
/** Queries that are held at once: they stay in the cache. */
const HELD = 32;
const [single, bytes] = [Float32Array, Float64Array].map((kind) => kind.BYTES_PER_ELEMENT);

function make() {
  const { memory, arrays } = memoryOf(
    [Float32Array, SIDE * CHUNK],
    [Float64Array, HELD * CHUNK],
    [Float64Array, SIDE * SIDE],
  );
  const [members, queries, sums] = arrays;
  return { members, queries, sums, run: write().compile(memory) };

  /** (values of the first member, of four queries point by point, their end), in bytes. */
  function write(): SimdFunction {
    const f = new SimdFunction(3);
    const [value, query, end] = [0, 1, 2].map((i) => f.parameter(i));
    const totals = Array.from({ length: SIDE }, () => [0, 1].map(() => f.variable(vector.zero)));
    f.repeat(() => {
      const asked = [0, 1].map((half) => f.keep(vector.load(query, 2 * bytes * half)));
      for (const [i, halves] of totals.entries()) {
        const both = f.keep(quad.firstDoubles(quad.loadAll(value, single * CHUNK * i)));
        for (const [half, total] of halves.entries())
          total.set(pair.add(total.value, pair.mul(both, asked[half])));
      }
      f.advance(0, integer.of(single));
      f.advance(1, integer.of(SIDE * bytes));
      return integer.less(query, end);
    });
    for (const [at, total] of totals.flat().entries())
      f.do(vector.store(integer.of(sums.byteOffset + 2 * bytes * at), total.value));
    return f;
  }
}
const kernel = lazy(make);

/**
 * sums[q * count + i] += sum_x h[q, x] f[i, x].
 * @param f members' values, row-major (count x size)
 * @param h queries' values, row-major (queries x size)
 * @param size points, at most `CHUNK`
 */
export function addInnerProducts(
  f: Float32Array,
  h: Floats,
  { count, queries, size }: { readonly count: number; readonly queries: number; readonly size: number },
  sums: Float64Array,
): void {
  const held = kernel();
  for (let first = 0; first < queries; first += HELD) {
    const asked = Math.min(HELD, queries - first);
    // point by point, four queries side by side
    for (let q = 0; q < SIDE * Math.ceil(asked / SIDE); q++) {
      const place = Math.floor(q / SIDE) * SIDE * CHUNK + (q % SIDE);
      const row = (first + q) * size;
      for (let x = 0; x < size; x++) held.queries[place + SIDE * x] = q < asked ? h[row + x] : 0;
    }
    for (let i = 0; i < count; i += SIDE) {
      const many = Math.min(SIDE, count - i);
      for (let m = 0; m < many; m++)
        held.members.set(f.subarray((i + m) * size, (i + m + 1) * size), m * CHUNK);
      for (let q = 0; q < asked; q += SIDE) {
        const start = held.queries.byteOffset + bytes * CHUNK * q;
        held.run(held.members.byteOffset, start, start + bytes * SIDE * size);
        for (let m = 0; m < many; m++)
          for (let k = 0; k < Math.min(SIDE, asked - q); k++)
            sums[(first + q + k) * count + i + m] += held.sums[SIDE * m + k];
      }
    }
  }
}
