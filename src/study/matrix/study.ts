/**
 * The learnability matrix: every learner on every family and its easy twin, from equal budgets. A budget is N labelled
 * examples; a learner from an oracle gets the tolerance 1/sqrt(N), the standard error of an answer from all of them.
 */

import type { JsonObject } from "../../base/checked.ts";
import { mean, median } from "../../base/statistics.ts";
import { efforts, type Effort, type MatrixRow } from "../../learner/learner.ts";
import { familyIn, learnerIn, type Catalogue } from "../../run/catalogue.ts";
import { builtIn } from "../registry.ts";
import type { StoredRecord } from "../../run/store/files.ts";
import { certificateTask, taskId, type Task } from "../../run/task.ts";

/** A family at one size, with the architecture its students are trained at. */
export interface Setting {
  readonly family: string;
  readonly params: JsonObject;
  readonly train: JsonObject;
}

/** A learner's row. */
export interface MatrixLearner extends MatrixRow {
  readonly learner: string;
}

/** The sizes that families choose for themselves. */
export const matrixSettings = ({ families }: Catalogue): Setting[] =>
  families.flatMap(({ id, settings }) =>
    settings?.matrix === undefined ? [] : [{ family: id, ...settings.matrix }],
  );

const matrixRows = ({ learners }: Catalogue): MatrixLearner[] =>
  learners.flatMap(({ id, rows = [] }) => rows.map((row) => ({ ...row, learner: id })));

export interface MatrixScale {
  /** Labelled examples each learner may use. */
  readonly samples: number;
  readonly seeds: number;
  /** Which learners take part. */
  readonly effort: Effort;
}

export const matrixScales = {
  quick: { samples: 200_000, seeds: 2, effort: "quick" },
  laptop: { samples: 400_000, seeds: 3, effort: "laptop" },
  full: { samples: 2_000_000, seeds: 5, effort: "full" },
} as const satisfies Record<string, MatrixScale>;

const BATCH = 256;

export interface MatrixEntry {
  readonly setting: Setting;
  readonly learner: MatrixLearner;
  readonly easy: boolean;
  /** One a seed; none where the pair makes no sense. */
  readonly tasks: readonly Task[];
  /** Why the pair makes no sense. */
  readonly refusal: string | null;
}

export interface MatrixPlan {
  readonly scale: MatrixScale;
  readonly entries: readonly MatrixEntry[];
  readonly certificates: readonly { readonly setting: Setting; readonly task: Task }[];
}

function taskOf(
  catalogue: Catalogue,
  setting: Setting,
  row: MatrixLearner,
  easy: boolean,
  seed: number,
  samples: number,
): Task {
  const { family } = setting;
  const params = familyIn(catalogue, family).parse(setting.params).json;
  if (row.learner === "gradient-descent") {
    const steps = Math.floor(samples / BATCH);
    const options = { ...setting.train, ...row.train, steps, batch: BATCH, stopAt: 0.999 };
    return { kind: "train", family, params, seed, easy, options };
  }
  const oracle = learnerIn(catalogue, row.learner).access !== "samples";
  const given = Math.min(samples, row.most ?? samples);
  const options = oracle ? { tau: 1 / Math.sqrt(samples) } : { samples: given };
  return { kind: "learn", family, params, seed, easy, learner: row.learner, options };
}

function refusalOf(catalogue: Catalogue, setting: Setting, row: MatrixLearner): string | null {
  const family = familyIn(catalogue, setting.family);
  const student = row.train?.["student"];
  if (typeof student === "string" && !Object.hasOwn(family.students, student))
    return `the family has no student "${student}"`;
  return learnerIn(catalogue, row.learner).refusal(family, family.parse(setting.params));
}

const takesPart = ({ effort = "quick" }: MatrixLearner, given: Effort): boolean =>
  efforts.indexOf(effort) <= efforts.indexOf(given);

/** Learners that only a greater effort would add. */
export const leftToMore = ({ effort }: MatrixScale, catalogue: Catalogue = builtIn): string[] =>
  matrixRows(catalogue)
    .filter((row) => !takesPart(row, effort))
    .map((row) => row.label);

/**
 * @param catalogue the families and learners that take part
 * @param chosen other sizes, or other rows, than they name themselves
 */
export function planMatrix(
  scale: MatrixScale,
  catalogue: Catalogue = builtIn,
  chosen: { readonly settings?: readonly Setting[]; readonly rows?: readonly MatrixLearner[] } = {},
): MatrixPlan {
  const { samples, seeds, effort } = scale;
  const { settings = matrixSettings(catalogue), rows = matrixRows(catalogue) } = chosen;
  const entries = settings.flatMap((setting) =>
    rows
      .filter((r) => takesPart(r, effort))
      .flatMap((learner) =>
        [false, true].map((easy) => {
          const refusal = refusalOf(catalogue, setting, learner);
          const tasks =
            refusal === null
              ? Array.from({ length: seeds }, (_, seed) =>
                  taskOf(catalogue, setting, learner, easy, seed, samples),
                )
              : [];
          return { setting, learner, easy, tasks, refusal };
        }),
      ),
  );
  const certificates = settings.flatMap((setting) => {
    const family = familyIn(catalogue, setting.family);
    if (family.certifier === undefined) return [];
    return [{ setting, task: certificateTask(family, setting.params) }];
  });
  return { scale, entries, certificates };
}

/** All tasks of a plan: certificates, then one seed of every cell, then the next. */
export function matrixTasks({ entries, certificates }: MatrixPlan): Task[] {
  const seeds = Math.max(0, ...entries.map((e) => e.tasks.length));
  const bySeed = Array.from({ length: seeds }, (_, seed) => entries.flatMap((e) => e.tasks[seed] ?? []));
  return [...certificates.map((c) => c.task), ...bySeed.flat()];
}

export interface MatrixCell {
  readonly family: string;
  readonly params: JsonObject;
  readonly learner: string;
  readonly easy: boolean;
  readonly refusal: string | null;
  /** Explained variance of fresh labels, one a finished seed; 0 where the learner gave no hypothesis. */
  readonly explained: readonly number[];
  readonly mean: number | null;
  /** Median cost over the seeds. */
  readonly queries: number | null;
  readonly samples: number | null;
  /** Seeds that have not finished. */
  readonly missing: number;
}

export interface MatrixCertificate {
  readonly family: string;
  readonly dimension: string;
  readonly queries: string;
  readonly vacuous: boolean;
  readonly model: string;
}

export interface Matrix {
  readonly cells: readonly MatrixCell[];
  readonly certificates: readonly MatrixCertificate[];
}

interface Outcome {
  readonly final?: { readonly explainedVariance?: number | null };
  readonly queries?: number | null;
  readonly samples?: number | null;
  readonly steps?: number;
  readonly weights?: number;
}

/** The cells of a plan from the records there are. */
export function readMatrix(plan: MatrixPlan, records: readonly StoredRecord[]): Matrix {
  const byId = new Map(records.map((r) => [r.id, r.result]));
  const cells = plan.entries.map(({ setting, learner, easy, tasks, refusal }): MatrixCell => {
    const found = tasks.flatMap((t) => (byId.get(taskId(t)) ?? []) as Outcome | []);
    const explained = found.map((r) => r.final?.explainedVariance ?? 0);
    const cost = (of: (r: Outcome) => number | null | undefined): number | null => {
      const costs = found.flatMap((r) => of(r) ?? []);
      return costs.length === 0 ? null : median(costs);
    };
    return {
      family: setting.family,
      params: setting.params,
      learner: learner.label,
      easy,
      refusal,
      explained,
      mean: explained.length === 0 ? null : mean(explained),
      queries: cost((r) =>
        r.steps !== undefined && r.weights !== undefined ? r.steps * r.weights : r.queries,
      ),
      samples: cost((r) => (r.steps === undefined ? r.samples : r.steps * BATCH)),
      missing: tasks.length - found.length,
    };
  });
  const certificates = plan.certificates.flatMap(({ setting, task }) => {
    const c = byId.get(taskId(task)) as CertificateRecord | undefined;
    return c === undefined
      ? []
      : [
          {
            family: setting.family,
            dimension: String(c.dimension.spectral),
            queries: String(c.statement.queries),
            vacuous: c.statement.vacuous,
            model: c.model,
          },
        ];
  });
  return { cells, certificates };
}

interface CertificateRecord {
  readonly model: string;
  readonly dimension: { readonly spectral: number | string };
  readonly statement: { readonly queries: number | string; readonly vacuous: boolean };
}
