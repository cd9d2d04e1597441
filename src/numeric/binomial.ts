/** The binomial law: probabilities with an error bound, integer powers, the incomplete beta function. */

import { asWritten, nearestNumber, rational, subtract } from "./rational.ts";
import { unitRoundoff } from "./rounding.ts";

/** p as the user wrote it and 1 - p, each the float64 nearest to the exact decimal: relative error 2^-53 each. */
export function complementary(p: number): { readonly p: number; readonly q: number } {
  return { p, q: nearestNumber(subtract(rational(1), asWritten(p))) };
}

/** x^n by repeated squaring: relative error at most n roundings, whatever the engine's `Math.pow` does. */
export function integerPower(x: number, n: number): number {
  let [result, square, rest] = [1, x, n];
  for (;;) {
    if (rest % 2 === 1) result *= square;
    rest = Math.floor(rest / 2);
    if (rest === 0) return result;
    square *= square;
  }
}

/**
 * Pr[Bin(n, p) = j] for j = 0..n, p in (0, 1) read as the decimal it is written as.
 *
 * From the mode outwards by the ratio of neighbours (all terms positive, nothing cancels), then normalised.
 * @returns the probabilities and a bound on the absolute error of each, counting the roundings made: at most six a
 * step from the mode, the sum's, and the normalisation's. Values below 1e-300 may be 0.
 */
export function binomialLaw(
  n: number,
  pWritten: number,
): { readonly probabilities: Float64Array; readonly errors: Float64Array } {
  const { p, q } = complementary(pWritten);
  const odds = p / q;
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const weights = new Float64Array(n + 1);
  weights[mode] = 1;
  for (let j = mode; j < n; j++) weights[j + 1] = weights[j] * (((n - j) / (j + 1)) * odds);
  for (let j = mode; j > 0; j--) weights[j - 1] = weights[j] * (j / (n - j + 1) / odds);
  const total = pairwiseSum(weights, 0, n + 1);
  let weighted = 0;
  for (let j = 0; j <= n; j++) weighted += weights[j] * Math.abs(j - mode);
  const common = (6 * weighted) / total + Math.ceil(Math.log2(n + 2)) + 3;
  const errors = new Float64Array(n + 1);
  for (let j = 0; j <= n; j++) {
    weights[j] /= total;
    errors[j] = 1.01 * unitRoundoff * (6 * Math.abs(j - mode) + common) * weights[j] + 1e-300;
  }
  return { probabilities: weights, errors };
}

/** Sum by halves: error at most log2(length) + 1 roundings for non-negative terms. */
export function pairwiseSum(values: ArrayLike<number>, from = 0, to = values.length): number {
  if (to - from <= 2) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i];
    return sum;
  }
  const middle = (from + to) >> 1;
  return pairwiseSum(values, from, middle) + pairwiseSum(values, middle, to);
}

/** ln Gamma(x), x > 0, by Stirling's series after shifting x above 12; relative error about 1e-15. */
export function logGamma(x: number): number {
  let [shift, z] = [1, x];
  while (z < 12) shift *= z++;
  const s = 1 / (z * z);
  const series =
    (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift);
}

/**
 * The regularised incomplete beta function I_x(a, b), a, b > 0, 0 <= x <= 1: Pr[Bin(a+b-1, x) >= a] for integers.
 * Lentz's continued fraction; relative error about 1e-15 times |ln Gamma(a + b)|.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  const away = (v: number): number => (Math.abs(v) < 1e-300 ? 1e-300 : v);
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let [c, value] = [1, d];
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

/** Pr[Bin(n, p) = j] for j = 0..n. */
export const binomialPmf = (n: number, p: number): Float64Array => binomialLaw(n, p).probabilities;
