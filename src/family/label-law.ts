/**
 * What the labels' law gives away: a statistic E[T(y) psi(x)] with T not affine is no correlational query, and the
 * certificates say nothing of it. The order at which the law speaks is the least degree of psi at which some such
 * statistic depends on what is hidden (a generative exponent, Damian et al. 2024); with it, learners have a way round
 * the certificate.
 */

import type { Checked } from "../base/checked.ts";

/** What the law of the labels tells of what is hidden. */
export interface LabelLaw<V = unknown> {
  /**
   * Labels take two values: every function of the label is affine in it, and nothing is to be learned that it does not
   * say.
   */
  readonly twoValued: boolean;
  /** The order, null where no statistic depends on what is hidden, or nothing is hidden. */
  order(params: Checked<V>): number | null;
  /** In a sentence or two: which statistic it is, and how much of what is hidden it tells. */
  readonly statement: string;
}
