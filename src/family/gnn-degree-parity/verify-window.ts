/**
 * Is no parity vector of a window likelier than it says? The law of the window's parities is found node by node where
 * that is cheap, else from binomial probabilities in 256-bit fixed point and subset sums split in two halves; with an
 * upper bound on its largest probability, that counts the roundings made, the statement has to stand.
 */

import { largestDegree } from "../../distribution/erdos-renyi.ts";
import { asWritten, numberAbove, rational, type Rational } from "../../numeric/rational.ts";
import { nextDown, unitRoundoff } from "../../numeric/rounding.ts";
import type { Verdict } from "../../query/certifier.ts";
import type { WindowEvidence } from "./evidence.ts";
import type { DegreeParityValues } from "./params.ts";

/** The law of the window's parities and a bound on the absolute error of each. */
interface Found {
  readonly law: Float64Array;
  readonly error: number;
}

export function checkWindow(params: DegreeParityValues, evidence: WindowEvidence): Verdict {
  const { n } = params;
  const { lowest, size, likeliest, maxParityVectorProbability, maxAbsCorrelation, relativeError } = evidence;
  const degrees = binomialFixedPoint(largestDegree(params), asWritten(params.p));
  const inside = degrees.slice(lowest, lowest + size);
  const cheap = n * (size + 1) * 2 ** size <= 4e8;
  const { law, error } = cheap ? nodeByNode(n, inside) : bySplitSums(n, inside.map(toNumber));
  const most = law.reduce((a, b) => Math.max(a, b), 0) + error;
  const claimed = nextDown(nextDown(maxParityVectorProbability * (1 + relativeError)));
  const rarest = degrees.reduce((a, b) => (b < a ? b : a));
  const correlation = powerAbove(one - 2n * rarest + (1n << 40n), n);
  return {
    route: cheap ? "law of the window, node by node" : "fixed-point probabilities and split subset sums",
    checks: [
      {
        name: "law of the window",
        ok: claimed >= Math.min(1, most),
        detail: `no probability exceeds ${most}; stated is at most ${claimed}`,
      },
      {
        name: "likeliest",
        ok:
          likeliest < law.length &&
          law[likeliest] >= maxParityVectorProbability * (1 - relativeError) - error,
        detail: `the vector ${likeliest} has probability ${law[likeliest]}`,
      },
      {
        name: "correlations",
        ok: maxAbsCorrelation >= correlation,
        detail: `none exceeds ${correlation}, that of the rarest degree`,
      },
    ],
  };
}

/**
 * One node after the other moves the parity vector; a degree outside the window leaves it in place. All terms are
 * non-negative, so the relative error is that of the longest path: size + 2 roundings a node.
 */
function nodeByNode(n: number, inside: readonly bigint[]): Found {
  const degrees = inside.map(toNumber);
  const stay = toNumber(one - inside.reduce((a, b) => a + b));
  let [law, next] = [new Float64Array(2 ** degrees.length), new Float64Array(2 ** degrees.length)];
  law[0] = 1;
  for (let node = 0; node < n; node++) {
    for (let v = 0; v < law.length; v++) next[v] = stay * law[v];
    for (const [i, q] of degrees.entries()) move(law, next, q, 2 ** i);
    [law, next] = [next, law];
  }
  const most = law.reduce((a, b) => Math.max(a, b), 0);
  return { law, error: 1.01 * n * (degrees.length + 3) * unitRoundoff * most };
}

function move(from: Float64Array, to: Float64Array, weight: number, bit: number): void {
  for (let v = 0; v < from.length; v++) to[v] += weight * from[v ^ bit];
}

/**
 * E chi_U = (1 - 2 p_U)^n for all U, and their transform. The base errs by 2 roundings a summand, the power by n
 * times that (times the power of one degree less) and n of its own, the transform by one a level.
 */
function bySplitSums(n: number, degrees: readonly number[]): Found {
  const sums = (some: readonly number[]): Float64Array =>
    Float64Array.from({ length: 2 ** some.length }, (_, u) =>
      some.reduce((total, x, i) => total + x * ((u >>> i) & 1), 0),
    );
  const half = degrees.length >> 1;
  const [low, high] = [sums(degrees.slice(0, half)), sums(degrees.slice(half))];
  const law = new Float64Array(2 ** degrees.length);
  const off = (2 * degrees.length + 5) * unitRoundoff;
  let [at, slopes, sizes] = [0, 0, 0];
  for (const h of high)
    for (const l of low) {
      const base = 1 - 2 * (h + l);
      law[at] = power(base, n);
      slopes += power(Math.min(1, Math.abs(base) + off), n - 1);
      sizes += Math.abs(law[at++]);
    }
  for (let bit = 1; bit < law.length; bit <<= 1)
    for (let v = 0; v < law.length; v++) {
      if ((v & bit) !== 0) continue;
      const [x, y] = [law[v], law[v | bit]];
      law[v] = x + y;
      law[v | bit] = x - y;
    }
  const absolute = 1.01 * (n * off * slopes + (n + degrees.length) * unitRoundoff * sizes);
  for (let v = 0; v < law.length; v++) law[v] /= law.length;
  return { law, error: absolute / law.length };
}

/** x^n with at most n roundings. */
function power(x: number, n: number): number {
  if (n === 0) return 1;
  const root = power(x, Math.floor(n / 2));
  return n % 2 === 0 ? root * root : root * root * x;
}

/** Fixed point: integers over 2^256. */
const one = 1n << 256n;
/** The nearest float64 or one beside it, of a number in [0, 1]: relative error 2^-52, or 2^-200 where that is more. */
const toNumber = (x: bigint): number => Number(x) * 2 ** -256;

/** An upper bound on (x / 2^256)^n as a float64, for 0 <= x. */
function powerAbove(x: bigint, n: number): number {
  let [result, square] = [one, x > one ? one : x];
  for (let rest = n; rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) result = ((result * square) >> 256n) + 1n;
    square = ((square * square) >> 256n) + 1n;
  }
  return Math.min(1, numberAbove(rational(result, one)));
}

/**
 * Pr[Bin(N, p) = j] over 2^256: at most N divisions a weight, each of which loses less than one unit, so within
 * 2^-220.
 */
function binomialFixedPoint(N: number, { num, den }: Rational): bigint[] {
  const mode = Math.min(N, Number((BigInt(N + 1) * num) / den));
  const weights = Array.from({ length: N + 1 }, () => 0n);
  weights[mode] = one;
  for (let j = mode; j < N; j++)
    weights[j + 1] = (weights[j] * BigInt(N - j) * num) / (BigInt(j + 1) * (den - num));
  for (let j = mode; j > 0; j--)
    weights[j - 1] = (weights[j] * BigInt(j) * (den - num)) / (BigInt(N - j + 1) * num);
  const total = weights.reduce((a, b) => a + b);
  return weights.map((w) => (w << 256n) / total);
}
