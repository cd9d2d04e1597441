/**
 * Degree profiles: per node the indicator of its degree, then how many neighbours it has of each degree. The neighbours
 * of a node are a row of bits, and so are the nodes of each degree: a count is the number of ones that two rows share.
 * Eight degrees are counted at a time.
 */

import {
  integer,
  memoryOf,
  octet,
  pair,
  quad,
  SimdFunction,
  vector,
  type Code,
  type Variable,
} from "../base/simd.ts";
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
  const { memory, arrays } = memoryOf(
    [Float64Array, 2],
    [Float32Array, 4],
    [Int32Array, degrees],
    [Uint16Array, words * degrees],
    [Uint16Array, together * n * words],
    [Uint16Array, together * n],
    // a node's last vector may reach into the next node
    [Float32Array, together * size + 8],
  );
  const [weights, ones, numbers, nodesOf, rowsRoom, degreesRoom, written] = arrays;
  weights.fill(edge);
  ones.fill(1);
  for (let d = 0; d < degrees; d++) numbers[d] = d;

  const tables = { n, rows, words, degrees, weights, ones, numbers, nodesOf };
  const run = writeGraphs(tables).compile(memory);
  return (edges, degree, out) => {
    const graphs = degree.length / n;
    for (let first = 0; first < graphs; first += together) {
      const count = Math.min(together, graphs - first);
      rowsRoom.set(edges.subarray(first * n * words, (first + count) * n * words));
      degreesRoom.set(degree.subarray(first * n, (first + count) * n));
      const start = degreesRoom.byteOffset;
      run(rowsRoom.byteOffset, start, written.byteOffset, start + 2 * count * n);
      out.set(written.subarray(0, count * size), first * size);
    }
  };
}

/** What the loop below finds in memory beside its arguments. */
interface Tables {
  readonly n: number;
  readonly rows: number;
  /** Words of a row of bits. */
  readonly words: number;
  /** The rows, rounded up to whole vectors. */
  readonly degrees: number;
  /** A vector of the weight, of ones, and the degrees in their order. */
  readonly weights: Place;
  readonly ones: Place;
  readonly numbers: Place;
  /** Which nodes of the graph have each degree: by word of the row, a word a degree. */
  readonly nodesOf: Place;
}

type Place = Pick<Uint16Array, "byteOffset" | "BYTES_PER_ELEMENT">;

const addressOf = (array: Place, index = 0): Code =>
  integer.of(array.byteOffset + index * array.BYTES_PER_ELEMENT);

/** (rows, degrees, profiles, end of the degrees) of the nodes of all graphs, addresses in bytes. */
function writeGraphs(tables: Tables): SimdFunction {
  const f = new SimdFunction(4);
  const [, degree, , end] = [0, 1, 2, 3].map((i) => f.parameter(i));
  const weight = f.keep(vector.load(addressOf(tables.weights)));
  const one = f.keep(vector.load(addressOf(tables.ones)));
  const place = f.variable(integer.of(0), "integer");
  const lastNode = f.variable(integer.of(0), "integer");
  f.repeat(() => {
    markNodes(f, tables, place);
    lastNode.set(integer.add(degree, integer.of(2 * tables.n)));
    f.repeat(() => {
      writeNode(f, tables, place, { weight, one });
      return integer.less(degree, lastNode.value);
    });
    return integer.less(degree, end);
  });
  return f;
}

/** Writes down which nodes of the graph have each degree. */
function markNodes(f: SimdFunction, { n, words, degrees, nodesOf }: Tables, place: Variable): void {
  const degree = f.parameter(1);
  place.set(addressOf(nodesOf));
  f.repeat(() => {
    f.do(vector.store(place.value, vector.zero));
    place.set(integer.add(place.value, integer.of(16)));
    return integer.less(place.value, addressOf(nodesOf, words * degrees));
  });
  for (let i = 0; i < n; i++) {
    place.set(integer.shiftLeft(integer.load16(degree, 2 * i), 1));
    const at = nodesOf.byteOffset + 2 * (i >>> 4) * degrees;
    const marked = integer.or(integer.load16(place.value, at), integer.of(1 << (i & 15)));
    f.do(integer.store16(place.value, marked, at));
  }
}

/** Writes a node's profile, and goes on to the next node. */
function writeNode(
  f: SimdFunction,
  { rows, words, degrees, numbers, nodesOf }: Tables,
  place: Variable,
  { weight, one }: { readonly weight: Code; readonly one: Code },
): void {
  const [row, degree, to] = [0, 1, 2].map((i) => f.parameter(i));
  const own = f.keep(quad.splat(integer.load16(degree)));
  for (let d = 0; d < rows; d += 4) {
    const indicator = vector.and(quad.equal(own, vector.load(addressOf(numbers, d))), one);
    f.do(vector.store(to, indicator, 4 * d));
  }
  // two bytes a degree
  place.set(integer.of(0));
  f.repeat(() => {
    const shared = Array.from({ length: words }, (_, w) => {
      const nodes = vector.load(place.value, nodesOf.byteOffset + 2 * w * degrees);
      return octet.ones(vector.and(octet.splat(integer.load16(row, 2 * w)), nodes));
    });
    const counts = f.keep(shared.reduce((a, b) => octet.add(a, b)));
    const out = f.keep(integer.add(to, integer.shiftLeft(place.value, 1)), "integer");
    for (const [half, of] of [octet.firstQuad, octet.lastQuad].entries()) {
      const four = f.keep(of(counts));
      const [a, b] = [quad.firstPair(four), quad.lastPair(four)];
      const weighed = quad.ofPairs(pair.mul(a, weight), pair.mul(b, weight));
      f.do(vector.store(out, weighed, 4 * (rows + 4 * half)));
    }
    place.set(integer.add(place.value, integer.of(16)));
    return integer.less(place.value, integer.of(2 * rows));
  });
  f.advance(0, integer.of(2 * words));
  f.advance(1, integer.of(2));
  f.advance(2, integer.of(8 * rows));
}
