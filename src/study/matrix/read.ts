/** The cells of a learnability matrix from the records of a run. */

import type { JsonObject } from "../../base/checked.ts";
import { mean, median } from "../../base/statistics.ts";
import { batchOf } from "../../learner/training-options.ts";
import { finder, type StoredRecord } from "../../run/record.ts";
import { movementOf, type Movement } from "../movement.ts";
import { LEARNED } from "../learned.ts";
import {
  settingName,
  tuned,
  tuningsOf,
  type Learning,
  type MatrixEntry,
  type MatrixPlan,
  type Training,
} from "./plan.ts";

export interface MatrixCell {
  readonly family: string;
  readonly params: JsonObject;
  /** What the column is called. */
  readonly column: string;
  readonly learner: string;
  readonly easy: boolean;
  readonly refusal: string | null;
  /** Explained variance of fresh labels, one a finished seed; 0 where the learner gave no hypothesis. */
  readonly explained: readonly number[];
  readonly mean: number | null;
  /** The best of the other settings that were tried with the first seed; null where none was. */
  readonly tuned: Tuned | null;
  /** Of trainings at chance on the hard target; null where there are none. */
  readonly movement: Movement | null;
  /** Median cost over the seeds. */
  readonly queries: number | null;
  readonly samples: number | null;
  /** Seeds that have not finished. */
  readonly missing: number;
}

/** A training with another setting than its row's. */
export interface Tuned {
  readonly name: string;
  readonly explained: number;
  readonly samples: number;
}

/** The best that a cell has: of its row's setting the mean over the seeds, or of another one where that is more. */
export const bestOf = ({ mean: own, tuned: other }: MatrixCell): number | null =>
  own === null || other === null ? own : Math.max(own, other.explained);

export interface MatrixCertificate {
  readonly family: string;
  readonly column: string;
  readonly dimension: string;
  readonly queries: string;
  readonly vacuous: boolean;
  readonly model: string;
}

export interface Matrix {
  readonly cells: readonly MatrixCell[];
  readonly certificates: readonly MatrixCertificate[];
}

/** What a finished seed of a cell is worth, and what it cost. */
interface Outcome {
  readonly explained: number;
  readonly queries: number | null;
  readonly samples: number | null;
}

/** The outcome of a cell's task; a training's queries are the entries of its gradients. */
function outcomeOf(found: ReturnType<typeof finder>, task: Training | Learning): Outcome | undefined {
  if (task.kind === "train") {
    const result = found(task)?.result;
    if (result === undefined) return undefined;
    const { final, steps, weights } = result;
    const samples = steps * batchOf(task.options);
    return { explained: final.explainedVariance ?? 0, queries: steps * weights, samples };
  }
  const result = found(task)?.result;
  if (result === undefined) return undefined;
  const { final, queries, samples } = result;
  return { explained: final.explainedVariance ?? 0, queries, samples };
}

/** The trainings of a plan's tunings, each with its name, for one of its entries. */
function tuningTasks(plan: MatrixPlan, { learner, easy, tasks }: MatrixEntry) {
  const quick = tuningsOf(plan).length === 1;
  const [first] = tasks;
  if (first?.kind !== "train" || (quick && (easy || learner.train !== undefined))) return [];
  return tuningsOf(plan).map((tuning) => ({ name: tuning.name, task: tuned(first, tuning) }));
}

/** Other settings for the trainings that have not learned with the first seed, on the hard targets and the twins. */
export function matrixChecks(plan: MatrixPlan, records: readonly StoredRecord[]): Training[] {
  const found = finder(records);
  return plan.entries.flatMap((entry) => {
    const [first] = entry.tasks.flatMap((task) => outcomeOf(found, task) ?? []);
    if (first === undefined || first.explained > LEARNED) return [];
    return tuningTasks(plan, entry).map(({ task }) => task);
  });
}

function bestTuned(plan: MatrixPlan, entry: MatrixEntry, found: ReturnType<typeof finder>): Tuned | null {
  const tried = tuningTasks(plan, entry).flatMap(({ name, task }): Tuned[] => {
    const outcome = outcomeOf(found, task);
    return outcome === undefined
      ? []
      : [{ name, explained: outcome.explained, samples: outcome.samples ?? NaN }];
  });
  if (tried.length === 0) return null;
  return tried.reduce((a, b) => (b.explained > a.explained ? b : a));
}

/** The cells of a plan from the records there are. */
export function readMatrix(plan: MatrixPlan, records: readonly StoredRecord[]): Matrix {
  const found = finder(records);
  const settings = plan.subjects.map((s) => s.setting);
  const cells = plan.entries.map((entry): MatrixCell => {
    const { setting, learner, easy, tasks, refusal } = entry;
    const outcomes = tasks.flatMap((t) => outcomeOf(found, t) ?? []);
    const explained = outcomes.map((o) => o.explained);
    const cost = (of: "queries" | "samples"): number | null => {
      const costs = outcomes.flatMap((o) => o[of] ?? []);
      return costs.length === 0 ? null : median(costs);
    };
    return {
      family: setting.family,
      params: setting.params,
      column: settingName(setting, settings),
      learner: learner.label,
      easy,
      refusal,
      explained,
      mean: explained.length === 0 ? null : mean(explained),
      tuned: bestTuned(plan, entry, found),
      movement: easy
        ? null
        : movementOf(tasks.flatMap((t) => (t.kind === "train" ? (found(t)?.result ?? []) : []))),
      queries: cost("queries"),
      samples: cost("samples"),
      missing: tasks.length - outcomes.length,
    };
  });
  const certificates = plan.certificates.flatMap(({ setting, task }): MatrixCertificate[] => {
    const certificate = found(task)?.result;
    if (certificate === undefined) return [];
    const { dimension, statement, model } = certificate;
    return [
      {
        family: setting.family,
        column: settingName(setting, settings),
        dimension: String(dimension.spectral),
        queries: String(statement.queries),
        vacuous: statement.vacuous,
        model,
      },
    ];
  });
  return { cells, certificates };
}
