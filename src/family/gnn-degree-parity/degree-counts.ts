/**
 * The law of pi(A) in integers: for p = a/b and E = n(n-1)/2 every graph of k edges counts a^k (b-a)^(E-k) times, so
 * the probability of a vector is its count over b^E.
 *
 * It is the pass of `degree-law.ts`, two primes at a time, until the primes' product exceeds b^E. Each edge is
 * counted where its second end is finished: a vertex with d edges to the t finished ones multiplies by a^d
 * (b-a)^(t-d), a number of the histogram alone, since that says which vertex is taken. So the inner loop multiplies
 * by numbers of ways only; as those into one histogram sum up to less than 2^15 (n <= 17), sums stay below 2^47 and
 * need no reduction before they are kept.
 */

import { oneByOne, type DoAll, type Progress, type Work } from "../../base/progress.ts";
import { bitLength } from "../../numeric/integers.ts";
import type { Cost } from "../../base/cost.ts";
import { chineseRemainder, powersModulo, primesFor, remainder, timesModulo } from "../../numeric/primes.ts";
import type { Rational } from "../../numeric/rational.ts";
import { histogramIndex, layerMoves, takenDegrees } from "./degree-histograms.ts";
import { completed, layerTransitions } from "./degree-law.ts";
import { worthThreads } from "./params.ts";

/** Two distinct primes below 2^32. */
type Pair = readonly [number, number];

interface CountJob {
  readonly n: number;
  readonly p: Rational;
  readonly pair: Pair;
}

/** b^E: what all counts sum up to. */
export const totalCount = (n: number, p: Rational): bigint => p.den ** BigInt((n * (n - 1)) / 2);

/** Seconds and bytes, from measurements up to n = 17, with so many passes at once. */
export function estimateCounts(n: number, p: Rational, most: number): Cost {
  const passes = Math.ceil(bitLength(totalCount(n, p)) / 63.9);
  const atOnce = Math.min(passes, most);
  return {
    seconds: 5 * 5 ** (n - 15) * Math.ceil(passes / atOnce),
    bytes: atOnce * (1.1e9 * 3.2 ** (n - 17) + 4e7),
  };
}

/** The count of each vector that has one, in increasing order of the vectors. */
export async function* degreeCounts(
  n: number,
  p: Rational,
  doAll: DoAll = oneByOne,
): AsyncGenerator<Progress, [vector: number, count: bigint][]> {
  const primes = primesFor(totalCount(n, p));
  // a prime too many costs nothing: passes carry two
  const even = primes.length % 2 === 0 ? primes : primesFor(primes.reduce((x, m) => x * BigInt(m), 1n));
  const pairs = Array.from({ length: even.length / 2 }, (_, i): Pair => [even[2 * i], even[2 * i + 1]]);
  const residues = yield* (n < worthThreads ? oneByOne : doAll)(
    countsModuloPrimes,
    pairs.map((pair) => ({ n, p, pair })),
  );
  const combine = chineseRemainder(even);
  const counts = Array.from({ length: 2 ** (n - 2) }, (_, i): [number, bigint] => [
    completed(n, i),
    combine(residues.flatMap((cells) => [cells[2 * i], cells[2 * i + 1]])),
  ]);
  return counts.filter(([, count]) => count > 0n).sort(([v], [w]) => v - w);
}

/**
 * States of one layer: the parity vectors of histogram i are at first[i] to first[i + 1] - 1, each with two
 * remainders.
 */
interface States {
  first: Float64Array;
  vector: Uint16Array;
  values: Uint32Array;
}

/**
 * A piece of work for one processor: the counts modulo two primes, those of the vector `completed(n, i)` at 2 i and 2
 * i + 1.
 */
export const countsModuloPrimes: Work<CountJob, Float64Array> = {
  name: "counts of parity vectors",
  run: countsModulo,
};

function* countsModulo({ n, p, pair }: CountJob): Generator<Progress, Float64Array> {
  const index = histogramIndex(n);
  const cells = new Float64Array(2 * 2 ** (n - 2));
  let states: States = {
    first: Float64Array.of(0, 1),
    vector: Uint16Array.of(0),
    values: Uint32Array.of(1, 1),
  };
  const total = layerTransitions(n);
  let done = 0;
  for (let t = 0; t < n; t++) {
    const layer = layerMoves(n, t, index);
    const factors = factorsAt(t + 1, p, pair);
    const taken = takenDegrees(n, t + 1);
    const next: States = {
      first: new Float64Array(layer.targets + 1),
      vector: new Uint16Array(states.vector.length),
      values: new Uint32Array(states.values.length),
    };
    let size = 0;
    let pause = done + 2e7;
    for (let target = 0; target < layer.targets; target++) {
      for (let k = layer.first[target]; k < layer.first[target + 1]; k++) {
        const [begin, end] = [states.first[layer.source[k]], states.first[layer.source[k] + 1]];
        scatter(cells, states, begin, end, (1 << layer.degree[k]) >>> 2, layer.ways[k]);
        done += end - begin;
      }
      if (t === n - 1) break;
      size = gather(cells, next, size, pair, factors[taken[target]]);
      next.first[target + 1] = size;
      if (done > pause) {
        pause = done + 2e7;
        yield { what: "counts of parity vectors", done: Math.min(done, total), total };
      }
    }
    states = next;
    yield { what: "counts of parity vectors", done: Math.min(done, total), total };
  }
  return cells.map((x, i) => remainder(x, pair[i & 1], 1 / pair[i & 1]));
}

/** a^d (b-a)^(t-d) modulo both primes, for d = 0..t. */
function factorsAt(t: number, { num, den }: Rational, pair: Pair): [number, number][] {
  const both = pair.map((modulus) => {
    const [edge, none] = [powersModulo(num, t + 1, modulus), powersModulo(den - num, t + 1, modulus)];
    return edge.map((x, d) => timesModulo(x, none[t - d], modulus, 1 / modulus));
  });
  return both[0].map((x, d) => [x, both[1][d]]);
}

/** The inner loop: adds one source's states, their parity vectors flipped at one degree, to the dense cells. */
function scatter(
  cells: Float64Array,
  { vector, values }: States,
  begin: number,
  end: number,
  flip: number,
  ways: number,
): void {
  for (let i = begin; i < end; i++) {
    const cell = 2 * (vector[i] ^ flip);
    cells[cell] += ways * values[2 * i];
    cells[cell + 1] += ways * values[2 * i + 1];
  }
}

/** Moves the non-zero cells, reduced and times the factors, to the end of the list and clears them; the new length. */
function gather(
  cells: Float64Array,
  into: States,
  from: number,
  [a, b]: Pair,
  [fa, fb]: readonly number[],
): number {
  const most = from + cells.length / 2;
  if (most > into.vector.length) {
    const capacity = Math.max(Math.ceil(1.5 * into.vector.length), most);
    const { vector, values } = into;
    into.vector = new Uint16Array(capacity);
    into.vector.set(vector.subarray(0, from));
    into.values = new Uint32Array(2 * capacity);
    into.values.set(values.subarray(0, 2 * from));
  }
  const { vector, values } = into;
  const [inverseA, inverseB] = [1 / a, 1 / b];
  const plain = fa === 1 && fb === 1;
  let size = from;
  for (let i = 0; i < cells.length; i += 2) {
    if (cells[i] === 0 && cells[i + 1] === 0) continue;
    const [x, y] = [remainder(cells[i], a, inverseA), remainder(cells[i + 1], b, inverseB)];
    vector[size] = i / 2;
    values[2 * size] = plain ? x : timesModulo(x, fa, a, inverseA);
    values[2 * size + 1] = plain ? y : timesModulo(y, fb, b, inverseB);
    size++;
    cells[i] = 0;
    cells[i + 1] = 0;
  }
  return size;
}
