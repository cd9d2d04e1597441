/**
 * The learnability matrix: every learner on every family and its easy twin, from equal budgets. A budget is N labelled
 * examples; a learner from an oracle gets the tolerance 1/sqrt(N), the standard error of an answer from all of them.
 */

import type { JsonObject } from "../../base/checked.ts";
import { mean, median } from "../../base/statistics.ts";
import type { Family } from "../../family/family.ts";
import { efforts, type Effort, type MatrixRow } from "../../learner/learner.ts";
import { familyIn, learnerIn, type Catalogue } from "../../run/catalogue.ts";
import { finder, type StoredRecord } from "../../run/record.ts";
import { certificateTask, type Task } from "../../run/task.ts";
import { movementOf, type Movement } from "../movement.ts";
import type { Scope, Study } from "../study.ts";

/** A family at one size, with the architecture its students are trained at. */
export interface Setting {
  readonly family: string;
  readonly params: JsonObject;
  readonly train: JsonObject;
}

/** A learner's row. */
export interface MatrixLearner extends MatrixRow {
  readonly learner: string;
  /** The learner's way round a certificate; absent where it correlates. */
  readonly escape?: string;
}

/** The sizes that families choose for themselves. */
export const matrixSettings = ({ families }: Catalogue): Setting[] =>
  families.flatMap(({ id, settings }) =>
    settings?.matrix === undefined ? [] : [{ family: id, ...settings.matrix }],
  );

/** The rows that learners choose for themselves. */
export const matrixRows = ({ learners }: Catalogue): MatrixLearner[] =>
  learners.flatMap(({ id, escape, rows = [] }) =>
    rows.map((row) => ({ ...row, learner: id, ...(escape === undefined ? {} : { escape }) })),
  );

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

type Training = Extract<Task, { kind: "train" }>;
type Learning = Extract<Task, { kind: "learn" }>;
type CertificateTask = Extract<Task, { kind: "certify" }>;

export interface MatrixEntry {
  readonly setting: Setting;
  readonly learner: MatrixLearner;
  readonly easy: boolean;
  /** One a seed; none where the pair makes no sense. */
  readonly tasks: readonly (Training | Learning)[];
  /** Why the pair makes no sense. */
  readonly refusal: string | null;
}

/** The order at which a family's label law speaks at one size (see `LabelLaw`). */
export interface SpokenLaw {
  readonly twoValued: boolean;
  readonly order: number | null;
}

/** A family at one size: what it is called, and its label law, null where that is not worked out. */
export interface Subject {
  readonly setting: Setting;
  readonly title: string;
  readonly law: SpokenLaw | null;
}

export interface MatrixPlan {
  readonly scale: MatrixScale;
  readonly entries: readonly MatrixEntry[];
  readonly certificates: readonly { readonly setting: Setting; readonly task: CertificateTask }[];
  /** What is hidden in each setting. */
  readonly subjects: readonly Subject[];
  /** Rows that only a greater effort would add. */
  readonly leftToMore: readonly string[];
}

function taskOf(
  catalogue: Catalogue,
  setting: Setting,
  row: MatrixLearner,
  easy: boolean,
  seed: number,
  samples: number,
): Training | Learning {
  const { family } = setting;
  const params = familyIn(catalogue, family).parse(setting.params).json;
  const training = { ...setting.train, ...row.train };
  const steps = { steps: Math.floor(samples / BATCH), batch: BATCH, stopAt: 0.999 };
  if (row.learner === "gradient-descent")
    // a training is a piece of work of its own kind
    return { kind: "train", family, params, seed, easy, options: { ...training, ...steps } };
  const { access, options: read } = learnerIn(catalogue, row.learner);
  const names: readonly string[] = read;
  const own = Object.fromEntries(Object.entries(training).filter(([name]) => names.includes(name)));
  const given = names.includes("steps") ? steps : { samples: Math.min(samples, row.most ?? samples) };
  const budget = access === "samples" ? given : { tau: 1 / Math.sqrt(samples) };
  return { kind: "learn", family, params, seed, easy, learner: row.learner, options: { ...own, ...budget } };
}

function refusalOf(catalogue: Catalogue, setting: Setting, row: MatrixLearner): string | null {
  const family = familyIn(catalogue, setting.family);
  const student = row.train?.["student"];
  if (typeof student === "string" && !Object.hasOwn(family.students, student))
    return `the family has no student "${student}"`;
  return learnerIn(catalogue, row.learner).refusal(family, family.parse(setting.params));
}

const spokenLaw = ({ labelLaw, parse }: Family, params: JsonObject): SpokenLaw | null =>
  labelLaw === undefined ? null : { twoValued: labelLaw.twoValued, order: labelLaw.order(parse(params)) };

const takesPart = ({ effort = "quick" }: MatrixLearner, given: Effort): boolean =>
  efforts.indexOf(effort) <= efforts.indexOf(given);

/**
 * @param catalogue the families and learners that take part
 * @param chosen other sizes, or other rows, than they name themselves; or hard targets alone
 */
export function planMatrix(
  scale: MatrixScale,
  catalogue: Catalogue,
  chosen: {
    readonly settings?: readonly Setting[];
    readonly rows?: readonly MatrixLearner[];
    readonly hardOnly?: boolean;
  } = {},
): MatrixPlan {
  const { samples, seeds, effort } = scale;
  const { settings = matrixSettings(catalogue), rows = matrixRows(catalogue), hardOnly = false } = chosen;
  const entries = settings.flatMap((setting) =>
    rows
      .filter((r) => takesPart(r, effort))
      .flatMap((learner) =>
        (hardOnly ? [false] : [false, true]).map((easy) => {
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
  const leftToMore = rows.filter((row) => !takesPart(row, effort)).map((row) => row.label);
  const subjects = settings.map((setting) => {
    const family = familyIn(catalogue, setting.family);
    return { setting, title: family.title, law: spokenLaw(family, setting.params) };
  });
  return { scale, entries, certificates, subjects, leftToMore };
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
  /** Of trainings at chance on the hard target; null where there are none. */
  readonly movement: Movement | null;
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
    return { explained: final.explainedVariance ?? 0, queries: steps * weights, samples: steps * BATCH };
  }
  const result = found(task)?.result;
  if (result === undefined) return undefined;
  const { final, queries, samples } = result;
  return { explained: final.explainedVariance ?? 0, queries, samples };
}

/** The cells of a plan from the records there are. */
export function readMatrix(plan: MatrixPlan, records: readonly StoredRecord[]): Matrix {
  const found = finder(records);
  const cells = plan.entries.map(({ setting, learner, easy, tasks, refusal }): MatrixCell => {
    const outcomes = tasks.flatMap((t) => outcomeOf(found, t) ?? []);
    const explained = outcomes.map((o) => o.explained);
    const cost = (of: "queries" | "samples"): number | null => {
      const costs = outcomes.flatMap((o) => o[of] ?? []);
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
        dimension: String(dimension.spectral),
        queries: String(statement.queries),
        vacuous: statement.vacuous,
        model,
      },
    ];
  });
  return { cells, certificates };
}

/** The matrix with the plan it was read for. */
export interface ReadMatrix {
  readonly matrix: Matrix;
  readonly plan: MatrixPlan;
}

/** The study of the plan that `planOf` makes of a scope. */
export const matrixStudy = (planOf: (scope: Scope) => MatrixPlan): Study<ReadMatrix> => ({
  id: "matrix",
  tasks: (scope) => ({ main: matrixTasks(planOf(scope)) }),
  read(records, scope) {
    const plan = planOf(scope);
    const matrix = readMatrix(plan, records);
    return matrix.cells.every((c) => c.mean === null) ? null : { matrix, plan };
  },
  sections: async (data, document) => (await import("./section.ts")).matrixSections(data, document),
});

export const matrix = matrixStudy(({ scale, catalogue }) =>
  planMatrix(matrixScales[scale === "paper" ? "full" : scale], catalogue),
);
