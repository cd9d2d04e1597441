/** Undirected graphs of at most 16 nodes, whose bit rows are one word each, out of drawn bits: one for every pair. */

import { lazy } from "../base/lazy.ts";
import { bytes16, integer, memoryOf, octet, SimdFunction, vector, type Code } from "../base/simd.ts";

/** Nodes of the largest graph: its rows have a bit for each. */
export const mostNodes = 16;

/**
 * Fills `rows` with further graphs, n words each, from a source of 32 independent bits, and `degrees` with their nodes'
 * degrees.
 */
export type WordGraphs = (
  fill: (out: Uint32Array, count: number) => void,
  rows: Uint16Array,
  degrees: Uint16Array,
) => void;

/** Graphs made in one call: they stay in the cache. */
const together = 256;

const ofSize = Array.from({ length: mostNodes + 1 }, (_, n) => lazy(() => make(n)));

/** The source of graphs of n nodes, at most 16. */
export const wordGraphs = (n: number): WordGraphs => ofSize[n]();

function make(n: number): WordGraphs {
  const drawn = Math.ceil((n * (n - 1)) / 64); // each graph begins with a fresh word
  const { memory, arrays } = memoryOf(
    [Uint32Array, together * drawn + 1], // what is read of the last row may lie behind it
    [Uint16Array, together * n],
    [Uint16Array, together * n],
  );
  const [source, made, sums] = arrays;
  const run = write(n, drawn).compile(memory);
  return (fill, rows, degrees) => {
    for (let at = 0; at < rows.length; at += made.length) {
      const count = Math.min(together, (rows.length - at) / n);
      fill(source, count * drawn);
      run(source.byteOffset, made.byteOffset, sums.byteOffset, source.byteOffset + 4 * count * drawn);
      rows.set(made.subarray(0, count * n), at);
      degrees.set(sums.subarray(0, count * n), at);
    }
  };
}

/** (drawn bits, rows, degrees, end of the drawn bits), addresses in bytes. */
function write(n: number, drawn: number): SimdFunction {
  const f = new SimdFunction(4);
  const [source, rows, degrees, end] = [0, 1, 2, 3].map((i) => f.parameter(i));
  f.repeat(() => {
    // the bits of each row right of the diagonal
    const right: Code[] = [];
    for (let i = 0, from = 0; i < n; i++) {
      const length = n - 1 - i;
      const shifted = integer.shiftRight(integer.load(source, from >>> 3), from & 7);
      right.push(
        f.keep(integer.shiftLeft(integer.and(shifted, integer.of(2 ** length - 1)), i + 1), "integer"),
      );
      from += length;
    }
    // eight rows a vector, then the lower and the upper bytes of all: a column is one bit of each
    const half = (first: number): Code =>
      f.keep(
        right
          .slice(first, first + 8)
          .reduce<Code>((row, bits, lane) => octet.replace(row, lane, bits), vector.zero),
      );
    const [low, high] = [half(0), half(8)];
    const parts = [f.keep(bytes16.lower(low, high)), f.keep(bytes16.upper(low, high))];
    for (let j = 0; j < n; j++) {
      const all = f.keep(integer.or(right[j], bytes16.bits(parts[j >>> 3], j & 7)), "integer");
      f.do(integer.store16(rows, all, 2 * j));
      f.do(integer.store16(degrees, integer.ones(all), 2 * j));
    }
    f.advance(0, integer.of(4 * drawn));
    f.advance(1, integer.of(2 * n));
    f.advance(2, integer.of(2 * n));
    return integer.less(source, end);
  });
  return f;
}
