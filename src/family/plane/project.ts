/** Coordinates of vectors in a plane, eight vectors at a time: the sums of one alone wait for each addition. */

import { lazy } from "../../base/lazy.ts";
import { integer, memoryOf, pair, quad, SimdFunction, vector, type Code } from "../../base/simd.ts";
import type { Plane } from "./plane.ts";

/** Vectors looked at side by side, two to a pair of lanes. */
const TOGETHER = 8;
/** Coordinates of each looked at in one go, a multiple of four: what is held stays in the cache. */
const SEGMENT = 4096;
const bytes = Float64Array.BYTES_PER_ELEMENT;

function make() {
  const { memory, arrays } = memoryOf(
    [Float64Array, SEGMENT],
    [Float64Array, SEGMENT],
    [Float32Array, TOGETHER * SEGMENT],
    [Float64Array, 2 * TOGETHER],
  );
  const [us, vs, held, sums] = arrays;
  return { us, vs, held, sums, run: write().compile(memory) };

  /** Adds to the sums: (first vector, bytes from one to the next, u, end of u), four coordinates at a time. */
  function write(): SimdFunction {
    const f = new SimdFunction(4);
    const [first, stride, u, end] = [0, 1, 2, 3].map((i) => f.parameter(i));
    const places = [f.variable(first, "integer")];
    for (let i = 1; i < TOGETHER; i++)
      places.push(f.variable(integer.add(places[i - 1].value, stride), "integer"));
    const sum = (i: number): Code => integer.of(sums.byteOffset + 2 * bytes * i);
    const totals = Array.from({ length: TOGETHER }, (_, i) => f.variable(vector.load(sum(i))));
    f.repeat(() => {
      const along = [0, 1, 2, 3].map((j) =>
        [us, vs].map((of) => f.keep(pair.loadBoth(u, of.byteOffset - us.byteOffset + bytes * j))),
      );
      for (let i = 0; i < TOGETHER; i += 2) {
        const [a, b] = [i, i + 1].map((n) => f.keep(vector.load(places[n].value)));
        const [low, high] = [f.keep(quad.zipFirst(a, b)), f.keep(quad.zipLast(a, b))];
        const lanes: readonly Code[] = [
          quad.firstDoubles(low),
          quad.lastDoubles(low),
          quad.firstDoubles(high),
          quad.lastDoubles(high),
        ];
        for (const [j, x] of lanes.entries()) {
          const both = f.keep(x);
          for (const row of [0, 1]) {
            const total = totals[i + row];
            total.set(pair.add(total.value, pair.mul(along[j][row], both)));
          }
        }
      }
      for (const place of places) place.set(integer.add(place.value, integer.of(16)));
      f.advance(2, integer.of(4 * bytes));
      return integer.less(u, end);
    });
    totals.forEach((total, i) => f.do(vector.store(sum(i), total.value)));
    return f;
  }
}
const kernel = lazy(make);

/**
 * Coordinates in the plane of vectors of R^d, given one after the other: sums of d products from the first to the last.
 * @returns (number of vectors) along the plane's first row, and along its second
 */
export function project(vectors: Float32Array, plane: Plane): [first: Float64Array, second: Float64Array] {
  const d = plane.length / 2;
  const count = vectors.length / d;
  const out: [Float64Array, Float64Array] = [new Float64Array(count), new Float64Array(count)];
  const { us, vs, held, sums, run } = kernel();
  const hold = (row: number, begin: number, end: number): void => {
    const size = end - begin;
    const target = row === 0 ? us : vs;
    target.set(plane.subarray(row * d + begin, row * d + end));
    target.fill(0, size, quads(size));
  };
  for (let from = 0; from < count; from += TOGETHER) {
    const size = Math.min(TOGETHER, count - from);
    sums.fill(0);
    for (let begin = 0; begin < d; begin += SEGMENT) {
      const end = Math.min(d, begin + SEGMENT);
      const stride = quads(end - begin);
      if (from === 0 || d > SEGMENT) for (const row of [0, 1]) hold(row, begin, end);
      if (stride === d) held.set(vectors.subarray(from * d, (from + size) * d));
      else
        for (let i = 0; i < size; i++) {
          held.fill(0, i * stride + end - begin, (i + 1) * stride);
          held.set(vectors.subarray((from + i) * d + begin, (from + i) * d + end), i * stride);
        }
      run(held.byteOffset, 4 * stride, us.byteOffset, us.byteOffset + bytes * stride);
    }
    for (let i = 0; i < size; i++)
      for (const row of [0, 1]) out[row][from + i] = sums[4 * (i >> 1) + 2 * row + (i & 1)];
  }
  return out;
}

/** Up to a multiple of four. */
const quads = (size: number): number => 4 * Math.ceil(size / 4);
