/**
 * The main family: gradient descent on sets S drawn uniformly, hard beside easy twin, with what must stand beside a run
 * at chance: certificates, escapes, tuning, the teacher start, other students, and longer training.
 */

import type { JsonObject } from "../../base/checked.ts";
import { instanceKey } from "../../family/draw.ts";
import { hiddenDegrees } from "../../family/gnn-degree-parity/family.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/index.ts";
import { finder, type StoredRecord } from "../../run/record.ts";
import { certificateTask, taskId, type Task } from "../../run/task.ts";
import type { Scale } from "../scale.ts";
import type { Study } from "../study.ts";
import { digest, type Digest, type Role } from "./digest.ts";
import { headline } from "./sentences.ts";
import { summary } from "./summary.ts";
import { verdictOf } from "./verdict.ts";

interface Planned {
  readonly role: Role;
  readonly task: Task;
}

const inRole = (role: Role, tasks: readonly Task[]): Planned[] => tasks.map((task) => ({ role, task }));

/** Training stops once learned beyond doubt; runs at chance take the whole budget. */
const stopAt = 0.99;
/** Steps of a run at chance that is continued: four times the default. */
const CONTINUED_STEPS = 16_000;

interface Shape {
  readonly sizes: readonly number[];
  /** Sets S drawn at each size. */
  readonly sets: (n: number) => number;
  /** Runs on each hard target; the easy twin gets the first only. */
  readonly seeds: number;
  readonly tuning: readonly Readonly<Record<string, unknown>>[];
  /** Sizes at which a student without the symmetry is trained too, on the first set. */
  readonly plain: readonly number[];
  /** Whether hard runs at chance with the first seed are continued. */
  readonly continued: boolean;
}

const quickTuning = [{ lr: 5e-4 }, { lr: 1e-2 }];
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
    sets: (n) => (n < 12 ? 3 : 5),
    seeds: 1,
    tuning: quickTuning,
    plain: [],
    continued: false,
  },
  laptop: { sizes: sixTo15, sets: () => 10, seeds: 3, tuning: fullTuning, plain: sixTo15, continued: true },
  paper: {
    sizes: [...sixTo15, 17, 20, 25],
    sets: () => 30,
    seeds: 5,
    tuning: fullTuning,
    plain: sixTo15,
    continued: true,
  },
};

const family = gnnDegreeParity.id;
type Training = Extract<Task, { kind: "train" }>;

const paramsOf = (n: number): JsonObject => gnnDegreeParity.parse({ n }).json;

const train = (
  n: number,
  seed: number,
  easy: boolean,
  options: Record<string, unknown> = { stopAt },
  params = paramsOf(n),
): Training => ({ kind: "train", family, params, seed, easy, options });

const learn = (n: number, seed: number, learner: string, options: Record<string, number>): Task => ({
  kind: "learn",
  family,
  params: paramsOf(n),
  seed,
  learner,
  options,
});

/** Sets of every size that come before the report's other parts. */
const FIRST_SETS = 3;

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
const mostSets = ({ sizes, sets }: Shape): number => Math.max(...sizes.map(sets));

/** Most important first: certificates and the teacher, then set by set, the first with its checks. */
export function degreeParityTasks(scale: Scale): Planned[] {
  const shape = shapes[scale];
  const { sizes, tuning, plain } = shape;
  const largest = sizes.includes(15) ? 15 : sizes[sizes.length - 1];
  const certificates = sizes.toReversed().map((n) => certificateTask(family, paramsOf(n)));
  const teachers = [
    train(largest, 0, false, { init: "teacher", pool: "sum", steps: 200 }),
    train(largest, 0, false, { init: "teacher", optimizer: "sgd", lr: 1e-6, steps: 20 }),
  ];
  const controls = [
    train(8, 0, false, { shuffleLabels: true, steps: 1000 }),
    ...plain.flatMap((n) => [false, true].map((easy) => train(n, 0, easy, { stopAt, student: "mlp" }))),
  ];
  const escapes = [
    ...sizes.filter((n) => n <= 15).map((n) => learn(n, 0, "parity-class", { tau: 1e-3 })),
    learn(largest, 0, "f2-elimination", { samples: 20_000, noise: 0.05 }),
  ];
  return [
    ...inRole("certificate", certificates),
    ...inRole("teacher", teachers),
    ...onSet(shape, 0),
    ...inRole(
      "tuning",
      tuning.map((options) => train(largest, 0, false, { stopAt, ...options })),
    ),
    ...inRole("control", controls),
    ...inRole("escape", escapes),
    ...range(1, FIRST_SETS).flatMap((set) => onSet(shape, set)),
  ];
}

/** What more there is of the same: further sets, then further seeds on all of them. */
export function furtherDegreeParityTasks(scale: Scale): Planned[] {
  const shape = shapes[scale];
  const most = mostSets(shape);
  const runs = range(1, shape.seeds).flatMap((seed) =>
    range(0, most).flatMap((set) => sizesWith(shape, set).map((n) => again(n, set, seed))),
  );
  return [...range(FIRST_SETS, most).flatMap((set) => onSet(shape, set)), ...inRole("main", runs)];
}

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
  if (!continued) return [];
  const found = finder(records);
  return sizes.flatMap((n) =>
    range(0, sets(n)).flatMap((set) => {
      const task = train(n, set, false);
      const record = found(task);
      if (record === undefined || verdictOf(record.result.final) !== "at chance") return [];
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

const tasksOf = (planned: readonly Planned[]): Task[] => planned.map((p) => p.task);

export const degreeParity: Study<Digest> = {
  id: "degree-parity",
  tasks: ({ scale }) => ({
    main: tasksOf(degreeParityTasks(scale)),
    last: tasksOf(furtherDegreeParityTasks(scale)),
  }),
  followUps: (records, { scale }) => degreeParityFollowUps(scale, records),
  read: (records, { scale }) => digest(records, rolesOf(scale, records)),
  sections: async (data, document) => (await import("./section.ts")).degreeParitySections(data, document),
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
