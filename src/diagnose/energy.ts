/**
 * How much of a label the functions of a list see together: the sum of their squared correlations with it, unbiased,
 * as a sum over pairs of *different* examples (a U-statistic, the mean over all splits into two of them),
 *
 *     sum over i != j of y_i y_j <phi(x_i), phi(x_j)> / (N (N - 1)),
 *
 * with y of variance 1. It is the share of the label's variance that they explain where they are orthonormal.
 *
 * Whether it is more than nothing is judged by drawing it anew under two hypotheses, of which the greater p-value
 * counts. With labels permuted the test is exact where inputs and labels are independent (under the permutations
 * i -> a i + b of the numbers modulo N, a group, which is all that exactness asks). With signs of the terms
 * y_i phi(x_i) drawn, it holds, for many examples, wherever the correlations vanish though the label depends on the
 * input: the size of a label of mean 0 may well depend on it, and does in the hard families. Neither knows of what a
 * heavy tail holds beyond the examples: that much is taken off the value first (`tail.ts`).
 */

import { bits, foldIn, stream, type Key } from "../base/random.ts";
import { mean } from "../base/statistics.ts";
import { matmul32 } from "../engine/run/matmul.ts";
import { gcd } from "../numeric/integers.ts";
import { unseenBelow } from "./tail.ts";

/** Values of functions on examples, each of mean 0 and variance 1: function f of example i at f * examples + i. */
export interface Functions {
  readonly count: number;
  readonly examples: number;
  readonly values: Float32Array;
}

export interface Energy {
  /** Sum of squared correlations, in units of the label's variance; may be a little below 0. */
  readonly value: number;
  /** By the jackknife. */
  readonly standardError: number;
  readonly p: number;
  /** What the tail of its terms may hold beyond these examples; null where that could be anything. */
  readonly unseen: number | null;
  /** How much `unseen` differs from sample to sample; null where these are too few to say. */
  readonly unseenDeviation: number | null;
  /** What the squared length of the mean of y phi(x) is without any correlation. */
  readonly floor: number;
  /** What the statistic is drawn to without any correlation: standard deviation and skewness. */
  readonly chance: { readonly deviation: number; readonly skewness: number };
}

/** Draws under a hypothesis: few tell what is clearly nothing. */
export const FEW = 199;
/** Draws where it might be something. */
export const MANY = 1999;
/** Above this p-value few draws will do. */
export const CLEARLY_NOTHING = 0.1;
/** Numbers of one chunk of draws. */
const CHUNK = 2 ** 20;

/**
 * @param label of mean 0 and variance 1, (examples)
 * @param hypotheses what is drawn to judge it
 */
export async function energyOf(
  functions: Functions,
  label: Float64Array,
  key: Key,
  hypotheses: readonly Hypothesis[] = [permuted, signed],
): Promise<Energy> {
  const norms = squaredNorms(functions);
  const { value, standardError, unseen, unseenDeviation, floor } = jackknifed(functions, label, norms);
  const sure = unseen === null ? -Infinity : value - unseen;
  let p = 0;
  let chance: Energy["chance"] = { deviation: 0, skewness: 0 };
  for (const hypothesis of hypotheses) {
    const drawn = hypothesis(label, foldIn(key, hypothesis.name));
    const draw = (from: number, to: number) => nullValues(functions, norms, drawn, from, to);
    let draws = await draw(0, FEW);
    if (exceedance(draws, sure) <= CLEARLY_NOTHING) draws = [...draws, ...(await draw(FEW, MANY))];
    p = Math.max(p, exceedance(draws, sure));
    const found = momentsOf(draws);
    if (found.deviation > chance.deviation) chance = found;
    if (p > CLEARLY_NOTHING) break;
  }
  return { value, standardError, p, unseen, unseenDeviation, floor, chance };
}

/** Labels of draw b, written into `out`. */
type Drawn = (draw: number, out: Float32Array) => void;

type Hypothesis = (label: Float64Array, key: Key) => Drawn;

/** Inputs and labels are independent: any permutation of the labels is as likely. */
export function permuted(label: Float64Array, key: Key): Drawn {
  const n = label.length;
  return (draw, out) => {
    const { below } = stream(foldIn(key, draw));
    let factor = 1 + below(n - 1);
    while (gcd(BigInt(factor), BigInt(n)) !== 1n) factor = 1 + below(n - 1);
    let at = below(n);
    for (let i = 0; i < n; i++) {
      out[i] = label[at];
      at = (at + factor) % n;
    }
  };
}

/** The terms y_i phi(x_i) have mean 0: their signs may be drawn. */
export function signed(label: Float64Array, key: Key): Drawn {
  return (draw, out) => {
    const coins = bits(foldIn(key, draw), new Uint32Array(Math.ceil(label.length / 32)));
    for (let i = 0; i < label.length; i++) out[i] = (coins[i >> 5] >>> (i & 31)) & 1 ? label[i] : -label[i];
  };
}

async function nullValues(
  { count, examples, values }: Functions,
  norms: Float64Array,
  drawn: Drawn,
  from: number,
  to: number,
): Promise<number[]> {
  const chunk = Math.max(1, Math.floor(CHUNK / examples));
  const found: number[] = [];
  for (let first = from; first < to; first += chunk) {
    const rows = Math.min(chunk, to - first);
    const labels = new Float32Array(rows * examples);
    for (let r = 0; r < rows; r++) drawn(first + r, labels.subarray(r * examples, (r + 1) * examples));
    const sums = await matmul32(labels, values, rows, examples, count, { transposeB: true });
    for (let r = 0; r < rows; r++) {
      let total = 0;
      for (let f = 0; f < count; f++) total += sums[r * count + f] ** 2;
      for (let i = 0; i < examples; i++) total -= labels[r * examples + i] ** 2 * norms[i];
      found.push(total / (examples * (examples - 1)));
    }
  }
  return found;
}

/** Of |phi(x_i)|. */
function squaredNorms({ count, examples, values }: Functions): Float64Array {
  const norms = new Float64Array(examples);
  for (let f = 0, at = 0; f < count; f++)
    for (let i = 0; i < examples; i++, at++) norms[i] += values[at] ** 2;
  return norms;
}

/** The statistic, its standard error by leaving out one example at a time, and what unseen examples may add. */
function jackknifed(
  { count, examples: n, values }: Functions,
  label: Float64Array,
  norms: Float64Array,
): Omit<Energy, "p" | "chance"> {
  const sums = new Float64Array(count);
  for (let f = 0, at = 0; f < count; f++) for (let i = 0; i < n; i++, at++) sums[f] += label[i] * values[at];
  const along = new Float64Array(n);
  for (let f = 0, at = 0; f < count; f++) for (let i = 0; i < n; i++, at++) along[i] += sums[f] * values[at];
  let total = sums.reduce((all, s) => all + s * s, 0);
  const trace = label.reduce((all, y, i) => all + y * y * norms[i], 0);
  total -= trace;
  const own = Float64Array.from(label, (y, i) => 2 * (y * along[i] - y * y * norms[i]));
  const left = own.map((term) => (total - term) / ((n - 1) * (n - 2)));
  const middle = mean(left);
  const squares = left.reduce((all, x) => all + (x - middle) ** 2, 0);
  const pairs = n * (n - 1);
  // another example would add twice its product with the sum of these
  const unseen = unseenBelow(label.map((y, i) => 2 * y * along[i]));
  const shareOf = (sum: number): number | null => (Number.isFinite(sum) ? sum / pairs : null);
  return {
    value: total / pairs,
    standardError: Math.sqrt(((n - 1) / n) * squares),
    unseen: shareOf(unseen.sum),
    unseenDeviation: shareOf(unseen.deviation),
    floor: trace / pairs,
  };
}

/** Share of the draws that are at least as large, the value itself counted among them. */
export const exceedance = (draws: readonly number[], value: number): number =>
  (1 + draws.filter((d) => d >= value).length) / (1 + draws.length);

function momentsOf(draws: readonly number[]): Energy["chance"] {
  const middle = mean(draws);
  const moment = (order: number): number => mean(draws.map((d) => (d - middle) ** order));
  const deviation = Math.sqrt(moment(2));
  return { deviation, skewness: deviation > 0 ? moment(3) / deviation ** 3 : 0 };
}
