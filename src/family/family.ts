/**
 * What a family is: parameters, a draw, and with each drawn instance a hard target and its easy twin, as plain
 * functions and as weights of a network in the student class.
 */

import type { Json } from "../base/json.ts";
import type { Key } from "../base/random.ts";
import type { z } from "../base/schema.ts";
import type { Law, Samples } from "../distribution/law.ts";
import type { Network, Weights } from "../network/network.ts";

export type Params = Readonly<Record<string, Json>>;

/** A concept: labels of samples, and what a learner that ignores the input would get. */
export interface Target {
  /** Labels of the examples, one a sample. */
  label(samples: Samples): Float64Array;
  /** E[y], with its standard error (0 where it is computed exactly). */
  readonly mean: { readonly value: number; readonly standardError: number };
}

export interface Instance {
  readonly family: string;
  readonly params: Params;
  /** The hidden parameters, as records and `train --json` show them. */
  readonly hidden: Readonly<Record<string, Json>>;
  /** What is known of the instance beside the hidden parameters (mu(S), majority baselines, norms). */
  readonly facts: Readonly<Record<string, Json>>;
  /** `sign`: labels +-1, accuracy is defined; `real`: it is not. */
  readonly labels: "sign" | "real";
  readonly law: Law;
  readonly hard: Target;
  readonly easy: Target;
  /** Names the instance's sample streams: train batches are keyed below it, never by the trial. */
  readonly key: Key;
}

/** The choices `train` leaves to the user; each student class reads those it knows. */
export interface StudentOptions {
  readonly layers: number;
  readonly width: number;
  readonly readoutLayers: number;
  readonly pool: "mean" | "sum";
}

export interface Family {
  readonly id: string;
  readonly title: string;
  /** Section of the paper and of the design's mathematics it comes from. */
  readonly source: string;
  /** One screen for `families NAME`. */
  readonly explanation: string;
  readonly model: "SQ" | "CSQ";
  /** Object schema of the family's parameters. */
  readonly schema: z.core.$ZodType;
  /** Checked parameters with defaults filled in; rejects what a schema alone cannot see. */
  parse(input: unknown): Params;
  draw(params: Params, key: Key): Instance;
  student(instance: Instance, options: StudentOptions): Network;
  /** The hard target as weights of `student(instance, options)`; rejects sizes too small to hold it. */
  teacher(instance: Instance, options: StudentOptions): Weights;
}
