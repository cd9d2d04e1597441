/** Sums over neighbours on a fixed graph: A X of every example, in float64, four features at a time. */

import type { Samples } from "../distribution/law.ts";
import { integer, memoryOf, pair, quad, SimdFunction, vector } from "../base/simd.ts";

/** Writes A X times the edges' weight, for examples X of n x features numbers one after the other. */
export type Aggregate = (examples: Samples["data"], out: Float32Array) => void;

/** @param neighbours of every node, by its number */
export function aggregation(
  neighbours: readonly (readonly number[])[],
  features: number,
  edge: number,
): Aggregate {
  const n = neighbours.length;
  const size = n * features;
  const { memory, arrays } = memoryOf(
    [Float64Array, 2],
    [Int32Array, neighbours.flat().length],
    // a row's last vector may reach into the next one
    [Float32Array, size + 4],
    [Float32Array, size + 4],
  );
  const [weight, list, example, sums] = arrays;
  weight.fill(edge);
  list.set(neighbours.flat().map((j) => example.byteOffset + 4 * j * features));
  const run = write().compile(memory);
  return (examples, out) => {
    for (let at = 0; at < examples.length; at += size) {
      example.set(examples.subarray(at, at + size));
      let first = list.byteOffset;
      for (let i = 0; i < n; i++) {
        const end = first + 4 * neighbours[i].length;
        const row = sums.byteOffset + 4 * i * features;
        if (first === end) sums.fill(0, i * features, (i + 1) * features);
        else run(first, end, 0, row, row + 4 * features);
        first = end;
      }
      out.set(sums.subarray(0, size), at);
    }
  };

  /** (addresses of the neighbours' rows, their end, place within a row, sums, end of the sums), in bytes. */
  function write(): SimdFunction {
    const f = new SimdFunction(5);
    const [first, last, within, to, end] = [0, 1, 2, 3, 4].map((i) => f.parameter(i));
    const by = f.keep(vector.load(integer.of(weight.byteOffset)));
    f.repeat(() => {
      const [low, high] = [f.variable(vector.zero), f.variable(vector.zero)];
      const next = f.variable(first, "integer");
      f.repeat(() => {
        const x = f.keep(vector.load(integer.add(integer.load(next.value), within)));
        low.set(pair.add(low.value, quad.firstDoubles(x)));
        high.set(pair.add(high.value, quad.lastDoubles(x)));
        next.set(integer.add(next.value, integer.of(4)));
        return integer.less(next.value, last);
      });
      f.do(vector.store(to, quad.ofPairs(pair.mul(low.value, by), pair.mul(high.value, by))));
      f.advance(2, integer.of(16));
      f.advance(3, integer.of(16));
      return integer.less(to, end);
    });
    return f;
  }
}
