/** The main job's plan at each scale: what is run, in which order, and what is left out first when time is short. */

import type { Family, Params } from "../family/family.ts";
import { certificateTasks, recipeTasks, transitionPlan } from "./family-plan.ts";
import { matrixScales, matrixTasks, planMatrix, type MatrixPlan } from "./matrix.ts";
import type { StoredRecord } from "./store.ts";
import { drawInstance, type Task } from "./task.ts";
import { transitionChecks, transitionTasks } from "./transition.ts";

export const scales = ["quick", "laptop", "paper"] as const;
export type Scale = (typeof scales)[number];

/** Which part of the report a task belongs to. */
export type Role =
  | "main"
  | "certificate"
  | "escape"
  | "tuning"
  | "teacher"
  | "control"
  | "continued"
  /** Sections of their own: certificates and recipes of every family, the matrix. */
  | "family"
  | "matrix";

export interface Planned {
  readonly role: Role;
  readonly task: Task;
}

interface Shape {
  readonly sizes: readonly number[];
  readonly sets: number;
  readonly seeds: number;
  readonly tuning: readonly Readonly<Record<string, unknown>>[];
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

const shapes: Record<Scale, Shape> = {
  quick: { sizes: [6, 8, 10, 12, 15], sets: 3, seeds: 1, tuning: quickTuning },
  laptop: { sizes: [6, 7, 8, 9, 10, 11, 12, 13, 14, 15], sets: 10, seeds: 3, tuning: fullTuning },
  paper: { sizes: [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 20, 25], sets: 30, seeds: 5, tuning: fullTuning },
};

/** Training stops once learned beyond doubt; runs at chance take the whole budget. */
const stopAt = 0.995;
const family = "gnn-degree-parity";

export const TAU = 1 / 16;
export const RHO = 1 / 2;

/** The matrix of a scale. */
export const matrixOf = (scale: Scale): MatrixPlan =>
  planMatrix(matrixScales[scale === "paper" ? "full" : scale]);

const inRole = (role: Role, tasks: readonly Task[]): Planned[] => tasks.map((task) => ({ role, task }));

/** The tasks of a scale, most important first: the main family, then all families, the matrix, the transition maps. */
export const plan = (scale: Scale, of: Family): Planned[] => [
  ...inRole("family", [...certificateTasks(), ...recipeTasks]),
  ...degreeParityPlan(scale, of),
  ...inRole("matrix", matrixTasks(matrixOf(scale))),
  ...inRole("family", transitionTasks(transitionPlan(scale))),
];

/** What the first tasks' records call for. */
export const followUps = (scale: Scale, records: readonly StoredRecord[]): Planned[] =>
  inRole("family", transitionChecks(transitionPlan(scale), records));

/** The main job's tasks: certificates, then set by set, then tuning. */
function degreeParityPlan(scale: Scale, of: Family): Planned[] {
  const { sizes, sets, seeds, tuning } = shapes[scale];
  const largest = sizes.includes(15) ? 15 : sizes[sizes.length - 1];
  const planned: Planned[] = [];
  const add = (role: Role, task: Task): void => void planned.push({ role, task });
  const params = (n: number): Params => of.parse({ n });
  const train = (
    n: number,
    seed: number,
    easy: boolean,
    options: Record<string, unknown> = {},
    at = params(n),
  ): Task => ({
    kind: "train",
    family,
    params: at,
    seed,
    easy,
    options,
  });
  const learnable = { stopAt };

  for (const n of sizes.toReversed())
    add("certificate", { kind: "certify", family, params: params(n), tau: TAU, rho: RHO });
  add("teacher", train(largest, 0, false, { init: "teacher", pool: "sum", steps: 200 }));
  add("teacher", train(largest, 0, false, { init: "teacher", optimizer: "sgd", lr: 1e-6, steps: 20 }));

  for (let set = 0; set < sets; set++) {
    for (const n of sizes.toReversed()) {
      // One seed draws S; with several seeds S is then held fixed while weights and samples are drawn anew.
      add("main", train(n, set, false, learnable));
      add("main", train(n, set, true, learnable));
      if (seeds > 1) {
        const { degrees } = drawInstance(of, params(n), set).hidden as { degrees: number[] };
        const fixed = of.parse({ n, degrees });
        for (let seed = 1; seed < seeds; seed++) {
          add("main", train(n, 1000 * seed + set, false, learnable, fixed));
          add("main", train(n, 1000 * seed + set, true, learnable, fixed));
        }
      }
      if (n <= 15) {
        add("escape", {
          kind: "learn",
          family,
          params: params(n),
          seed: set,
          learner: "f2-elimination",
          options: { samples: 20_000 },
        });
        if (set === 0)
          add("escape", {
            kind: "learn",
            family,
            params: params(n),
            seed: set,
            learner: "parity-class",
            options: { tau: 1e-3 },
          });
      }
    }
    if (set === 0) {
      for (const options of tuning) add("tuning", train(largest, 0, false, { ...learnable, ...options }));
      add("control", train(8, 0, false, { shuffleLabels: true, steps: 1000 }));
      add("escape", {
        kind: "learn",
        family,
        params: params(largest),
        seed: 0,
        learner: "f2-elimination",
        options: { samples: 20_000, noise: 0.05 },
      });
    }
  }
  if (scale !== "quick")
    for (const n of sizes) add("continued", train(n, 0, false, { ...learnable, steps: 16_000 }));
  return planned;
}
