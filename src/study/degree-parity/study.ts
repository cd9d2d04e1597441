/**
 * The main family: gradient descent on sets S drawn uniformly, hard beside easy twin, with what must stand beside a run
 * at chance: certificates, escapes, tuning, the teacher start, other students, and longer training.
 */

import type { JsonObject } from "../../base/checked.ts";
import { instanceKey } from "../../family/draw.ts";
import { hiddenDegrees } from "../../family/gnn-degree-parity/family.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/index.ts";
import { finder, type StoredRecord } from "../../run/record.ts";
import { certificateTask } from "../../run/certificate-task.ts";
import { taskId, type Task, type TaskOf } from "../../run/task.ts";
import type { Scale } from "../scale.ts";
import { trainedCell, type Cell } from "../cell.ts";
import { inTurn, type Scope, type Study } from "../study.ts";
import type { CheckResult } from "../checks.ts";
import { isLearned } from "../learned.ts";
import { outcomeOf } from "../verdict.ts";
import { chanceIn, digest, type Digest, type Role } from "./digest.ts";
import { headline } from "./sentences.ts";
import { summary } from "./summary.ts";

interface Planned {
  readonly role: Role;
  readonly task: Task;
}

const inRole = (role: Role, tasks: readonly Task[]): Planned[] => tasks.map((task) => ({ role, task }));

/** Training stops once learned beyond doubt; runs at chance take the whole budget. */
const stopAt = 0.99;
/** Steps of a run at chance that is continued: four times the default. */
const CONTINUED_STEPS = 16_000;

/** The size that has the checks. */
const LEADING = 15;

interface Shape {
  readonly sizes: readonly number[];
  /** Sets S drawn at each size. */
  readonly sets: (n: number) => number;
  /** Those of every size that come before the report's other parts. */
  readonly first: number;
  /** Runs on each hard target; the easy twin gets the first only. */
  readonly seeds: (n: number) => number;
  /** Trainings on shuffled labels: sizes, sets of each, steps. They say what chance is. */
  readonly shuffled: { readonly sizes: readonly number[]; readonly sets: number; readonly steps?: number };
  readonly tuning: readonly Readonly<Record<string, unknown>>[];
  /** Sizes at which a student without the symmetry is trained too, on the first set. */
  readonly plain: readonly number[];
  /** On how many of the sets, from the first on, a run at chance with the first seed is continued. */
  readonly continued: number;
}

const quickTuning = [{ lr: 5e-4 }, { lr: 1e-2 }];
const laptopTuning = [
  ...quickTuning,
  { width: 128 },
  { layers: 3 },
  { readoutLayers: 2 },
  { loss: "logistic" },
  { optimizer: "sgd", lr: 0.01 },
];
const fullTuning = [
  ...[2e-4, 5e-4, 5e-3, 1e-2].map((lr) => ({ lr })),
  { width: 32 },
  { width: 128 },
  { layers: 3 },
  { readoutLayers: 2 },
  { loss: "logistic" },
  { optimizer: "sgd", lr: 0.01 },
];

const sixTo15 = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const shapes: Record<Scale, Shape> = {
  quick: {
    sizes: [6, 8, 10, 12, 15],
    // three where elimination is held against descent, one more at the largest size
    sets: (n) => 2 + Number(n >= 12) + Number(n === LEADING),
    first: 3,
    seeds: () => 1,
    // on few nodes chance varies most; a student of noise has settled by 1000 steps
    shuffled: { sizes: [8], sets: 6, steps: 1000 },
    tuning: quickTuning,
    plain: [],
    continued: 0,
  },
  laptop: {
    sizes: [6, 8, 10, 12, 13, 15],
    sets: () => 5,
    first: 1,
    seeds: (n) => 1 + Number(n >= 12) + Number(n === LEADING),
    shuffled: { sizes: [6, 8, 12, LEADING], sets: 5, steps: 1000 },
    tuning: laptopTuning,
    plain: [8, LEADING],
    continued: 1,
  },
  paper: {
    sizes: [...sixTo15, 17, 20, 25],
    sets: () => 30,
    first: 3,
    seeds: () => 5,
    shuffled: { sizes: [...sixTo15, 17, 20, 25], sets: 10 },
    tuning: fullTuning,
    plain: sixTo15,
    continued: Infinity,
  },
};

const family = gnnDegreeParity.id;
type Training = TaskOf<"train">;

const paramsOf = (n: number): JsonObject => gnnDegreeParity.parse({ n }).json;

const train = (
  n: number,
  seed: number,
  easy: boolean,
  options: Record<string, unknown> = { stopAt },
  params = paramsOf(n),
): Training => ({ kind: "train", family, params, seed, easy, options });

/** How many sets of n nodes are trained on at a scale. */
export const setsAt = (scale: Scale, n: number): number => shapes[scale].sets(n);

/** The first training on set number `set` of n nodes, hard target. */
export const firstTraining = (n: number, set: number): Training => train(n, set, false);

const learn = (n: number, seed: number, learner: string, options: Record<string, number>): Task => ({
  kind: "learn",
  family,
  params: paramsOf(n),
  seed,
  learner,
  options,
});

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
const mostSets = ({ sizes, sets }: Shape): number => Math.max(...sizes.map(sets));

/** Most important first: certificates and the teacher, then set by set, the first with its checks. */
export function degreeParityTasks(scale: Scale): Planned[] {
  const shape = shapes[scale];
  const { sizes, tuning, plain } = shape;
  const certificates = sizes.toReversed().map((n) => certificateTask(family, paramsOf(n)));
  const teachers = [
    train(LEADING, 0, false, { init: "teacher", pool: "sum", steps: 200 }),
    train(LEADING, 0, false, { init: "teacher", perturb: 0.1, steps: 1000, stopAt }),
  ];
  const controls = [
    ...shuffledTasks(shape),
    ...plain.flatMap((n) => [false, true].map((easy) => train(n, 0, easy, { stopAt, student: "mlp" }))),
  ];
  const escapes = [
    ...sizes.filter((n) => n <= 15).map((n) => learn(n, 0, "parity-class", { tau: 1e-3 })),
    learn(LEADING, 0, "f2-elimination", { samples: 20_000, noise: 0.05 }),
  ];
  return [
    ...inRole("certificate", certificates),
    ...inRole("teacher", teachers),
    ...onSet(shape, 0),
    ...inRole(
      "tuning",
      tuning.map((options) => train(LEADING, 0, false, { stopAt, ...options })),
    ),
    ...inRole("control", controls),
    ...inRole("escape", escapes),
    ...range(1, shape.first).flatMap((set) => onSet(shape, set)),
  ];
}

/** What more there is of the same: further sets, then further seeds on all of them. */
export function furtherDegreeParityTasks(scale: Scale): Planned[] {
  const shape = shapes[scale];
  const most = mostSets(shape);
  const runs = range(1, Math.max(...shape.sizes.map(shape.seeds))).flatMap((seed) =>
    range(0, most).flatMap((set) =>
      sizesWith(shape, set)
        .filter((n) => seed < shape.seeds(n))
        .map((n) => again(n, set, seed)),
    ),
  );
  return [...range(shape.first, most).flatMap((set) => onSet(shape, set)), ...inRole("main", runs)];
}

const shuffledTasks = ({ shuffled: { sizes, sets, steps } }: Shape): Training[] =>
  sizes.flatMap((n) =>
    range(0, sets).map((set) =>
      train(n, set, false, { shuffleLabels: true, ...(steps === undefined ? {} : { steps }) }),
    ),
  );

const sizesWith = ({ sizes, sets }: Shape, set: number): number[] =>
  sizes.toReversed().filter((n) => set < sets(n));

/** One drawn set at every size: hard, easy twin, elimination. */
const onSet = (shape: Shape, set: number): Planned[] =>
  sizesWith(shape, set).flatMap((n) => [
    ...inRole("main", [train(n, set, false), train(n, set, true)]),
    ...(n <= 15 ? inRole("escape", [learn(n, set, "f2-elimination", { samples: 20_000 })]) : []),
  ]);

/** A further run on a hard target: the first one's seed drew S; weights and samples are drawn anew. */
function again(n: number, set: number, seed: number): Training {
  const params = gnnDegreeParity.parse({ n });
  const degrees = hiddenDegrees(params, instanceKey(gnnDegreeParity, params, set));
  return train(n, 1000 * seed + set, false, { stopAt }, gnnDegreeParity.parse({ n, degrees }).json);
}

/** The first run on each hard target, if it ended at chance, with four times the steps. */
export function degreeParityFollowUps(scale: Scale, records: readonly StoredRecord[]): Training[] {
  const { sizes, sets, continued } = shapes[scale];
  const found = finder(records);
  const shuffled = new Set(shuffledTasks(shapes[scale]).map(taskId));
  const chance = chanceIn(records.filter((r) => shuffled.has(r.id)));
  return sizes.flatMap((n) =>
    range(0, Math.min(continued, sets(n))).flatMap((set) => {
      const task = train(n, set, false);
      const record = found(task);
      if (record === undefined || outcomeOf(record.result.final, chance(n)) !== "at chance") return [];
      return [train(n, set, false, { ...task.options, steps: CONTINUED_STEPS })];
    }),
  );
}

/** The part that each task of a scale plays, by its id. */
function rolesOf(scale: Scale, records: readonly StoredRecord[]): Map<string, Role> {
  const continued = inRole("continued", degreeParityFollowUps(scale, records));
  const planned = [...degreeParityTasks(scale), ...furtherDegreeParityTasks(scale), ...continued];
  return new Map(planned.map(({ role, task }) => [taskId(task), role]));
}

/** The same training on fewer nodes; null where none has run. */
function learnsCheck({ sizes, sets }: Shape, records: readonly StoredRecord[]): CheckResult | null {
  const found = finder(records);
  const runs = sizes
    .filter((n) => n < LEADING)
    .flatMap((n) => range(0, sets(n)).flatMap((set) => found(firstTraining(n, set)) ?? []));
  const learned = runs.filter((r) => isLearned(r.result.final));
  if (runs.length === 0) return null;
  const at = [...new Set(learned.map((r) => Number(r.task.params["n"])))].sort((a, b) => a - b);
  const where = at.length === 0 ? "" : `: n = ${at.join(", ")}`;
  return {
    says: `${learned.length} of ${runs.length} learned on fewer nodes${where}`,
    holds: learned.length > 0,
    records: runs.map((r) => r.id),
  };
}

/** The largest size that every scale has: the first set drawn, which has all checks, and all sets together. */
function evidence(records: readonly StoredRecord[], { scale, catalogue }: Scope): Cell[] {
  const shape = shapes[scale];
  const count = shape.sets(LEADING);
  const runsOn = (set: number): Training[] => [
    train(LEADING, set, false),
    ...range(1, shape.seeds(LEADING)).map((seed) => again(LEADING, set, seed)),
  ];
  const checks = { learns: learnsCheck(shape, records) };
  const cellOf = (at: string, hard: readonly Training[]): Cell[] => {
    const certificate = certificateTask(family, paramsOf(LEADING));
    const plan = { row: "nodes", at, hard, shuffled: shuffledTasks(shape), certificate, checks } as const;
    const cell = trainedCell(plan, records, catalogue);
    return cell === null ? [] : [cell];
  };
  return [
    ...cellOf(`n = ${LEADING}, the first of ${count} sets drawn`, runsOn(0)),
    ...cellOf(`n = ${LEADING}, all ${count} sets drawn`, range(0, count).flatMap(runsOn)),
  ];
}

const tasksOf = (planned: readonly Planned[]): Task[] => planned.map((p) => p.task);

export const degreeParity: Study<Digest> = {
  id: "degree-parity",
  tasks: (scope) => {
    const { last = [], ...first } = inTurn(scope, "main", tasksOf(degreeParityTasks(scope.scale)));
    return { ...first, last: [...last, ...tasksOf(furtherDegreeParityTasks(scope.scale))] };
  },
  followUps: (records, { scale }) => degreeParityFollowUps(scale, records),
  read: (records, { scale }) => digest(records, rolesOf(scale, records)),
  sections: async (data, document) => (await import("./section.ts")).degreeParitySections(data, document),
  evidence,
  finding: (data) => ({
    headline: headline(data),
    table: summary(data),
    fields: {
      runs: data.runs.map(({ curve: _curve, ...run }) => run),
      certificates: data.certificates,
      escapes: data.escapes,
    },
  }),
};
