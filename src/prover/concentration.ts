/**
 * How far the Gram matrix of fixed functions of known Lipschitz constants may be from that of N independent standard
 * normal inputs (docs/theory.md, "Networks with Lipschitz constants"). With Lam^2 = sum L_i^2,
 *
 *     lambda <= (sqrt(lam^) + Lam sqrt(2 ln(1/d1) / N))^2 + Lam^2 / N        but for a probability of d1,
 *     sqrt(S) >= sqrt(S^) - Lam sqrt(2 ln(1/d2) / N),   S = sum ||f_i||^2     but for a probability of d2.
 *
 * At the fixed u at which lambda is attained, sum_i u_i f_i has the Lipschitz constant Lam, so the root of its mean
 * square over the sample is a function of all inputs of constant Lam / sqrt(N): it exceeds its mean, which is at least
 * sqrt(lambda - Lam^2 / N) by Poincare's inequality, less t but for exp(-N t^2 / (2 Lam^2)), and the sample's
 * eigenvalue is no smaller. Likewise the root of the mean of sum_i f_i^2, whose mean is at most sqrt(S). Nothing is
 * assumed bounded, and nothing clipped.
 */

/** What a claim may fail by, half for each of the two limits: so little, as samples of a known key can be ground. */
export const failure = 1e-6;
export const confidence = 1 - failure;
/** What a verifier's own limit may fail by. */
export const freshFailure = 0.01;
/** How many times as many inputs a verifier draws. */
export const freshTimes = 4;

/** What a sample shows of the members. */
export interface SampleShown {
  readonly samples: number;
  /** Upper bound on the largest eigenvalue of the sample's matrix (1/N) sum_x v(x) v(x)^T. */
  readonly lambda: number;
  /** Lower bound on its trace. */
  readonly meanSquare: number;
}

/** A hair, for the roundings of the formula itself. */
const hair = 1e-12;

/** Lower limit for d_eff = S / lambda, but for a probability of `failing`; at least 1. */
export function dimensionLimit(
  { samples, lambda, meanSquare }: SampleShown,
  lipschitz: readonly number[],
  failing: number,
): number {
  const square = lipschitz.reduce((sum, x) => sum + x * x, 0);
  const apart = Math.sqrt((2 * square * Math.log(2 / failing)) / samples);
  const above = (Math.sqrt(lambda) + apart) ** 2 + square / samples;
  const below = Math.max(0, Math.sqrt(meanSquare) - apart) ** 2;
  return Math.max(1, (below / above) * (1 - hair));
}
