/**
 * Are the counts those of all graphs? The whole law is found again modulo two distinct primes, drawn uniformly from
 * the 1,894,120 of [2^25, 2^26) by the system's secure randomness after the document is read. A wrong count differs
 * from the true one by less than 2^2048, which has at most 81 such divisors (four at n = 15, p = 1/2), so it survives
 * with a probability below 2e-9 (4e-12) an attempt, whoever made the document and however it was chosen. With `full`,
 * as many primes that their product exceeds all counts: then they are equal.
 */

import { oneByOne, type Progress, type Work } from "../../base/progress.ts";
import { parity } from "../../numeric/integers.ts";
import { asWritten, compare, exactly, numberAbove, rational, type Rational } from "../../numeric/rational.ts";
import type { Check, CheckOptions, Verdict } from "../../query/certifier.ts";
import type { CountEvidence } from "./evidence.ts";
import { worthThreads, type DegreeParityValues } from "./params.ts";
import { pulledLaw, type Lanes } from "./pulled-law.ts";
import { checkList } from "./verify-list.ts";

/** Two distinct primes below 2^26. */
type Pair = readonly [number, number];

export async function* checkCounts(
  { n, p }: DegreeParityValues,
  evidence: CountEvidence,
  { full, doAll = oneByOne }: Pick<CheckOptions, "full" | "doAll">,
): AsyncGenerator<Progress, Verdict> {
  const counts = evidence.counts.map(([v, text]): [number, bigint] => [v, BigInt(text)]);
  const checks = ownChecks(n, evidence, counts);
  if (checks.some((c) => !c.ok)) return { route: "the counts' own sums", checks };
  const total = BigInt(evidence.total);
  const pairs = secretPairs(full ? total : 1n);
  const jobs = pairs.flatMap((pair) => signs.map((sign): HalfJob => ({ n, p: asWritten(p), pair, sign })));
  const halves = yield* (n < worthThreads ? oneByOne : doAll)(halfLawModuloPrimes, jobs);
  for (const [i, pair] of pairs.entries()) {
    const off = wrongCounts(n, counts, pair, [halves[2 * i], halves[2 * i + 1]]);
    checks.push({
      name: "counts",
      ok: off === 0,
      detail: `${off === 0 ? "all counts" : `all but ${off} counts`} are right modulo ${pair.join(" and ")}`,
    });
  }
  const shares = counts.map(([v, c]): [number, number] => [v, shareOf(c, total)]);
  checks.push(...checkList(shares, counts.length * 2 ** -62, n, evidence.apart));
  const route = full
    ? `all counts found again modulo ${2 * pairs.length} primes, whose product exceeds them`
    : "all counts found again modulo two primes drawn after the document was read";
  return { route, checks };
}

/** In float64, within 2^-63 beside the rounding. */
const shareOf = (count: bigint, total: bigint): number => Number((count << 64n) / total) * 2 ** -64;

/** What the table shows of itself, exactly. */
function ownChecks(n: number, evidence: CountEvidence, counts: readonly [number, bigint][]): Check[] {
  const total = BigInt(evidence.total);
  const [likeliest, most] = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
  const largest = largestCorrelation(n, counts);
  return [
    {
      name: "total",
      ok: counts.reduce((x, [, c]) => x + c, 0n) === total,
      detail: "the counts sum to the total",
    },
    constraints(n, counts),
    {
      name: "maximum",
      ok:
        evidence.likeliest === likeliest &&
        evidence.maxParityVectorProbability === numberAbove(rational(most, total)),
      detail: `the largest count is that of the vector ${likeliest}`,
    },
    {
      name: "correlations",
      ok: compare(exactly(evidence.maxAbsCorrelation), rational(largest, total)) >= 0,
      detail: `none exceeds ${numberAbove(rational(largest, total))}, summed up exactly`,
    },
  ];
}

export const constraints = (n: number, entries: readonly (readonly [number, unknown])[]): Check => ({
  name: "constraints",
  ok: entries.every(([v]) => parity(v) === n % 2 && parity(v & 0xaaaaaaaa) === 0),
  detail: "in every vector the c_j sum to n and evenly many nodes have odd degree, mod 2",
});

/** The largest |sum of (-1)^<u, v> count_v| over the sets u, without 0 and 1, that are not empty. */
function largestCorrelation(n: number, counts: readonly [number, bigint][]): bigint {
  const sums = Array.from({ length: 2 ** (n - 2) }, () => 0n);
  for (const [v, count] of counts) sums[v >>> 2] += count;
  for (let bit = 1; bit < sums.length; bit <<= 1)
    for (let u = 0; u < sums.length; u++) {
      if ((u & bit) !== 0) continue;
      const [x, y] = [sums[u], sums[u | bit]];
      sums[u] = x + y;
      sums[u | bit] = x - y;
    }
  let largest = 0n;
  for (const x of sums.slice(1)) {
    const size = x < 0n ? -x : x;
    if (size > largest) largest = size;
  }
  return largest;
}

/** The coordinate along which the law is halved: both parities of the middle degrees are about as common. */
const halvedAt = (n: number): number => Math.max(2, n >> 1);

const signs = [1, -1] as const;

interface HalfJob {
  readonly n: number;
  readonly p: Rational;
  readonly pair: Pair;
  readonly sign: 1 | -1;
}

/** A piece of work for one processor: half of the law, as `pulledLaw` lays it out, modulo two primes. */
export const halfLawModuloPrimes: Work<HalfJob, Float64Array> = {
  name: "half the law of parity vectors, for a check",
  run: ({ n, p, pair, sign }) => pulledLaw(n, modulo(n, p, pair), { coordinate: halvedAt(n), sign }),
};

/** How many counts, of all vectors, are wrong modulo one of the two primes. */
function wrongCounts(
  n: number,
  counts: readonly [number, bigint][],
  pair: Pair,
  [sums, differences]: readonly [Float64Array, Float64Array],
): number {
  const bit = 1 << (halvedAt(n) - 2);
  const wrong = new Set<number>();
  for (const [lane, prime] of pair.entries()) {
    const stated = new Float64Array(2 ** (n - 2));
    for (const [v, count] of counts) stated[v >>> 2] = Number(count % BigInt(prime));
    for (let i = 0; i < stated.length; i++) {
      if ((i & bit) !== 0) continue;
      const at = 2 * ((i & (bit - 1)) | ((i >>> 1) & -bit)) + lane;
      // twice each count, so that nothing is divided
      const off = (x: number, found: number): boolean => (2 * x - found) % prime !== 0;
      if (off(stated[i], sums[at] + differences[at])) wrong.add(i);
      if (off(stated[i | bit], sums[at] - differences[at])) wrong.add(i | bit);
    }
  }
  return wrong.size;
}

/**
 * Remainders modulo two primes below 2^26. The ways into a histogram number less than 2^15, so sums, of either sign,
 * are below 2^41 and products of two remainders below 2^52.
 */
function modulo(n: number, { num, den }: Rational, pair: Pair): Lanes {
  const tables = pair.map((prime) => {
    const powers = (base: bigint): number[] => {
      const table = [1n];
      for (let k = 1; k < n; k++) table.push((table[k - 1] * base) % BigInt(prime));
      return table.map(Number);
    };
    return { prime, edge: powers(num), none: powers(den - num) };
  });
  return {
    kind: Uint32Array,
    settle(cells, _moves, weight = { edges: 0, none: 0 }) {
      for (const [lane, { prime, edge, none }] of tables.entries()) {
        const inverse = 1 / prime;
        const factor = rest(edge[weight.edges] * none[weight.none], prime, inverse);
        for (let i = lane; i < cells.length; i += 2) {
          if (cells[i] === 0) continue;
          const x = rest(cells[i], prime, inverse);
          cells[i] = factor === 1 ? x : rest(x * factor, prime, inverse);
        }
      }
    },
  };
}

/** x mod m: the quotient in float64 may be one off. */
function rest(x: number, m: number, inverse: number): number {
  let r = x - Math.floor(x * inverse) * m;
  while (r < 0) r += m;
  while (r >= m) r -= m;
  return r;
}

/** Distinct primes of [2^25, 2^26), uniform, at least two, whose product exceeds `value`. */
function secretPairs(value: bigint): Pair[] {
  const primes = new Set<number>();
  const word = new Uint32Array(1);
  let product = 1n;
  while (product <= value || primes.size < 2 || primes.size % 2 === 1) {
    globalThis.crypto.getRandomValues(word);
    const x = 2 ** 25 + (word[0] >>> 7);
    if (primes.has(x) || !isPrime(x)) continue;
    primes.add(x);
    product *= BigInt(x);
  }
  const all = [...primes];
  return Array.from({ length: all.length / 2 }, (_, i) => [all[2 * i], all[2 * i + 1]]);
}

/** By division: x is below 2^26. */
function isPrime(x: number): boolean {
  if (x % 2 === 0) return false;
  for (let d = 3; d * d <= x; d += 2) if (x % d === 0) return false;
  return true;
}
