/**
 * Does the limit follow from the count, and is the count that of the seed? The graphs are drawn again and counted.
 * With `fresh` four times as many are drawn instead, by the system's secure randomness, and the limit has to be at
 * least the one that they give with confidence 0.99: a false certificate passes with probability 0.01 at most,
 * however it came about.
 */

import { secretKey, type Key } from "../../base/random.ts";
import type { Progress } from "../../base/progress.ts";
import type { GraphLaw } from "../../distribution/erdos-renyi.ts";
import type { Check, CheckOptions, Verdict } from "../../query/certifier.ts";
import type { SampleEvidence } from "./evidence.ts";
import type { DegreeParityValues } from "./params.ts";
import { cellWords, failure, sampledDegrees, samplesKey } from "./samples.ts";

export function* checkSamples(
  params: DegreeParityValues,
  evidence: SampleEvidence,
  { fresh = false }: Pick<CheckOptions, "fresh">,
): Generator<Progress, Verdict> {
  const { samples, largestCount, likeliest, seed, delta, maxParityVectorProbability: q } = evidence;
  const limit = limitCheck("confidence limit", largestCount, samples, q, delta);
  if (!limit.ok) return { route: "sum of binomial probabilities", checks: [limit] };
  if (fresh) {
    const many = 4 * samples;
    const key = secretKey();
    const { count } = fullest(yield* cells(key, params, many));
    const again = limitCheck("fresh samples", count, many, q, failure);
    const detail = `key ${key.join(",")}: ${again.detail}`;
    return { route: `${many} fresh samples`, checks: [limit, { ...again, detail }] };
  }
  const { count, cell } = fullest(yield* cells(samplesKey(params, seed), params, samples));
  const redrawn: Check = {
    name: "samples",
    ok: count === largestCount && cell === likeliest,
    detail: `seed ${seed} drawn again: the fullest cell is ${cell} and holds ${count}`,
  };
  return { route: "samples drawn again", checks: [limit, redrawn] };
}

/** Is Pr[Bin(n, q) <= k] at most delta? Then q exceeds the true probability but for a probability of delta. */
function limitCheck(name: string, k: number, n: number, q: number, delta: number): Check {
  const tail = lowerTailAbove(k, n, q);
  const chance = `${k} of ${n} or fewer would have probability ${tail.toExponential(2)} if the cell's were ${q}`;
  return { name, ok: tail <= delta, detail: `${chance}; at most ${delta.toExponential(2)} is allowed` };
}

/**
 * An upper bound on Pr[Bin(n, q) <= k], summed from its largest term down; that term by Loader's (2000) form of the
 * binomial probability, whose logarithm has an error below 1e-9 for n up to 2e8 wherever the tail is above 1e-300.
 */
function lowerTailAbove(k: number, n: number, q: number): number {
  if (q === 1) return k < n ? 0 : 1;
  // below the mean the terms fall with j; above it nothing is claimed
  if (k >= n * q) return 1;
  const excess = n * q - k;
  const deviance = (of: number, off: number): number => of * (off / of - Math.log1p(off / of));
  const log =
    k === 0
      ? n * Math.log1p(-q)
      : stirlingError(n) -
        stirlingError(k) -
        stirlingError(n - k) -
        deviance(k, excess) -
        deviance(n - k, -excess) +
        0.5 * Math.log(n / (2 * Math.PI * k * (n - k)));
  let [term, sum] = [1, 0];
  for (let j = k; j >= 0 && term > 1e-18; j--) {
    sum += term;
    term *= (j / (n - j + 1)) * ((1 - q) / q);
  }
  return sum * Math.exp(log) * (1 + 1e-7);
}

/** ln m! - ln(sqrt(2 pi m) (m/e)^m). */
function stirlingError(m: number): number {
  if (m > 15) return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * m * m)) / (m * m)) / (m * m)) / m;
  let factorial = 1;
  for (let i = 2; i <= m; i++) factorial *= i;
  return Math.log(factorial) - (m + 0.5) * Math.log(m) + m - 0.5 * Math.log(2 * Math.PI);
}

/** The cell of each graph: the exclusive or of the words of those degrees that oddly many nodes have. */
function* cells(key: Key, law: GraphLaw, count: number): Generator<Progress, Float64Array> {
  const [low, high] = cellWords(law);
  const odd = new Uint8Array(low.length);
  const found = new Float64Array(count);
  let done = 0;
  for (const degrees of sampledDegrees(key, law, count)) {
    for (let first = 0; first < degrees.length; first += law.n) {
      odd.fill(0);
      for (let i = first; i < first + law.n; i++) odd[degrees[i]] ^= 1;
      let [a, b] = [0, 0];
      for (let j = 0; j < odd.length; j++) {
        a ^= low[j] & -odd[j];
        b ^= high[j] & -odd[j];
      }
      found[done++] = (b >>> 0) * 2 ** 32 + (a >>> 0);
    }
    yield { what: "sampled graphs", done, total: count };
  }
  return found;
}

/** The cell with most entries, the least of several. */
function fullest(of: Float64Array): { readonly cell: number; readonly count: number } {
  const sorted = Float64Array.from(of).sort();
  let [cell, count, run] = [sorted[0], 0, 0];
  for (const [i, x] of sorted.entries()) {
    run = i > 0 && x === sorted[i - 1] ? run + 1 : 1;
    if (run > count) [cell, count] = [x, run];
  }
  return { cell, count };
}
