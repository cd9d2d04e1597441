/**
 * What a comparison is made of: trainings and learnings that differ in one thing, each at its place in one drawing, and
 * what came of them.
 */

import { grouped } from "../../base/group.ts";
import { batchOf } from "../../learner/training-options.ts";
import { finder, type Finished, type StoredRecord } from "../../run/record.ts";
import type { TaskOf } from "../../run/task.ts";
import { achieved, byExplained } from "../learned.ts";
import { outcomeOf, type Outcome } from "../verdict.ts";

export type Training = TaskOf<"train">;
export type Learning = TaskOf<"learn">;

/** Where in a comparison something stands. */
export interface Place {
  /** The panel: a family at one size. */
  readonly panel: string;
  /** What is changed, across; in the order of the plan. */
  readonly condition: string;
  /** What is compared under each condition, by colour. */
  readonly series: string;
}

export interface Trial extends Place {
  readonly task: Training | Learning;
}

/** A finished trial. */
export interface Run extends Place {
  readonly record: string;
  readonly seed: number;
  readonly steps: number | null;
  /** Examples that it used, with repetitions; null for a learner from an oracle. */
  readonly samples: number | null;
  /** Share of what the best constant leaves (see `achieved`); 0 of a run that diverged or gave no hypothesis. */
  readonly share: number;
  /** The same before the first step; null where no curve was kept. */
  readonly before: number | null;
  /** The same on the fixed training set, null where there is none. */
  readonly onTraining: number | null;
  readonly outcome: Outcome;
}

/** The finished trials of a plan, in its order. */
export function readTrials(trials: readonly Trial[], records: readonly StoredRecord[]): Run[] {
  const found = finder(records);
  return trials.flatMap(({ task, ...place }): Run[] => {
    if (task.kind === "train") {
      const record = found(task);
      return record === undefined ? [] : [{ ...place, ...trained(record) }];
    }
    const record = found(task);
    return record === undefined ? [] : [{ ...place, ...learned(record) }];
  });
}

type Measured = Omit<Run, keyof Place>;

function trained({ id, task, result }: Finished<"train">): Measured {
  const { final, curve, validationBaselineLoss: constant, steps } = result;
  const [first] = curve;
  const before =
    first?.loss == null
      ? null
      : achieved({
          accuracy: first.accuracy,
          baselineAccuracy: final.baselineAccuracy,
          explainedVariance: 1 - first.loss / constant,
        });
  const { trainAccuracy, trainExplained } = result;
  const onTraining =
    trainExplained === undefined
      ? null
      : achieved({
          accuracy: trainAccuracy ?? null,
          baselineAccuracy: final.baselineAccuracy,
          explainedVariance: trainExplained,
        });
  return {
    record: id,
    seed: task.seed,
    steps,
    samples: steps * batchOf(task.options),
    share: achieved(final) ?? 0,
    before,
    onTraining,
    outcome: outcomeOf(final, null),
  };
}

const learned = ({ id, task, result: { final, samples } }: Finished<"learn">): Measured => ({
  record: id,
  seed: task.seed,
  steps: null,
  samples,
  share: final.explainedVariance ?? 0,
  before: null,
  onTraining: null,
  outcome: final.explainedVariance === null ? "at chance" : outcomeOf(byExplained(final), null),
});

/** How many of some runs learned, in words. */
export const learnedOf = (runs: readonly Run[]): string =>
  `${runs.filter((r) => r.outcome === "learned").length} of ${runs.length}`;

/** How many of them learned under each condition. */
export const learnedByCondition = (runs: readonly Run[]): string[] =>
  [...grouped(runs, (r) => r.condition)].map(([condition, of]) => `${condition}: ${learnedOf(of)}`);

/** The different values of a list, in their order. */
export const distinctOf = <T>(values: readonly T[]): T[] => [...new Set(values)];
