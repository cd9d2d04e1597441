/**
 * Noisy gradient descent, a theorem (docs/theory.md has the proof). A learner sees gradients of half the population's
 * mean squared error with independent N(0, sigma^2) added to every entry, and nothing else of f; f is drawn by the
 * certificate's weights, each member divided by its own norm. If the sum over steps of tr K(w_t) = sum_i ||d_i
 * f_w||^2 cannot exceed V,
 *
 *     E KL(null || f) <= V / (2 sigma^2 d_eff),
 *     Pr[|<g, f>| > rho ||g||] <= 1 / (rho^2 d_eff) + min(sqrt(V / d_eff) / (2 sigma), sqrt(1 - exp(-KL))),
 *
 * by the chain rule of relative entropy, then Pinsker's inequality or Bretagnolle and Huber's. Every number here is
 * rounded up.
 */

import {
  add,
  divide,
  least,
  multiply,
  nearestNumber,
  numberAbove,
  rational,
  reciprocal,
  subtract,
  type Rational,
} from "../numeric/rational.ts";
import { nextUp } from "../numeric/rounding.ts";

/** Which loss's gradient is seen: half the squared error is the theorem's own, the others are the engine's. */
export const noisyLosses = ["half-squared", "squared", "logistic"] as const;
/** A loss that the theorem is stated for. */
export type NoisyLoss = (typeof noisyLosses)[number];

/**
 * The noise on gradients of half the mean squared error that teaches as much: the cross term of (f - y)^2 is twice as
 * large, that of log(1 + exp(-y f)) for labels +-1 half as large.
 */
export const equivalentNoise = (loss: NoisyLoss, sigma: Rational): Rational =>
  multiply(sigma, { "half-squared": rational(1), squared: rational(1, 2), logistic: rational(2) }[loss]);

/** The theorem for one loss. */
export interface NoisyBound {
  /** The loss whose gradients carry the noise. */
  readonly loss: NoisyLoss;
  /** The noise as it counts for half the squared error: sigma, sigma / 2 or 2 sigma. */
  readonly equivalentNoise: number;
  /** Upper bound on the mean relative entropy of what is seen on null labels from what is seen on f. */
  readonly relativeEntropy: number;
  /** Upper bounds on the mean total variation distance of the two, at most 1. */
  readonly pinsker: number;
  readonly bretagnolleHuber: number;
  /** Upper bound on the probability of a correlation above rho. */
  readonly success: number;
  /** Whether `success` reaches 1: nothing is claimed. */
  readonly vacuous: boolean;
}

export interface NoisyTerms {
  readonly dimension: Rational;
  readonly rho: Rational;
  readonly sigma: Rational;
  /** V. */
  readonly variation: Rational;
  /** Examples of a fresh batch that gradients are means over, for labels +-1; absent: the population's gradients. */
  readonly batch?: number;
}

/**
 * What one entry's query h, ||h|| <= 1, is worth on average over f: 1/d_eff, of the mean over a fresh batch of B with
 * labels +-1 (1 - 1/B) / d_eff + 1/B.
 */
export function signalOf({ dimension, batch }: Pick<NoisyTerms, "dimension" | "batch">): Rational {
  const exact = reciprocal(dimension);
  if (batch === undefined) return exact;
  const share = rational(1, batch);
  return add(multiply(subtract(rational(1), share), exact), share);
}

/** 1 / (rho^2 d_eff): what a guess that knows nothing of f may reach. */
export const chance = ({ dimension, rho }: Pick<NoisyTerms, "dimension" | "rho">): Rational =>
  reciprocal(multiply(multiply(rho, rho), dimension));

/** The theorem of docs/theory.md in numbers, rounded up: what success is at most, and by which terms. */
export function noisyBound(loss: NoisyLoss, terms: NoisyTerms): NoisyBound {
  const noise = equivalentNoise(loss, terms.sigma);
  const entropy = divide(
    multiply(terms.variation, signalOf(terms)),
    multiply(rational(2), multiply(noise, noise)),
  );
  const relativeEntropy = numberAbove(entropy);
  const pinsker = Math.min(1, nextUp(Math.sqrt(numberAbove(multiply(entropy, rational(1, 2))))));
  // expm1 is no correctly rounded function; engines err by less than 2^-50 of it
  const bretagnolleHuber = Math.min(1, nextUp(Math.sqrt(-Math.expm1(-relativeEntropy) * (1 + 2 ** -50))));
  const success = nextUp(numberAbove(chance(terms)) + Math.min(pinsker, bretagnolleHuber));
  return {
    loss,
    equivalentNoise: numberAbove(noise),
    relativeEntropy,
    pinsker,
    bretagnolleHuber,
    success,
    vacuous: success >= 1,
  };
}

/** What is known of a student's derivatives over weights in a ball of radius R about 0, by R^2. */
export interface BallBounds {
  /** The student, in words. */
  readonly student: string;
  /** sup_i,w ||d_i f_w||^2 / R^2. */
  readonly derivative: Rational;
  /** sup_w tr K(w) / R^2. */
  readonly trace: Rational;
}

export interface NoisyOptions {
  readonly steps: number;
  readonly parameters: number;
  readonly sigma: Rational;
  /** Radius of the ball that weights are projected onto after each step, and the student's bounds over it. */
  readonly ball?: { readonly radius: Rational; readonly bounds: BallBounds };
  /** V, where a halting rule keeps the sum of tr K below it. */
  readonly variation?: Rational;
  /** Labels are +-1: the logistic loss is among those that are spoken of. */
  readonly signs: boolean;
  /** For gradients of fresh batches, labels +-1. */
  readonly batch?: number;
}

/** What follows for each loss where the sum of tr K cannot exceed V. */
export interface BoundsByVariation {
  readonly variation: number;
  readonly bounds: readonly NoisyBound[];
}

/** The theorem about noisy gradient descent, for one training. */
export interface NoisyGradient {
  readonly sigma: number;
  readonly ball: number | null;
  /** Whose derivatives the ball bounds; null without a ball. */
  readonly student: string | null;
  /** A, an upper bound on the norm of every derivative d_i f_w; without a ball it is assumed to be 1. */
  readonly gradientNorm: number;
  readonly gradientNormFrom: "ball" | "assumption";
  readonly rho: number;
  /** 1 / (rho^2 d_eff), the first term of every bound. */
  readonly chance: number;
  /** V = T P A^2, and what follows from it for each loss. */
  readonly perWeight: BoundsByVariation;
  /** V = T sup tr K, where the ball bounds the trace itself. */
  readonly trace: BoundsByVariation | null;
  /** The V of a halting rule. */
  readonly halting: BoundsByVariation | null;
  /** The smallest of these V with gradients of fresh batches instead; null without a batch, or for real labels. */
  readonly batches: { readonly signal: number; readonly bounds: readonly NoisyBound[] } | null;
}

/** The theorem for T steps on P weights at a certified dimension. */
export function noisyGradient(
  { dimension, rho }: Pick<NoisyTerms, "dimension" | "rho">,
  { steps, parameters, sigma, ball, variation, signs, batch }: NoisyOptions,
): NoisyGradient {
  const square = ball === undefined ? rational(1) : multiply(ball.radius, ball.radius);
  const derivative = ball === undefined ? square : multiply(square, ball.bounds.derivative);
  const boundsAt = (v: Rational, of?: number): NoisyBound[] =>
    noisyLosses
      .filter((loss) => signs || loss !== "logistic")
      .map((loss) =>
        noisyBound(loss, { dimension, rho, sigma, variation: v, ...(of === undefined ? {} : { batch: of }) }),
      );
  const perWeight = multiply(rational(BigInt(steps) * BigInt(parameters)), derivative);
  const trace = ball && multiply(rational(steps), multiply(square, ball.bounds.trace));
  const stated = (v: Rational): BoundsByVariation => ({ variation: numberAbove(v), bounds: boundsAt(v) });
  const smallest = [trace, variation].reduce<Rational>(
    (a, b) => (b === undefined ? a : least(a, b)),
    perWeight,
  );
  // what was named is repeated as it was, what follows from it is rounded up
  return {
    sigma: nearestNumber(sigma),
    ball: ball === undefined ? null : nearestNumber(ball.radius),
    student: ball?.bounds.student ?? null,
    gradientNorm: nextUp(Math.sqrt(numberAbove(derivative))),
    gradientNormFrom: ball === undefined ? "assumption" : "ball",
    rho: nearestNumber(rho),
    chance: numberAbove(chance({ dimension, rho })),
    perWeight: stated(perWeight),
    trace: trace === undefined ? null : stated(trace),
    halting:
      variation === undefined ? null : { variation: nearestNumber(variation), bounds: boundsAt(variation) },
    batches:
      batch === undefined
        ? null
        : {
            signal: numberAbove(signalOf({ dimension, batch })),
            bounds: boundsAt(smallest, batch),
          },
  };
}
