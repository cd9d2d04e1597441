/**
 * Degree profiles: per node the indicator of its degree, then how many neighbours it has of each degree. The neighbours of a
 * node are a row of bits, and so are the nodes of each degree: a count is the number of ones that two rows share. Eight
 * degrees are counted at a time.
 */

import { integer, octet, pair, quad, SimdFunction, vector, type Code } from "../base/simd.ts";
import { wordsOf } from "../distribution/bit-rows.ts";

/** Writes 2 * rows numbers a node, of graphs given by their bit rows and the degrees of their nodes. */
export type ProfileWriter = (edges: Uint16Array, degree: Uint16Array, out: Float32Array) => void;

/** Numbers written before they are copied out: they stay in the cache. */
const stretch = 8000;

/**
 * @param n nodes of a graph
 * @param rows degrees that have a column: all below
 * @param edge what each counted neighbour weighs
 */
export function profileWriter(n: number, rows: number, edge: number): ProfileWriter {
  const words = wordsOf(n);
  const size = n * 2 * rows;
  const together = Math.max(1, Math.floor(stretch / size));
  const degrees = 8 * Math.ceil(rows / 8);
  const layout = new Layout();
  const weights = layout.room(2, 8);
  const ones = layout.room(4, 4);
  const numbers = layout.room(degrees, 4);
  const nodesOf = layout.room(words * degrees, 2);
  const rowsAt = layout.room(together * n * words, 2);
  const degreesAt = layout.room(together * n, 2);
  // a node's last vector may reach into the next node
  const outAt = layout.room(together * size + 8, 4);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.bytes / 65_536) });
  new Float64Array(memory.buffer, weights, 2).fill(edge);
  new Float32Array(memory.buffer, ones, 4).fill(1);
  new Int32Array(memory.buffer, numbers, degrees).forEach((_, d, all) => (all[d] = d));
  const masks = new Uint16Array(memory.buffer, nodesOf, words * degrees);
  const rowsRoom = new Uint16Array(memory.buffer, rowsAt, together * n * words);
  const degreesRoom = new Uint16Array(memory.buffer, degreesAt, together * n);
  const written = new Float32Array(memory.buffer, outAt, together * size);

  const run = writeNodes().compile(memory);
  return (edges, degree, out) => {
    const graphs = degree.length / n;
    for (let first = 0; first < graphs; first += together) {
      const count = Math.min(together, graphs - first);
      rowsRoom.set(edges.subarray(first * n * words, (first + count) * n * words));
      degreesRoom.set(degree.subarray(first * n, (first + count) * n));
      for (let g = 0; g < count; g++) {
        for (let i = 0; i < n; i++) masks[(i >>> 4) * degrees + degreesRoom[g * n + i]] |= 1 << (i & 15);
        const start = degreesAt + 2 * g * n;
        run(rowsAt + 2 * g * n * words, start, outAt + 4 * g * size, start + 2 * n);
        for (let w = 0; w < words; w++)
          for (let i = 0; i < n; i++) masks[w * degrees + degreesRoom[g * n + i]] = 0;
      }
      out.set(count === together ? written : written.subarray(0, count * size), first * size);
    }
  };

  /** (rows, degrees, profiles, end of the degrees) of the nodes of one graph, addresses in bytes. */
  function writeNodes(): SimdFunction {
    const f = new SimdFunction(4);
    const [row, degree, to, end] = [0, 1, 2, 3].map((i) => f.parameter(i));
    const constant = (address: number): Code => vector.load(integer.of(address));
    const weight = f.keep(constant(weights));
    const one = f.keep(constant(ones));
    f.repeat(() => {
      const own = f.keep(quad.splat(integer.load16(degree)));
      for (let d = 0; d < rows; d += 4) {
        const indicator = vector.and(quad.equal(own, constant(numbers + 4 * d)), one);
        f.do(vector.store(to, indicator, 4 * d));
      }
      const neighbours = Array.from({ length: words }, (_, w) =>
        f.keep(octet.splat(integer.load16(row, 2 * w))),
      );
      for (let d = 0; d < rows; d += 8) {
        const shared = neighbours.map((bits, w) =>
          octet.ones(vector.and(bits, constant(nodesOf + 2 * (w * degrees + d)))),
        );
        const counts = f.keep(shared.reduce((a, b) => octet.add(a, b)));
        for (const [half, of] of [octet.firstQuad, octet.lastQuad].entries()) {
          const four = f.keep(of(counts));
          const [a, b] = [quad.firstPair(four), quad.lastPair(four)];
          const weighed = quad.ofPairs(pair.mul(a, weight), pair.mul(b, weight));
          f.do(vector.store(to, weighed, 4 * (rows + d + 4 * half)));
        }
      }
      f.advance(0, 2 * words);
      f.advance(1, 2);
      f.advance(2, 8 * rows);
      return integer.less(degree, end);
    });
    return f;
  }
}

/** Places in a memory, one after the other, each at a multiple of 16 bytes. */
class Layout {
  bytes = 0;

  room(count: number, bytesEach: number): number {
    const start = this.bytes;
    this.bytes = 16 * Math.ceil((start + count * bytesEach) / 16);
    return start;
  }
}
