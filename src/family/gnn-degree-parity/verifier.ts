/**
 * The verifier's half of `gnn-degree-parity`: is the evidence true? None of it repeats the computation that made it.
 *
 * **A law** must be non-negative (its schema), sum to 1, satisfy the two linear constraints, and have the right Fourier
 * coefficients E chi_S, which `degree-character.ts` computes without a parity vector. All 2^(n-2) classes of S are
 * compared up to n = 14 and with `full`; then the law is right: a function e on F_2^(n-2) has max |e| <= max |e^|, so every
 * probability is within the tolerance (below 1e-12) of the true one. At n = 15 it is 256 sets, drawn from a key
 * that depends on the document. A change e of the law escapes only if all of them fall on sets with |e^(S)| below the
 * tolerance. By the uncertainty principle a change of k probabilities has non-zero coefficients on at least a share 1/k of
 * all sets and escapes with probability at most (1 - 1/k)^256: 10^-77 for two probabilities exchanged or traded, 10^-6 for
 * k = 19, 1/10 for k = 111. A change spread evenly over a large subgroup of vectors could hide in few coefficients:
 * against a forger who has time to search for one, use `full`. For n <= 10 the coefficients are integers over the number
 * of weighted graphs and are inverted exactly; every rational in the evidence is compared for equality.
 *
 * **A window** is recomputed, and the law of its parities is found in another way: node by node where that is cheap, else
 * from binomial probabilities in 256-bit fixed point and subset sums split in two halves.
 *
 * **Samples** are drawn again and counted; the confidence limit is held against the sum of binomial probabilities; and
 * fresh graphs from another stream, a tenth as many, must not contradict it.
 */

import { wellFormed } from "./form.ts";
import { canonicalJson } from "../../base/json.ts";
import { keyFor, stream, type Key } from "../../base/random.ts";
import { characterMeansSteps, exactCharacterCounts } from "./degree-character.ts";
import { completed, degreeLawError } from "./degree-law.ts";
import { countCells, sampleCells } from "./degree-sample.ts";
import { largestDegree } from "../../distribution/erdos-renyi.ts";
import { integerPower, logGamma } from "../../numeric/binomial.ts";
import { lowerLimit } from "../../numeric/confidence.ts";
import type { Progress } from "../../base/progress.ts";
import {
  asWritten,
  compare,
  nearestNumber,
  parseRational,
  rational,
  type Rational,
} from "../../numeric/rational.ts";
import { walshHadamard } from "../../numeric/walsh-hadamard.ts";
import type { Check, CheckOptions, Verdict, Verifier } from "../../query/certifier.ts";
import { limitOf, samplesKey, windowOf } from "./certificate.ts";
import type { DegreeParityValues } from "./params.ts";
import {
  confidence,
  type DegreeParityEvidence,
  type LawEvidence,
  type SampleEvidence,
  type WindowEvidence,
} from "./evidence.ts";

export const verifier: Verifier<DegreeParityValues, DegreeParityEvidence> = {
  wellFormed: ({ values }, evidence) => wellFormed(values, evidence),

  *check({ values }, evidence, options) {
    if (evidence.kind === "law") return yield* checkLaw(values, evidence, options);
    if (evidence.kind === "window") return checkWindow(values, evidence, windowOf(values));
    return yield* checkSamples(values, evidence, {
      drawn: samplesKey(values, evidence.seed, "certificate"),
      fresh: samplesKey(values, evidence.seed, "verify"),
      limit: limitOf(evidence),
    });
  },
};

/** All classes of sets are compared up to this order without being asked. */
const allUpTo = 14;
const randomSets = 256;

export function* checkLaw(
  params: DegreeParityValues,
  evidence: LawEvidence,
  options: CheckOptions,
): Generator<Progress, Verdict> {
  const { n, p } = params;
  const { law, relativeError } = evidence;
  const checks = plainChecks(n, evidence);
  if (checks.some((c) => !c.ok)) return { route: "the law's own sums", checks };
  if (evidence.exactMaximum !== null)
    return {
      route: "signed pass over degree histograms in integers, all sets, inverted",
      checks: [...checks, ...exactChecks(n, p, evidence)],
    };

  const classes = 2 ** (n - 2);
  const all = options.full || n <= allUpTo;
  const asked = all ? Uint32Array.from({ length: classes }, (_, i) => 4 * i) : drawSets(n, evidence);
  // at p = 1/2 a set and its mirror image, degree j exchanged with n - 1 - j, have the same mean: one of the two is found
  const sets =
    p === 0.5 ? asked.filter((set) => !all || set <= 4 * representative(n, mirrored(n, set)).index) : asked;
  const means = yield* characterMeansSteps(n, p, sets);
  const coefficients = new Float64Array(classes);
  for (const [v, x] of law) coefficients[v >>> 2] += x;
  walshHadamard(coefficients);
  const tolerance = means.absoluteError + relativeError + n * 2 ** -53;
  let worst = 0;
  for (let i = 0; i < sets.length; i++)
    for (const set of p === 0.5 ? [sets[i], mirrored(n, sets[i])] : [sets[i]]) {
      const { index, sign } = representative(n, set);
      worst = Math.max(worst, Math.abs(means.values[i] - sign * coefficients[index]));
    }
  const which = all ? `all ${classes} classes of sets` : `${sets.length} random sets of degrees`;
  const detail = `${which}: largest difference ${short(worst)}, tolerance ${short(tolerance)}`;
  checks.push({ name: "Fourier coefficients", ok: worst <= tolerance, detail });
  return { route: `signed pass over degree histograms, ${which}`, checks };
}

/** What the table shows of itself. */
function plainChecks(n: number, evidence: LawEvidence): Check[] {
  const { law, relativeError } = evidence;
  const off = Math.abs(sum(law.map(([, x]) => x)) - 1);
  const best = law.reduce((a, b) => (b[1] > a[1] ? b : a));
  return [
    {
      name: "total",
      ok: off <= relativeError + law.length * 2 ** -53,
      detail: `the law sums to 1 within ${short(off)}`,
    },
    {
      name: "constraints",
      ok: law.every(([v]) => completed(n, v >>> 2) === v),
      detail: "in every vector the c_j sum to n and evenly many nodes have odd degree, mod 2",
    },
    {
      name: "maximum",
      ok: best[0] === evidence.likeliest && best[1] === evidence.maxParityVectorProbability,
      detail: `largest probability ${best[1]}, vector ${best[0]}`,
    },
    {
      name: "error bound",
      ok: relativeError === degreeLawError(n),
      detail: `relative error ${relativeError}, as the roundings of the pass are counted`,
    },
  ];
}

/** Sets that depend on the whole law, so that they are not known before the law is. */
function drawSets(n: number, { law }: LawEvidence): Uint32Array {
  const { word } = stream(keyFor("verify", law));
  return Uint32Array.from({ length: randomSets }, () => word() % 2 ** n);
}

/** The same set of degrees seen in the complementary graph: j becomes n - 1 - j. */
export function mirrored(n: number, set: number): number {
  let image = 0;
  for (let j = 0; j < n; j++) image |= ((set >>> j) & 1) << (n - 1 - j);
  return image;
}

/**
 * chi_S = sign * chi_T with T without 0 and 1 (as `index`, shifted by 2): evenly many nodes have odd degree, so S and
 * S xor odd agree; the even degrees then hold n nodes mod 2.
 */
export function representative(n: number, set: number): { index: number; sign: 1 | -1 } {
  const [odd, even] = [0xaaaaaaaa & (2 ** n - 1), 0x55555555 & (2 ** n - 1)];
  let s = (set & 2) === 0 ? set : set ^ odd;
  const turned = (s & 1) === 1;
  if (turned) s ^= even;
  return { index: s >>> 2, sign: turned && n % 2 === 1 ? -1 : 1 };
}

function exactChecks(n: number, p: number, evidence: LawEvidence): Check[] {
  const { law, exactLaw: listed, exactMaximum } = evidence;
  const exact = exactLaw(n, asWritten(p));
  const largest = [...exact.values()].reduce((a, b) => (compare(a, b) >= 0 ? a : b));
  const rounded = ([v, x]: readonly [number, number]): boolean => {
    const truth = exact.get(v);
    return truth !== undefined && nearestNumber(truth) === x;
  };
  const reached = [...exact.values()].filter((x) => nearestNumber(x) > 0).length;
  const same = (text: string, truth: Rational | undefined): boolean =>
    truth !== undefined && text.length < 4000 && compare(parseRational(text), truth) === 0;
  return [
    { name: "exact maximum", ok: same(exactMaximum ?? "0", largest), detail: exactMaximum ?? "missing" },
    {
      name: "exact law",
      ok:
        reached === law.length &&
        law.every(rounded) &&
        (listed ?? []).every((text, i) => same(text, exact.get(law[i][0]))),
      detail: `${reached} probabilities as the inverted coefficients give them`,
    },
  ];
}

/** The law by inverting its Fourier coefficients, in rationals. */
function exactLaw(n: number, p: Rational): Map<number, Rational> {
  const cells = exactCharacterCounts(n, p);
  for (let half = 1; half < cells.length; half *= 2)
    for (let i = 0; i < cells.length; i++)
      if ((i & half) === 0)
        [cells[i], cells[i | half]] = [cells[i] + cells[i | half], cells[i] - cells[i | half]];
  const total = p.den ** BigInt((n * (n - 1)) / 2) * BigInt(cells.length);
  const reached = [...cells.keys()].filter((i) => cells[i] !== 0n);
  return new Map(reached.map((i) => [completed(n, i), rational(cells[i], total)]));
}

export function checkWindow(
  params: DegreeParityValues,
  evidence: WindowEvidence,
  recomputed: WindowEvidence,
): Verdict {
  const same = canonicalJson(evidence) === canonicalJson(recomputed);
  const checks: Check[] = [
    { name: "recomputed", ok: same, detail: "the window, its likeliest vector and the error bound" },
  ];
  const { n } = params;
  const { lowest, size, likeliest } = recomputed;
  const degrees = binomialFixedPoint(largestDegree(params), params.p).slice(lowest, lowest + size);
  const cheap = n * (size + 1) * 2 ** size <= 4e8;
  const law = cheap ? nodeByNode(n, degrees) : bySplitSums(n, degrees);
  let best = 0;
  for (let v = 1; v < law.length; v++) if (law[v] > law[best]) best = v;
  // this route's own relative error: the roundings of a node's step, or of the powers' bases, n times
  const tolerance = recomputed.relativeError + 4 * n * (size + 4) * 2 ** -53;
  const off = Math.abs(law[best] / evidence.maxParityVectorProbability - 1);
  const gap = Math.abs(law[likeliest] / law[best] - 1);
  checks.push({
    name: "law of the window",
    ok: off <= tolerance && gap <= tolerance,
    detail: `largest probability ${law[best]}, relative difference ${short(off)}, tolerance ${short(tolerance)}`,
  });
  return {
    route: cheap ? "law of the window, node by node" : "fixed-point probabilities and split subset sums",
    checks,
  };
}

/** One node after the other moves the parity vector; a degree outside the window leaves it in place. */
function nodeByNode(n: number, degrees: readonly number[]): Float64Array {
  const stay = 1 - sum(degrees);
  let [law, next] = [new Float64Array(2 ** degrees.length), new Float64Array(2 ** degrees.length)];
  law[0] = 1;
  for (let node = 0; node < n; node++) {
    for (let v = 0; v < law.length; v++) next[v] = stay * law[v];
    for (const [i, q] of degrees.entries()) move(law, next, q, 2 ** i);
    [law, next] = [next, law];
  }
  return law;
}

function move(from: Float64Array, to: Float64Array, weight: number, bit: number): void {
  for (let v = 0; v < from.length; v++) to[v] += weight * from[v ^ bit];
}

function bySplitSums(n: number, degrees: readonly number[]): Float64Array {
  const sums = (some: readonly number[]): Float64Array =>
    Float64Array.from({ length: 2 ** some.length }, (_, u) =>
      sum(some.filter((_, i) => ((u >>> i) & 1) === 1)),
    );
  const half = degrees.length >> 1;
  const [low, high] = [sums(degrees.slice(0, half)), sums(degrees.slice(half))];
  const cells = new Float64Array(2 ** degrees.length);
  let at = 0;
  for (const h of high) for (const l of low) cells[at++] = integerPower(1 - 2 * (h + l), n);
  walshHadamard(cells);
  return cells.map((x) => x / cells.length);
}

/** Pr[Bin(N, p) = j] from weights in 256-bit fixed point, p as it is written. */
function binomialFixedPoint(N: number, p: number): number[] {
  const { num, den } = asWritten(p);
  const mode = Math.min(N, Math.floor((N + 1) * p));
  const weights = Array.from({ length: N + 1 }, () => 0n);
  weights[mode] = 1n << 256n;
  for (let j = mode; j < N; j++)
    weights[j + 1] = (weights[j] * BigInt(N - j) * num) / (BigInt(j + 1) * (den - num));
  for (let j = mode; j > 0; j--)
    weights[j - 1] = (weights[j] * BigInt(j) * (den - num)) / (BigInt(N - j + 1) * num);
  const total = weights.reduce((a, b) => a + b);
  return weights.map((w) => Number((w << 200n) / total) * 2 ** -200);
}

export function* checkSamples(
  params: DegreeParityValues,
  evidence: SampleEvidence,
  expected: { readonly drawn: Key; readonly fresh: Key; readonly limit: number },
): Generator<Progress, Verdict> {
  const { samples, largestCount, likeliest, seed, maxParityVectorProbability: q } = evidence;
  const tail = lowerTail(largestCount, samples, q);
  const limit: Check = {
    name: "confidence limit",
    ok: q === expected.limit && tail <= (1 - confidence) * (1 + 1e-7),
    detail: `${largestCount} of ${samples} or fewer would have probability ${short(tail)} if the cell's were ${q}`,
  };
  if (!limit.ok) return { route: "sum of binomial probabilities", checks: [limit] };
  const again = countCells(yield* sampleCells(expected.drawn, params, samples));
  const redrawn: Check = {
    name: "samples",
    ok: again.largestCount === largestCount && again.likeliest === likeliest,
    detail: `seed ${seed} drawn again: ${again.cells} cells, the fullest holds ${again.largestCount}`,
  };
  const few = Math.max(1, Math.floor(samples / 10));
  let count = 0;
  for (const cell of yield* sampleCells(expected.fresh, params, few)) if (cell === likeliest) count++;
  const low = lowerLimit(count, few, 1 - 1e-6);
  const fresh: Check = {
    name: "fresh samples",
    ok: low <= q,
    detail: `${count} of ${few} graphs from another stream in that cell: its probability is above ${short(low)}`,
  };
  return { route: "samples drawn again, and fresh ones", checks: [limit, redrawn, fresh] };
}

/** Pr[Bin(n, q) <= k], summed from its largest term down. */
function lowerTail(k: number, n: number, q: number): number {
  if (k >= n) return 0;
  const log =
    logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(q) + (n - k) * Math.log1p(-q);
  let [term, total] = [1, 0];
  for (let j = k; j >= 0 && term > 1e-18; j--) {
    total += term;
    term *= (j / (n - j + 1)) * ((1 - q) / q);
  }
  return total * Math.exp(log);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const short = (x: number): string => x.toExponential(1);
