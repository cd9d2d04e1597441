/** What "learned" means, in one place: the words of a report and its drawings ask here alone. */

import type { Finished } from "../run/record.ts";

/** Learned: more than this of what the best constant leaves. */
export const LEARNED = 0.9;

/** What is needed of an evaluation on fresh samples. */
export type Judged = Pick<
  Finished<"train">["result"]["final"],
  "accuracy" | "explainedVariance" | "baselineAccuracy"
>;

/** Learners' evaluations name no majority: they are judged by the explained variance. */
export const byExplained = ({ explainedVariance }: Pick<Judged, "explainedVariance">): Judged => ({
  accuracy: null,
  baselineAccuracy: null,
  explainedVariance,
});

/**
 * How much of what the best constant leaves a student gets right: of labels +-1 by accuracy over the majority's, of
 * real ones the explained variance. Null without a hypothesis; 0 where labels are constant.
 */
export function achieved({ accuracy, baselineAccuracy: baseline, explainedVariance }: Judged): number | null {
  if (baseline === null) return explainedVariance;
  if (accuracy === null) return null;
  return baseline === 1 ? 0 : (accuracy - baseline) / (1 - baseline);
}

/** Whether so much is learned, of a share as `achieved` gives it. */
export const learnedAt = (share: number | null): boolean => share !== null && share > LEARNED;

/** Whether a student has learned its target. */
export const isLearned = (final: Judged): boolean => learnedAt(achieved(final));
