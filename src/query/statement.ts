/**
 * From the spectrum of a family's Gram matrix to a number of queries (section 1 of the design's mathematics; Szorenyi
 * 2009, Feldman et al. 2017, Goel et al. 2020 for the pairwise form).
 *
 * The adversary answers 0 whenever it may. A query of norm at most 1 has |<h, f_i>| > t for fewer than a(t) members,
 *
 *     a(t) = min(lambda / t^2, (1 - delta) / (t^2 - delta) where t^2 > delta),
 *
 * lambda the largest eigenvalue and delta the largest absolute correlation, so a deterministic learner that is
 * guaranteed a correlation above rho with every member needs more than Q = (D - a(rho)) / a(tau) queries of tolerance
 * tau, and one that succeeds with probability s on a uniformly drawn member more than (s D - a(rho)) / a(tau). With the
 * spectral a this is tau^2 (d_eff - 1/rho^2), d_eff = D / lambda. Everything is evaluated in exact rationals of the
 * evidence, so floor(Q) + 1 is exact.
 */

import { log2Integer } from "../numeric/integers.ts";
import {
  add,
  compare,
  divide,
  floor,
  least,
  multiply,
  numberBelow,
  rational,
  reciprocal,
  subtract,
  type Rational,
} from "../numeric/rational.ts";
import { printedLog2 } from "../numeric/rounding.ts";

/** What is known of a family: all a statement is made from. */
export interface Strength {
  /** A lower bound on D / lambda_max. */
  readonly dimension: Rational;
  /** Number of functions and an upper bound on their largest absolute correlation, where known. */
  readonly pairwise?: { readonly count: bigint; readonly delta: Rational };
}

export interface RequiredQueries {
  /** The least number of queries that the bound leaves possible: floor(Q) + 1, or 0 when vacuous. */
  readonly queries: bigint;
  /** Nothing is claimed: Q < 0, that is rho^2 < 1/d_eff for s = 1. At Q = 0 the claim is one query. */
  readonly vacuous: boolean;
  readonly bound: "spectral" | "pairwise";
}

/**
 * @param tauSquared square of the tolerance
 * @param rhoSquared square of the correlation to exceed
 * @param success s: 1 for a deterministic guarantee, else a success probability over a uniformly drawn member
 */
export function requiredQueries(
  strength: Strength,
  tauSquared: Rational,
  rhoSquared: Rational,
  success: Rational = rational(1),
): RequiredQueries {
  const spectral = bounded({ dimension: strength.dimension }, tauSquared, rhoSquared, success);
  const both =
    strength.pairwise === undefined ? spectral : bounded(strength, tauSquared, rhoSquared, success);
  const better = both.queries > spectral.queries || (spectral.vacuous && !both.vacuous);
  return better ? { ...both, bound: "pairwise" } : { ...spectral, bound: "spectral" };
}

function bounded(strength: Strength, tauSquared: Rational, rhoSquared: Rational, success: Rational) {
  const left = subtract(success, excludedShare(strength, rhoSquared));
  if (left.num < 0n) return { queries: 0n, vacuous: true };
  return { queries: floor(divide(left, excludedShare(strength, tauSquared))) + 1n, vacuous: false };
}

/** a(t) / D: the largest share of the family that correlates above t with one query. */
export function excludedShare({ dimension, pairwise }: Strength, tSquared: Rational): Rational {
  const spectral = reciprocal(multiply(dimension, tSquared));
  if (pairwise === undefined || compare(tSquared, pairwise.delta) <= 0) return spectral;
  const one = rational(1);
  const few = divide(subtract(one, pairwise.delta), subtract(tSquared, pairwise.delta));
  // delta = 1 would give 0, but then t^2 > 1: never below one function
  const share = divide(compare(few, one) < 0 ? one : few, rational(pairwise.count));
  return least(spectral, share);
}

/**
 * The statistical dimension with average correlation: a lower bound floor(D (gamma - delta) / (1 - delta)) on
 * SDA(gamma), the largest d such that every D/d members have average correlation (diagonal included) at most gamma.
 * @returns 0 unless gamma > delta
 */
export function averageCorrelationDimension(count: bigint, delta: Rational, gamma: Rational): bigint {
  if (compare(gamma, delta) <= 0) return 0n;
  const one = rational(1);
  if (compare(delta, one) >= 0) return 0n;
  const share = divide(subtract(least(gamma, one), delta), subtract(one, delta));
  return floor(multiply(rational(count), share));
}

/** tau^2 (d_eff - 1/rho^2), the spectral bound before rounding; negative when vacuous. */
export const spectralBound = (dimension: Rational, tauSquared: Rational, rhoSquared: Rational): Rational =>
  multiply(tauSquared, add(dimension, rational(-rhoSquared.den, rhoSquared.num)));

/** A quantity rounded down, as documents hold it: a number, above 2^53 the digits of its integer part. */
export function sizeJson(x: Rational): number | string {
  const whole = floor(x);
  return whole > BigInt(Number.MAX_SAFE_INTEGER) ? `${whole}` : numberBelow(x);
}

/** A count as documents hold it: a number, above 2^53 a string. */
export const countJson = (x: bigint): number | string =>
  x <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(x) : `${x}`;

/** log2 of a count, null at 0. */
export const log2Json = (x: bigint): number | null => (x > 0n ? printedLog2(log2Integer(x)) : null);
