/**
 * The main family's tasks: gradient descent on sets S drawn uniformly, hard beside easy twin, with what must stand beside
 * a run at chance: certificates, escapes, tuning, the teacher start, other students, and longer training.
 */

import type { Params } from "../family/family.ts";
import { gnnDegreeParity, hiddenDegrees } from "../family/gnn-degree-parity.ts";
import type { Evaluation } from "../learner/evaluate.ts";
import type { Planned, Role, Scale } from "./planned.ts";
import type { StoredRecord } from "./store.ts";
import { instanceKey, taskId, type Task } from "./task.ts";
import { verdictOf } from "./verdict.ts";

const TAU = 1 / 16;
const RHO = 1 / 2;

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
  { optimizer: "sgd", lr: 0.05 },
];

const sixTo15 = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const shapes: Record<Scale, Shape> = {
  quick: { sizes: [6, 8, 10, 12, 15], sets: (n) => (n < 12 ? 3 : 5), seeds: 1, tuning: quickTuning, plain: [], continued: false }, // prettier-ignore
  laptop: { sizes: sixTo15, sets: () => 10, seeds: 3, tuning: fullTuning, plain: sixTo15, continued: true }, // prettier-ignore
  paper: { sizes: [...sixTo15, 17, 20, 25], sets: () => 30, seeds: 5, tuning: fullTuning, plain: sixTo15, continued: true }, // prettier-ignore
};

const family = gnnDegreeParity.id;
type Training = Extract<Task, { kind: "train" }>;

const paramsOf = (n: number): Params => gnnDegreeParity.parse({ n });

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

/** Most important first: certificates and the teacher, set by set (the first with its checks), then further seeds. */
export function degreeParityTasks(scale: Scale): Planned[] {
  const { sizes, sets, seeds, tuning, plain } = shapes[scale];
  const largest = sizes.includes(15) ? 15 : sizes[sizes.length - 1];
  const planned: Planned[] = [];
  const add = (role: Role, task: Task): void => void planned.push({ role, task });

  for (const n of sizes.toReversed())
    add("certificate", { kind: "certify", family, params: paramsOf(n), tau: TAU, rho: RHO });
  add("teacher", train(largest, 0, false, { init: "teacher", pool: "sum", steps: 200 }));
  add("teacher", train(largest, 0, false, { init: "teacher", optimizer: "sgd", lr: 1e-6, steps: 20 }));

  const most = Math.max(...sizes.map(sets));
  for (let set = 0; set < most; set++) {
    for (const n of sizes.toReversed().filter((size) => set < sets(size))) {
      add("main", train(n, set, false));
      add("main", train(n, set, true));
      if (n > 15) continue;
      add("escape", learn(n, set, "f2-elimination", { samples: 20_000 }));
      if (set === 0) add("escape", learn(n, set, "parity-class", { tau: 1e-3 }));
    }
    if (set > 0) continue;
    for (const options of tuning) add("tuning", train(largest, 0, false, { stopAt, ...options }));
    add("control", train(8, 0, false, { shuffleLabels: true, steps: 1000 }));
    for (const n of plain)
      for (const easy of [false, true]) add("control", train(n, 0, easy, { stopAt, student: "mlp" }));
    add("escape", learn(largest, 0, "f2-elimination", { samples: 20_000, noise: 0.05 }));
  }
  for (let seed = 1; seed < seeds; seed++)
    for (let set = 0; set < most; set++)
      for (const n of sizes.toReversed().filter((size) => set < sets(size))) add("main", again(n, set, seed));
  return planned;
}

/** A further run on a hard target: the first one's seed drew S; weights and samples are drawn anew. */
function again(n: number, set: number, seed: number): Training {
  const degrees = hiddenDegrees(paramsOf(n), instanceKey(gnnDegreeParity, paramsOf(n), set));
  return train(n, 1000 * seed + set, false, { stopAt }, gnnDegreeParity.parse({ n, degrees }));
}

/** What the first records call for: the first run on each hard target, if it ended at chance, with four times the steps. */
export function degreeParityFollowUps(scale: Scale, records: readonly StoredRecord[]): Task[] {
  const { sizes, sets, continued } = shapes[scale];
  if (!continued) return [];
  const results = new Map(records.map((r) => [r.id, r.result as { final?: Evaluation }]));
  return sizes.flatMap((n) =>
    Array.from({ length: sets(n) }, (_, set) => train(n, set, false)).flatMap((task) => {
      const final = results.get(taskId(task))?.final;
      if (final === undefined) return [];
      const verdict = verdictOf(final.accuracy!, final.standardError, final.baselineAccuracy!);
      return verdict === "at chance"
        ? [train(n, task.seed, false, { ...task.options, steps: CONTINUED_STEPS })]
        : [];
    }),
  );
}
