/**
 * The law of pi(A) in integers: for p = a/b and E = n(n-1)/2 every graph of k edges counts a^k (b-a)^(E-k) times, so
 * the probability of a vector is its count over b^E.
 *
 * It is the pass of `degree-law.ts`, modulo two numbers at a time, until the product of all exceeds b^E. Each edge is
 * counted where its second end is finished: a vertex with d edges to the t finished ones multiplies by a^d
 * (b-a)^(t-d), a number of the histogram alone, since that says which vertex is taken. So the inner loop
 * (`count-kernel.ts`) multiplies by numbers of ways only; as those into one histogram sum up to less than 2^12 (n <=
 * 14) or 2^(n-2), sums are exact and need no reduction before they are kept.
 */

import { oneByOne, type DoAll, type Progress, type Work } from "../../base/progress.ts";
import type { Cost } from "../../base/cost.ts";
import type { Rational } from "../../numeric/rational.ts";
import { chineseRemainder, coprimeModuli } from "../../numeric/residues.ts";
import { floatArithmetic, integerArithmetic, type Pair } from "./count-arithmetic.ts";
import { countKernel } from "./count-kernel.ts";
import { histogramIndex, layerMoves, takenDegrees } from "./degree-histograms.ts";
import { completed, layerTransitions } from "./degree-law.ts";
import { worthThreads } from "./params.ts";

interface CountJob {
  readonly n: number;
  readonly p: Rational;
  readonly pair: Pair;
}

/** b^E: what all counts sum up to. */
export const totalCount = (n: number, p: Rational): bigint => p.den ** BigInt((n * (n - 1)) / 2);

/** At p = 1/2 all factors are 1. */
const isEven = ({ den }: Rational): boolean => den === 2n;

/** Numbers to count modulo, from the largest. Times the ways into a histogram those in 64 bits stay below 2^64. */
function* candidates(n: number, p: Rational): Generator<bigint> {
  if (!isEven(p)) for (let m = 2n ** 26n; ; m--) yield m;
  yield 2n ** 64n;
  for (let bits = Math.min(51, 65 - n); ; bits--) yield 2n ** BigInt(bits) - 1n;
}

/** The moduli, an even number of them: a pass carries two. */
function moduliFor(n: number, p: Rational): bigint[] {
  const enough = coprimeModuli(totalCount(n, p), candidates(n, p));
  if (enough.length % 2 === 0) return enough;
  return coprimeModuli(
    enough.reduce((x, m) => x * m, 1n),
    candidates(n, p),
  );
}

/** Seconds and bytes, from measurements up to n = 17, with so many passes at once. */
export function estimateCounts(n: number, p: Rational, most: number): Cost {
  const passes = moduliFor(n, p).length / 2;
  const atOnce = Math.min(passes, most);
  return {
    seconds: 1.2 * 4.4 ** (n - 15) * Math.ceil(passes / atOnce),
    bytes: atOnce * (1.55e9 * 3.25 ** (n - 17) + 3e7),
  };
}

/** The count of each vector that has one, in increasing order of the vectors. */
export async function* degreeCounts(
  n: number,
  p: Rational,
  doAll: DoAll = oneByOne,
): AsyncGenerator<Progress, [vector: number, count: bigint][]> {
  const moduli = moduliFor(n, p);
  const pairs = Array.from({ length: moduli.length / 2 }, (_, i): Pair => [moduli[2 * i], moduli[2 * i + 1]]);
  const residues = yield* (n < worthThreads || pairs.length === 1 ? oneByOne : doAll)(
    countsModuloPair,
    pairs.map((pair) => ({ n, p, pair })),
  );
  const combine = chineseRemainder(moduli);
  const counts = Array.from({ length: 2 ** (n - 2) }, (_, i): [number, bigint] => [
    completed(n, i),
    combine(residues.flatMap((cells) => [cells[2 * i], cells[2 * i + 1]])),
  ]);
  return counts.filter(([, count]) => count > 0n).sort(([v], [w]) => v - w);
}

/**
 * A piece of work for one processor: the counts modulo two numbers, those of the vector `completed(n, i)` at 2 i and 2
 * i + 1.
 */
export const countsModuloPair: Work<CountJob, BigUint64Array> = {
  name: "counts of parity vectors",
  run: countsModulo,
};

function* countsModulo({ n, p, pair }: CountJob): Generator<Progress, BigUint64Array> {
  const index = histogramIndex(n);
  const kernel = countKernel(n - 2, (isEven(p) ? integerArithmetic : floatArithmetic)(pair));
  const total = layerTransitions(n);
  let done = 0;
  for (let t = 0; t < n; t++) {
    const layer = layerMoves(n, t, index);
    const factors = factorsAt(t + 1, p, pair);
    const taken = takenDegrees(n, t + 1);
    const share = kernel.begin(layer) / layer.source.length;
    let pause = done + 2e7;
    for (let target = 0; target < layer.targets; target++) {
      const moves = layer.first[target + 1] - layer.first[target];
      kernel.finish(moves, t === n - 1 ? [1n, 1n] : factors[taken[target]]);
      done += share * moves;
      if (done > pause) {
        pause = done + 2e7;
        yield { what: "counts of parity vectors", done: Math.min(done, total), total };
      }
    }
    yield { what: "counts of parity vectors", done: Math.min(done, total), total };
  }
  return kernel.remainders();
}

/** a^d (b-a)^(t-d) modulo both numbers, for d = 0..t. */
function factorsAt(t: number, { num, den }: Rational, [a, b]: Pair): Pair[] {
  return Array.from({ length: t + 1 }, (_, d) => {
    const factor = num ** BigInt(d) * (den - num) ** BigInt(t - d);
    return [factor % a, factor % b];
  });
}
