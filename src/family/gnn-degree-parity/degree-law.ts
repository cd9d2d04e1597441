/**
 * The exact law of pi(A), the vector of parities of the numbers c_j of nodes of degree j, for an undirected
 * Erdos-Renyi graph. Its largest probability is the query dimension's reciprocal (math of `gnn-degree-parity`).
 *
 * One pass over (histogram of partial degrees of the vertices to come, parity vector of the finished ones); see
 * `degree-histograms.ts`. Two coordinates of the parity vector are redundant in every state: the finished vertices
 * number t, and the sum of their degrees is even exactly if the sum of the partial degrees to come is. So a state's
 * vector is stored without the coordinates 0 and 1, in n - 2 bits; they return at the end, where the histogram is
 * empty. All terms are non-negative: nothing cancels, and the relative error is the number of roundings on the worst
 * path.
 */

import { reject } from "../../base/errors.ts";
import { runNow, type OnProgress, type Progress } from "../../base/progress.ts";
import { complementary } from "../../numeric/binomial.ts";
import { parity } from "../../numeric/integers.ts";
import { roundings } from "../../numeric/rounding.ts";
import type { GraphLaw } from "../../distribution/erdos-renyi.ts";
import { addRoundings, histogramIndex, layerMoves, type Layer } from "./degree-histograms.ts";

export interface DegreeParityLaw {
  readonly n: number;
  readonly p: number;
  /** Reachable parity vectors in increasing order; bit j of a vector is c_j mod 2. */
  readonly vectors: Uint32Array;
  readonly probabilities: Float64Array;
  /** Each probability is within this relative error (plus 1e-300) of the true one, p read as it is written. */
  readonly relativeError: number;
  readonly likeliest: { readonly vector: number; readonly probability: number };
}

/** The largest n that the pass accepts; time and memory say no before. */
export const largestExactOrder = 20;

/** Seconds on one core and bytes that the law of order n takes, from measurements up to n = 17. */
export function estimateDegreeLaw(n: number): { readonly seconds: number; readonly bytes: number } {
  return { seconds: 1.7 * 4.6 ** (n - 15), bytes: 1.1e9 * 3.2 ** (n - 17) + 4e7 };
}

/** Floating-point operations in the inner loop: measured, growing by a factor near 4.55 a vertex. */
export const layerTransitions = (n: number): number => 3.34e8 * 4.55 ** (n - 15);

/** The law at once; `degreeParityLawSteps` is the same with pauses. */
export const degreeParityLaw = (n: number, p: number, onProgress?: OnProgress): DegreeParityLaw =>
  runNow(degreeParityLawSteps(n, p), onProgress);

/**
 * @param n nodes, 3 to `largestExactOrder`
 * @param p edge probability in (0, 1), read as the decimal it is written as
 */
export function* degreeParityLawSteps(n: number, p: number): Generator<Progress, DegreeParityLaw> {
  const { p: edge, q: none } = complementary(p);
  const { cells, worst } = yield* pass(n, edge, none);
  const relativeError = roundings(worst);
  const reachable = Array.from(cells.keys()).filter((i) => cells[i] > 0);
  const listed = reachable.map((i) => [completed(n, i), cells[i]]).sort(([a], [b]) => a - b);
  let best = 0;
  for (let i = 1; i < listed.length; i++) if (listed[i][1] > listed[best][1]) best = i;
  return {
    n,
    p,
    vectors: Uint32Array.from(listed, ([v]) => v),
    probabilities: Float64Array.from(listed, ([, x]) => x),
    relativeError,
    likeliest: { vector: listed[best][0], probability: listed[best][1] },
  };
}

/** A vector without its coordinates 0 and 1, completed: c sums to n, and the odd degrees to an even number. */
export function completed(n: number, compressed: number): number {
  const rest = compressed << 2;
  const odd = parity(rest & 0xaaaaaaaa);
  const even = parity(rest & 0x55555555);
  return (rest | (odd << 1) | ((n ^ even) & 1)) >>> 0;
}

/** States of one layer: the parity vectors of histogram i are at first[i] to first[i + 1] - 1. */
interface States {
  first: Float64Array;
  vector: Uint16Array | Uint32Array;
  value: Float64Array;
}

function* pass(n: number, p: number, q: number): Generator<Progress, { cells: Float64Array; worst: number }> {
  const index = histogramIndex(n);
  const cells = new Float64Array(2 ** (n - 2));
  let states: States = { first: Float64Array.of(0, 1), vector: Uint16Array.of(0), value: Float64Array.of(1) };
  let worst: Float64Array = new Float64Array(1);
  const total = layerTransitions(n);
  let done = 0;
  for (let t = 0; t < n; t++) {
    const r = n - t;
    const layer = layerMoves(n, t, index);
    worst = addRoundings(layer, r, worst);
    const weight = moveWeights(layer, r, p, q);
    const next = emptyStates(layer.targets, n, states.vector.length);
    let size = 0;
    let pause = done + 2e7;
    for (let target = 0; target < layer.targets; target++) {
      for (let k = layer.first[target]; k < layer.first[target + 1]; k++) {
        const [begin, end] = [states.first[layer.source[k]], states.first[layer.source[k] + 1]];
        const flip = (1 << layer.degree[k]) >>> 2;
        scatter(cells, states.vector, states.value, begin, end, flip, weight[k]);
        done += end - begin;
      }
      if (t === n - 1) break;
      size = gather(cells, next, size);
      next.first[target + 1] = size;
      if (done > pause) {
        pause = done + 2e7;
        yield { what: "law of the parity vector", done: Math.min(done, total), total };
      }
    }
    states = next;
    yield { what: "law of the parity vector", done: Math.min(done, total), total };
  }
  return { cells, worst: worst[0] };
}

function moveWeights(layer: Layer, r: number, p: number, q: number): Float64Array {
  const powers = (x: number): Float64Array => {
    const table = new Float64Array(r).fill(1);
    for (let k = 1; k < r; k++) table[k] = table[k - 1] * x;
    return table;
  };
  const [edge, none] = [powers(p), powers(q)];
  return layer.ways.map((ways, k) => ways * (edge[layer.edges[k]] * none[r - 1 - layer.edges[k]]));
}

const emptyStates = (histograms: number, n: number, guess: number): States => ({
  first: new Float64Array(histograms + 1),
  vector: n <= 18 ? new Uint16Array(guess) : new Uint32Array(guess),
  value: new Float64Array(guess),
});

/** The inner loop: adds one source's states, their parity vectors flipped at one degree, to the dense cells. */
function scatter(
  cells: Float64Array,
  vector: Uint16Array | Uint32Array,
  value: Float64Array,
  begin: number,
  end: number,
  flip: number,
  weight: number,
): void {
  for (let i = begin; i < end; i++) cells[vector[i] ^ flip] += weight * value[i];
}

/** Moves the non-zero cells to the end of the list and clears them; the new length. */
function gather(cells: Float64Array, into: States, from: number): number {
  if (from + cells.length > into.value.length) {
    const capacity = Math.max(2 * into.value.length, from + cells.length);
    const vector = into.vector instanceof Uint16Array ? new Uint16Array(capacity) : new Uint32Array(capacity);
    vector.set(into.vector.subarray(0, from));
    const value = new Float64Array(capacity);
    value.set(into.value.subarray(0, from));
    into.vector = vector;
    into.value = value;
  }
  const { vector, value } = into;
  let size = from;
  for (let i = 0; i < cells.length; i++) {
    const x = cells[i];
    if (x === 0) continue;
    vector[size] = i;
    value[size++] = x;
    cells[i] = 0;
  }
  return size;
}

/**
 * The law for programs that want just its table.
 * @throws InputError for directed graphs and for orders above `largestExactOrder`
 */
export function degreeLaw(
  { n, edges, p }: GraphLaw,
  { onProgress }: { onProgress?: (fraction: number) => void } = {},
): DegreeParityLaw {
  if (edges !== "undirected" || n > largestExactOrder)
    reject({
      where: "law of the parity vector",
      what: edges !== "undirected" ? `${edges} graphs have no table` : `n is ${n}`,
      allowed: `undirected graphs with n up to ${largestExactOrder}`,
    });
  return degreeParityLaw(n, p, onProgress && (({ done, total }) => onProgress(Math.min(1, done / total))));
}
