/** Confidence limits for a probability from a count (Clopper and Pearson 1934): they hold for every true value. */

import { incompleteBeta } from "./binomial.ts";

/** Slack on the tail probability; dwarfs the error of the incomplete beta function for up to 10^8 trials. */
const slack = 1e-6;

/**
 * The one-sided upper limit q of `successes` in `trials`: whatever the true probability is, Pr[q >= it] >= confidence.
 * It solves Pr[Bin(trials, q) <= successes] = 1 - confidence and is rounded up.
 */
export function upperLimit(successes: number, trials: number, confidence: number): number {
  if (successes >= trials) return 1;
  const tail = (1 - confidence) * (1 - slack);
  // Pr[Bin(n, q) <= k] = I_{1-q}(n - k, k + 1), falling in q
  return bisect(
    successes / trials,
    1,
    (q) => incompleteBeta(1 - q, trials - successes, successes + 1) <= tail,
  )[1];
}

/** The one-sided lower limit, rounded down. */
export function lowerLimit(successes: number, trials: number, confidence: number): number {
  if (successes <= 0) return 0;
  const tail = (1 - confidence) * (1 - slack);
  return bisect(0, successes / trials, (q) => incompleteBeta(q, successes, trials - successes + 1) > tail)[0];
}

/** Halves [low, high] until no number lies between; `holds` is false at low and true at high. */
function bisect(from: number, to: number, holds: (q: number) => boolean): [number, number] {
  let [low, high] = [from, to];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return [low, high];
    if (holds(middle)) high = middle;
    else low = middle;
  }
}
