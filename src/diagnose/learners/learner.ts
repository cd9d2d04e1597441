/** What a learner of a user's own data is: examples with labels in, predictions for others out. */

import type { Key } from "../../base/random.ts";
import type { Backend } from "../../engine/run/program.ts";
import type { Examples } from "../action.ts";
import type { LabelTransform } from "../labels.ts";
import type { Coordinates } from "../polynomials.ts";

/** Examples in three parts, one after the other. */
export interface HeldOut {
  /** All parts; x standardised by the training part, coordinates that the group exchanges alike. */
  readonly all: Examples;
  /** Labels less the mean of the training part, over its spread. */
  readonly y: Float64Array;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly laws: Coordinates;
  /** Functions of the label that a learner may look at, the first of them the one that is seen best. */
  readonly transforms: readonly LabelTransform[];
}

/** Squared error of guesses for the examples after those of training, over the validation part. */
export function validationError(guesses: Float64Array, { y, train, validation }: HeldOut): number {
  let sum = 0;
  for (let i = 0; i < validation; i++) sum += (guesses[i] - y[train + i]) ** 2;
  return sum;
}

export interface LearningJob {
  readonly data: HeldOut;
  /** The largest degree of polynomials. */
  readonly degree: number;
  readonly key: Key;
  /** What trains networks (absent: `auto`). */
  readonly engine?: Backend | undefined;
  readonly signal?: AbortSignal;
  readonly told: (fraction: number) => void;
}

/** What it predicts of the test part, in the unit of `y`, and what should be known of how. */
export interface Learned {
  readonly predictions: Float64Array;
  readonly note?: string;
}

export interface DataLearner {
  readonly id: string;
  readonly summary: string;
  /** What it reads of the labels: correlations with them, those with functions of them, or labels of close examples. */
  readonly statistic: "correlations" | "transformed labels" | "neighbours";
  /** A text says why it cannot take part. */
  learn(job: LearningJob): Promise<Learned | string>;
}
