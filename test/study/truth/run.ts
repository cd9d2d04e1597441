/** What is shared by rules about trainings and learnings: what came of one, from its record alone. */

import type { Finished, StoredRecord } from "../../../src/run/record.ts";

export type Train = Finished<"train">;
export type Learn = Finished<"learn">;
export type Tried = Train | Learn;

export const isTrain = (r: StoredRecord): r is Train => r.task.kind === "train";
export const isLearn = (r: StoredRecord): r is Learn => r.task.kind === "learn";
export const isTried = (r: StoredRecord): r is Tried => isTrain(r) || isLearn(r);

type Final = Pick<Train["result"]["final"], "accuracy" | "baselineAccuracy" | "explainedVariance">;

/** What a best constant leaves, and how much of that is got right: 1 - errors over the constant's errors. */
export function shareOf({ accuracy: a, baselineAccuracy: b, explainedVariance }: Final): number | null {
  if (b === null) return explainedVariance;
  if (a === null) return null;
  return b === 1 ? 0 : 1 - (1 - a) / (1 - b);
}

/** The same of a record: learners are judged by the explained variance. */
export const share = (r: Tried): number | null =>
  isTrain(r) ? shareOf(r.result.final) : r.result.final.explainedVariance;

/** Learned: more than nine tenths. */
export const isLearned = (r: Tried): boolean => (share(r) ?? 0) > 0.9;

/** "3 of 5", those that learned. */
export const learnedOf = (runs: readonly Tried[]): string =>
  `${runs.filter(isLearned).length} of ${runs.length}`;

export const option = (r: Tried, name: string): unknown => (r.task.options as Record<string, unknown>)[name];
export const easy = (r: Tried): boolean => r.task.easy === true;

/** Of a training without runs on shuffled labels beside it: a twentieth is the most that counts as chance. */
export function outcome(r: Train): string {
  const [of, explained] = [share(r), r.result.final.explainedVariance];
  if (of === null || explained === null) return "diverged";
  if (of > 0.9) return "learned";
  return Math.max(of, explained) > 0.05 ? "partly" : "at chance";
}
