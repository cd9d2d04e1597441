/**
 * Transition maps: gradient descent's explained variance over a grid (size x order k) of a family, hard beside easy,
 * with the training budget's position relative to the certificate. A hard cell that is not learned is followed up by
 * another learning rate each way and twice the width, so that bad tuning is not mistaken for hardness. Where the family
 * names a learner beside it, the hard targets are put to that one with the same training options.
 */

import type { TransitionGrid as FamilyGrid } from "../../family/settings.ts";
import type { Catalogue } from "../../run/catalogue.ts";
import type { Json } from "../../base/json.ts";
import { mean } from "../../base/statistics.ts";
import type { Family } from "../../family/family.ts";
import { heldAgainst } from "../../query/budget.ts";
import type { Certificate } from "../../query/certificate.ts";
import { finder, type StoredRecord } from "../../run/record.ts";
import { certificateTask } from "../../run/certificate-task.ts";
import { type Task, type TaskOf } from "../../run/task.ts";
import { settingText, trainedCell, type Cell } from "../cell.ts";
import { rowOf } from "../paper.ts";
import { LEARNED } from "../learned.ts";
import { movementOf, type Movement } from "../movement.ts";
import { chosenOf, seedsOf, unlessEmpty, type Scope, type Study } from "../study.ts";

/** A grid over one family. */
export interface TransitionGrid extends FamilyGrid {
  readonly family: Family;
}

/** The grids that families choose for themselves, beside learners of the catalogue only. */
export const transitionGrids = ({ families, learners }: Catalogue): TransitionGrid[] =>
  families.flatMap((family) => {
    const grid = family.settings?.transition;
    if (grid === undefined) return [];
    const known = learners.some(({ id }) => id === grid.beside?.learner);
    return [{ family, ...grid, beside: known ? grid.beside : undefined }];
  });

interface Place {
  readonly grid: TransitionGrid;
  readonly size: number;
  readonly order: number;
}

export interface TransitionPlan {
  readonly grids: readonly TransitionGrid[];
  readonly seeds: number;
}

const places = ({ grids }: TransitionPlan): Place[] =>
  grids.flatMap((grid) => grid.orders.flatMap((order) => grid.sizes.map((size) => ({ grid, size, order }))));

type Training = TaskOf<"train">;
type Learning = TaskOf<"learn">;

function trainTask(
  { grid, size, order }: Place,
  seed: number,
  easy: boolean,
  changed: object = {},
): Training {
  const { family, train } = grid;
  const params = family.parse(grid.params(size, order)).json;
  return { kind: "train", family: family.id, params, seed, easy, options: { ...train, ...changed } };
}

/** The learner beside gradient descent, with the same options; none where the grid names none. */
function besideTasks({ grid, size, order }: Place, seed: number): Learning[] {
  if (grid.beside === undefined) return [];
  const { family, train, beside } = grid;
  const params = family.parse(grid.params(size, order)).json;
  return [
    { kind: "learn", family: family.id, params, seed, easy: false, learner: beside.learner, options: train },
  ];
}

const certificateOf = ({ grid, size, order }: Place) =>
  certificateTask(grid.family, grid.params(size, order));

/** The first stage: certificates, hard and easy runs. */
export const transitionTasks = (plan: TransitionPlan): Task[] => [
  ...places(plan).map(certificateOf),
  ...seedsOf(plan.seeds).flatMap((seed) =>
    places(plan).flatMap((p) => [
      trainTask(p, seed, false),
      trainTask(p, seed, true),
      ...besideTasks(p, seed),
    ]),
  ),
];

/** A greater learning rate and twice the width, so that bad tuning is not mistaken for what a run is to show. */
export const checkChanges = ({ lr, width }: TransitionGrid["train"]): Readonly<Record<string, Json>>[] => [
  { lr: lr * 4 },
  { width: 2 * width },
];

/** The second stage: learning-rate and width checks of the hard cells that were not learned with the first seed. */
export function transitionChecks(plan: TransitionPlan, records: readonly StoredRecord[]): Training[] {
  const explained = explainedBy(records);
  return places(plan).flatMap((p) => {
    const first = explained(trainTask(p, 0, false));
    return first === null || first > LEARNED
      ? []
      : checkChanges(p.grid.train).map((change) => trainTask(p, 0, false, change));
  });
}

/** Explained variance of a training, 0 of one that diverged; null before it has finished. */
function explainedBy(records: readonly StoredRecord[]): (task: Training | Learning) => number | null {
  const found = finder(records);
  return (task) => {
    const result = task.kind === "train" ? found(task)?.result : found(task)?.result;
    return result === undefined ? null : (result.final.explainedVariance ?? 0);
  };
}

export interface TransitionCell {
  readonly family: string;
  readonly size: number;
  readonly order: number;
  /** Mean explained variance over the finished seeds, 0 for one that diverged; null before the first. */
  readonly hard: number | null;
  readonly easy: number | null;
  /** Of the learner beside gradient descent, on the hard target. */
  readonly beside: number | null;
  readonly seeds: number;
  /** The best explained variance of the learning-rate and width checks; null where none ran. */
  readonly bestCheck: number | null;
  readonly checks: number;
  /** Of the hard runs at chance; null where none is. */
  readonly movement: Movement | null;
  readonly dimension: string | null;
  /** log10 of (steps x weights) over the certified number of queries at the batch's tolerance; null when vacuous. */
  readonly budgetOverBound: number | null;
}

const meanOf = (values: readonly number[]): number | null => (values.length === 0 ? null : mean(values));

export function readTransition(plan: TransitionPlan, records: readonly StoredRecord[]): TransitionCell[] {
  const explained = explainedBy(records);
  const found = finder(records);
  return places(plan).map((place) => {
    const { grid, size, order } = place;
    const over = (easy: boolean): number[] =>
      seedsOf(plan.seeds).flatMap((seed) => explained(trainTask(place, seed, easy)) ?? []);
    const checks = checkChanges(grid.train).flatMap((c) => explained(trainTask(place, 0, false, c)) ?? []);
    const certificate = found(certificateOf(place))?.result;
    const trained = found(trainTask(place, 0, false))?.result;
    const both = certificate !== undefined && trained !== undefined;
    return {
      family: grid.family.id,
      size,
      order,
      hard: meanOf(over(false)),
      easy: meanOf(over(true)),
      beside: meanOf(
        seedsOf(plan.seeds).flatMap((seed) => besideTasks(place, seed).flatMap((t) => explained(t) ?? [])),
      ),
      seeds: over(false).length,
      bestCheck: checks.length === 0 ? null : Math.max(...checks),
      checks: checks.length,
      movement: movementOf(
        seedsOf(plan.seeds).flatMap((seed) => found(trainTask(place, seed, false))?.result ?? []),
      ),
      dimension: certificate === undefined ? null : String(certificate.dimension.spectral),
      budgetOverBound: both ? position(certificate, trained, Number(grid.train["batch"])) : null,
    };
  });
}

function position(
  certificate: Certificate,
  { weights, steps }: { weights: number; steps: number },
  batch: number,
): number | null {
  const { certified, queries } = heldAgainst(certificate, {
    steps: Math.max(1, steps),
    parameters: weights,
    batch,
  });
  return certified.vacuous ? null : Math.log10(Number(queries)) - Math.log10(Number(certified.queries));
}

/** A family's grid with the cells that have run. */
export interface TransitionMap {
  readonly grid: TransitionGrid;
  readonly cells: readonly TransitionCell[];
}

/** The maps of a scale: none in the quick one, where the matrix stands for them. */
function planOf(scope: Scope): TransitionPlan {
  const { scale, catalogue, chosen: { seeds = scale === "paper" ? 5 : 1 } = {} } = scope;
  const all = scale === "quick" ? [] : transitionGrids(catalogue);
  return { grids: chosenOf(all, ({ family }) => family.id, scope), seeds };
}

/** Every cell of the maps, as far as it has run. */
function evidence(records: readonly StoredRecord[], scope: Scope): Cell[] {
  const plan = planOf(scope);
  return places(plan).flatMap((place) => {
    const { family, params } = place.grid;
    const row = rowOf(family.id);
    if (row === undefined) return [];
    const hard = seedsOf(plan.seeds).map((seed) => trainTask(place, seed, false));
    const at = settingText({ family: family.id, params: params(place.size, place.order) });
    const certificate = certificateOf(place);
    return trainedCell({ row, at, hard, certificate }, records, scope.catalogue) ?? [];
  });
}

export const transition: Study<readonly TransitionMap[]> = {
  id: "transition",
  choices: ["seeds", "families"],
  tasks: (scope) => ({ last: transitionTasks(planOf(scope)) }),
  followUps: (records, scope) => transitionChecks(planOf(scope), records),
  read(records, scope) {
    const plan = planOf(scope);
    const cells = readTransition(plan, records).filter((c) => (c.hard ?? c.easy) !== null);
    const maps = plan.grids.map((grid) => ({
      grid,
      cells: cells.filter((c) => c.family === grid.family.id),
    }));
    return unlessEmpty(maps.filter((map) => map.cells.length > 0));
  },
  evidence,
  sections: async (maps, document) => (await import("./section.ts")).transitionSections(maps, document),
};
