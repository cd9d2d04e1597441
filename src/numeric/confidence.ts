/**
 * Confidence limits that hold for every true value: for a probability from a count (Clopper and Pearson 1934), and for
 * the mean of variables in [0, 1] from their sample mean (Chernoff's bound in the form of Hoeffding 1963, theorem 1).
 */

import { incompleteBeta } from "./binomial.ts";

/** Slack on the tail probability; dwarfs the error of the incomplete beta function for up to 10^8 trials. */
const slack = 1e-6;

/**
 * The one-sided upper limit q of `successes` in `trials`: whatever the true probability is, Pr[q < it] <= delta.
 * It solves Pr[Bin(trials, q) <= successes] = delta and is rounded up.
 */
export function upperLimit(successes: number, trials: number, delta: number): number {
  if (successes >= trials) return 1;
  const tail = delta * (1 - slack);
  // Pr[Bin(n, q) <= k] = I_{1-q}(n - k, k + 1), falling in q
  return bisect(
    successes / trials,
    1,
    (q) => incompleteBeta(1 - q, trials - successes, successes + 1) <= tail,
  )[1];
}

/** The one-sided lower limit, rounded down. */
export function lowerLimit(successes: number, trials: number, delta: number): number {
  if (successes <= 0) return 0;
  const tail = delta * (1 - slack);
  return bisect(0, successes / trials, (q) => incompleteBeta(q, successes, trials - successes + 1) > tail)[0];
}

/**
 * The p-quantile of Student's t with this many degrees of freedom, p in [1/2, 1): what bounds a further value of a
 * normal law from few that were seen.
 */
export function quantileOfT(p: number, degrees: number): number {
  // the tail rises in x = degrees / (degrees + t^2)
  const [x] = bisect(0, 1, (at) => tailAt(at, degrees) > 1 - p);
  return Math.sqrt(degrees * (1 / x - 1));
}

/** Pr[T > t] for Student's t with this many degrees of freedom. */
export function tailOfT(t: number, degrees: number): number {
  const tail = tailAt(degrees / (degrees + t * t), degrees);
  return t < 0 ? 1 - tail : tail;
}

/** Pr[T > |t|] at x = degrees / (degrees + t^2). */
const tailAt = (x: number, degrees: number): number => incompleteBeta(x, degrees / 2, 1 / 2) / 2;

/**
 * The one-sided upper limit for the mean of independent variables in [0, 1] with sample mean `mean`: the largest q with
 * trials * kl(mean, q) <= ln(1 / (1 - confidence)), kl the relative entropy of two coins; rounded up. It rises with
 * `mean`, so it also holds with an upper bound on the sample mean in its place. For up to 10^9 trials.
 */
export function meanUpperLimit(mean: number, trials: number, confidence: number): number {
  if (mean >= 1) return 1;
  const enough = entropyLimit(trials, confidence);
  return bisect(mean, 1, (q) => relativeEntropy(mean, q) >= enough)[1];
}

/** The one-sided lower limit, rounded down; also holds with a lower bound on the sample mean. */
export function meanLowerLimit(mean: number, trials: number, confidence: number): number {
  if (mean <= 0) return 0;
  const enough = entropyLimit(trials, confidence);
  return bisect(0, mean, (q) => relativeEntropy(mean, q) < enough)[0];
}

const entropyLimit = (trials: number, confidence: number): number =>
  (-Math.log1p(-confidence) * (1 + slack)) / trials;

/** kl(p, q) = p ln(p/q) + (1-p) ln((1-p)/(1-q)), accurate for p near q. */
function relativeEntropy(p: number, q: number): number {
  const growth = (q - p) / p;
  // where q is far below p the difference has lost q, and where it is far above a tiny p the ratio overflows
  const near = growth > 1e-6 - 1 && growth < Infinity;
  const logRatio = near ? Math.log1p(growth) : Math.log(q) - Math.log(p);
  const head = p === 0 ? 0 : p * logRatio;
  const tail = p === 1 ? 0 : (1 - p) * Math.log1p((p - q) / (1 - p));
  return -(head + tail);
}

/** Halves [low, high] until no number lies between; `holds` is false at low and true at high. */
function bisect(from: number, to: number, holds: (q: number) => boolean): [number, number] {
  let [low, high] = [from, to];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) return [low, high];
    if (holds(middle)) high = middle;
    else low = middle;
  }
}
