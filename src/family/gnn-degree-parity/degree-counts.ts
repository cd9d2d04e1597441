/**
 * The law of pi(A) in integers: for p = a/b and E = n(n-1)/2 every graph of k edges counts a^k (b-a)^(E-k) times, so
 * the probability of a vector is its count over b^E.
 *
 * It is the pass of `degree-law.ts`, modulo two numbers at a time, until the product of all exceeds b^E. Each edge is
 * counted where its second end is finished: a vertex with d edges to the t finished ones multiplies by a^d
 * (b-a)^(t-d), a number of the histogram alone, since that says which vertex is taken. So the inner loop
 * (`count-kernel.ts`) multiplies by numbers of ways only; as those into one histogram sum up to less than 2^12 (n <=
 * 14) or 2^(n-2), sums of float64 stay exact and need no reduction before they are kept.
 */

import { oneByOne, type DoAll, type Progress, type Work } from "../../base/progress.ts";
import { bitLength } from "../../numeric/integers.ts";
import type { Cost } from "../../base/cost.ts";
import { chineseRemainder, coprimeModuli } from "../../numeric/residues.ts";
import type { Rational } from "../../numeric/rational.ts";
import { countKernel, largestModulus, type Pair } from "./count-kernel.ts";
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

/** The largest modulus: times the ways into a histogram at most 2^53. At p = 1/2 all factors are 1. */
const modulusLimit = (n: number, { den }: Rational): number =>
  Math.min(den === 2n ? largestModulus.plain : largestModulus.weighted, 2 ** (55 - n));

/** Seconds and bytes, from measurements up to n = 17, with so many passes at once. */
export function estimateCounts(n: number, p: Rational, most: number): Cost {
  const passes = Math.ceil(bitLength(totalCount(n, p)) / (2 * Math.log2(modulusLimit(n, p)) - 0.1));
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
  const limit = modulusLimit(n, p);
  const enough = coprimeModuli(totalCount(n, p), limit);
  // one too many costs nothing: passes carry two
  const moduli =
    enough.length % 2 === 0
      ? enough
      : coprimeModuli(
          enough.reduce((x, m) => x * BigInt(m), 1n),
          limit,
        );
  const pairs = Array.from({ length: moduli.length / 2 }, (_, i): Pair => [moduli[2 * i], moduli[2 * i + 1]]);
  const residues = yield* (n < worthThreads ? oneByOne : doAll)(
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
export const countsModuloPair: Work<CountJob, Float64Array> = {
  name: "counts of parity vectors",
  run: countsModulo,
};

function* countsModulo({ n, p, pair }: CountJob): Generator<Progress, Float64Array> {
  const index = histogramIndex(n);
  const kernel = countKernel(n - 2, pair);
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
      kernel.finish(moves, t === n - 1 ? null : factors[taken[target]]);
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

/** a^d (b-a)^(t-d) modulo both numbers, for d = 0..t; null where that is 1. */
function factorsAt(t: number, { num, den }: Rational, pair: Pair): (Pair | null)[] {
  return Array.from({ length: t + 1 }, (_, d) => {
    const factor = num ** BigInt(d) * (den - num) ** BigInt(t - d);
    const [a, b] = pair.map((m) => Number(factor % BigInt(m)));
    return factor === 1n ? null : [a, b];
  });
}
