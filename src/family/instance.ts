/** What a family draws: an input law, a hard target and its easy twin with the same hidden parameters. */

import type { Checked, JsonObject } from "../base/checked.ts";
import type { Key } from "../base/random.ts";
import type { Estimate } from "../base/statistics.ts";
import type { Law, Samples } from "../distribution/law.ts";

/** A concept: labels of samples, and what a learner that ignores the input would get. */
export interface Target {
  /** The law of its examples, where it is not the instance's: an easy twin may live elsewhere. */
  readonly law?: Law;
  /** Labels of the examples, one a sample. */
  label(samples: Samples): Float64Array;
  /** E[y]. */
  readonly mean: Estimate;
  /** E[y^2], that is ||f||^2; 1 for labels +-1. */
  readonly secondMoment: Estimate;
}

/** V is the family's own type of parameters, H that of what it hides. */
export interface Instance<V = unknown, H extends JsonObject = JsonObject> {
  readonly family: string;
  readonly params: Checked<V>;
  /** The hidden parameters, as records and `train --json` show them. */
  readonly hidden: H;
  /** What is known of the instance beside the hidden parameters (mu(S), majority baselines, norms). */
  readonly facts: JsonObject;
  /** `sign`: labels +-1, accuracy is defined; `real`: it is not. */
  readonly labels: "sign" | "real";
  readonly law: Law;
  readonly hard: Target;
  readonly easy: Target;
  /** Names the instance's sample streams: train batches are keyed below it, never by the trial. */
  readonly key: Key;
}

/** The input law of a target of the instance. */
export const lawOf = (instance: Instance, target: Target): Law => target.law ?? instance.law;
