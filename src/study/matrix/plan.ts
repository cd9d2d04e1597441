/**
 * The plan of a learnability matrix: every learner on every family and its easy twin, from equal budgets. A budget is N
 * labelled examples; a learner from an oracle gets the tolerance 1/sqrt(N), the standard error of an answer from all.
 */

import type { JsonObject } from "../../base/checked.ts";
import type { Family } from "../../family/family.ts";
import type { Settings, Sized } from "../../family/settings.ts";
import { efforts, type Effort, type MatrixRow } from "../../learner/learner.ts";
import { familyIn, learnerIn, type Catalogue } from "../../run/catalogue.ts";
import { certificateTask } from "../../run/certificate-task.ts";
import { type Task, type TaskOf } from "../../run/task.ts";
import type { Scale } from "../scale.ts";
import { chosenOf, seedsOf, type Scope } from "../study.ts";

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
export const matrixSettings = ({ families }: Catalogue, effort: Effort): Setting[] =>
  families.flatMap(({ id, settings }) =>
    sizesAt(settings, effort).map((size): Setting => ({ family: id, ...size })),
  );

const sizesAt = (settings: Settings | undefined, effort: Effort): readonly Sized[] => {
  const { columns = [], more = [] } = settings?.matrix ?? {};
  return effort === efforts[0] ? columns : [...columns, ...more];
};

/** What a column is called: the family, and of several of one family the parameters in which they differ. */
export function settingName({ family, params }: Setting, all: readonly Setting[]): string {
  const alike = all.filter((s) => s.family === family);
  const own = Object.entries(params)
    .filter(([key, value]) => alike.some((s) => s.params[key] !== value))
    .map(([, value]) => String(value));
  return [family, ...own].join(" ");
}

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
  quick: { samples: 200_000, seeds: 1, effort: "quick" },
  laptop: { samples: 200_000, seeds: 1, effort: "laptop" },
  paper: { samples: 2_000_000, seeds: 5, effort: "paper" },
} as const satisfies Record<Scale, MatrixScale>;

export const BATCH = 256;

export type Training = TaskOf<"train">;
export type Learning = TaskOf<"learn">;

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
  readonly certificates: readonly { readonly setting: Setting; readonly task: TaskOf<"certify"> }[];
  /** What is hidden in each setting. */
  readonly subjects: readonly Subject[];
  /** Rows and columns that only a greater effort would add. */
  readonly leftToMore: readonly string[];
}

/** Another setting of a training, with what it is called. */
export interface Tuning {
  readonly name: string;
  readonly change: JsonObject;
}

/** Four times the default learning rate, as it is written in `trainSchema`. */
const FAST = 8e-3;
/** The one of those that needs more than a cell's budget, and tells most where there is time for one alone. */
const longer: Tuning = { name: "lr 0.008, 4000 x 128", change: { lr: FAST, steps: 4000, batch: 128 } };
const tunings: readonly Tuning[] = [
  { name: `lr ${FAST}`, change: { lr: FAST } },
  { name: "width 256", change: { width: 256 } },
  longer,
];

/** What is tried where a training of the first seed has not learned: of a quick plan one thing. */
export const tuningsOf = ({ scale: { effort } }: Pick<MatrixPlan, "scale">): readonly Tuning[] =>
  effort === efforts[0] ? [longer] : tunings;

export const tuned = (task: Training, { change }: Tuning): Training => ({
  ...task,
  options: { ...task.options, ...change },
});

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
  const own = optionsIn(training, read);
  const given = read.includes("steps") ? steps : { samples: Math.min(samples, row.most ?? samples) };
  const budget = access === "samples" ? given : { tau: 1 / Math.sqrt(samples) };
  return { kind: "learn", family, params, seed, easy, learner: row.learner, options: { ...own, ...budget } };
}

/** Those of some options that a learner reads. */
export const optionsIn = <T>(
  given: Readonly<Record<string, T>>,
  read: readonly string[],
): Record<string, T> => Object.fromEntries(Object.entries(given).filter(([name]) => read.includes(name)));

function refusalOf(catalogue: Catalogue, setting: Setting, row: MatrixLearner): string | null {
  const family = familyIn(catalogue, setting.family);
  const student = row.train?.["student"];
  if (typeof student === "string" && !Object.hasOwn(family.students, student))
    return `the family has no student "${student}"`;
  return learnerIn(catalogue, row.learner).refusal(family, family.parse(setting.params));
}

const spokenLaw = ({ labelLaw, parse }: Family, params: JsonObject): SpokenLaw | null =>
  labelLaw === undefined ? null : { twoValued: labelLaw.twoValued, order: labelLaw.order(parse(params)) };

/** Whether a row is of a plan of this effort. */
export const takesPart = ({ effort = "quick" }: MatrixLearner, given: Effort): boolean =>
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
  const {
    settings = matrixSettings(catalogue, effort),
    rows = matrixRows(catalogue),
    hardOnly = false,
  } = chosen;
  const entries = settings.flatMap((setting) =>
    rows
      .filter((r) => takesPart(r, effort))
      .flatMap((learner) =>
        (hardOnly ? [false] : [false, true]).map((easy) => {
          const refusal = refusalOf(catalogue, setting, learner);
          const tasks =
            refusal === null
              ? seedsOf(seeds).map((seed) => taskOf(catalogue, setting, learner, easy, seed, samples))
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
  const leftToMore = [
    ...rows.filter((row) => !takesPart(row, effort)).map((row) => row.label),
    ...(chosen.settings === undefined ? columnsLeft(catalogue, settings) : []),
  ];
  const subjects = settings.map((setting) => {
    const family = familyIn(catalogue, setting.family);
    return { setting, title: family.title, law: spokenLaw(family, setting.params) };
  });
  return { scale, entries, certificates, subjects, leftToMore };
}

/** The plan of a scope: its scale's, with what is chosen in its place, and rows beside those of the learners. */
export function matrixPlanOf(scope: Scope, further: readonly MatrixLearner[] = []): MatrixPlan {
  const { scale, catalogue, chosen = {} } = scope;
  const { samples, seeds, effort } = matrixScales[scale];
  const budget = { samples: chosen.samples ?? samples, seeds: chosen.seeds ?? seeds, effort };
  const all = matrixSettings(catalogue, effort);
  return planMatrix(budget, catalogue, {
    ...(chosen.families === undefined ? {} : { settings: chosenOf(all, ({ family }) => family, scope) }),
    rows: [...matrixRows(catalogue), ...further],
  });
}

/** Columns that the greatest effort has beside some. */
function columnsLeft(catalogue: Catalogue, given: readonly Setting[]): string[] {
  const all = matrixSettings(catalogue, efforts[efforts.length - 1]);
  return all
    .filter(({ family, params }) => !given.some((s) => s.family === family && s.params === params))
    .map((s) => settingName(s, all));
}

/** All tasks of a plan: certificates, then one seed of every cell, then the next. */
export function matrixTasks({ entries, certificates }: MatrixPlan): Task[] {
  const seeds = Math.max(0, ...entries.map((e) => e.tasks.length));
  const bySeed = seedsOf(seeds).map((seed) => entries.flatMap((e) => e.tasks[seed] ?? []));
  return [...certificates.map((c) => c.task), ...bySeed.flat()];
}
