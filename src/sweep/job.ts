/**
 * What a run folder's file asks for, as every command carries it out: pieces of work, a few of them to size all by, and
 * what the records of some call for next. The trials of a sweep are one such job, the work of studies another.
 */

import type { StoredRecord } from "../run/record.ts";
import type { Task } from "../run/task.ts";
import type { Cell, SweepPlan } from "./plan.ts";
import type { BisectSpec } from "./spec.ts";
import { mostTrials, transitionsOf } from "./transitions.ts";

/** A piece of work that is tried out, and how many it stands for. */
export interface Probe {
  readonly task: Task;
  readonly count: number;
}

/** A file that has been checked, as work. */
export interface Job {
  /** What the file says, its defaults filled in. */
  readonly spec: unknown;
  /** Combinations of values, or pieces of work of studies. */
  readonly cells: number;
  /** As many as are known before the first, of a bisection as many as it makes where all seeds agree. */
  readonly trials: number;
  readonly probes: readonly Probe[];
  /** Of one length: short ones are claimed together. */
  readonly isUniform: boolean;
  /** Who asks for more once the first are done, in words; null where all are known from the start. */
  readonly askedBy: string | null;
  readonly bisect?: BisectSpec | undefined;
  /** All that is wanted by now; what is done, or was asked for before, may be among it. */
  wanted(records: readonly StoredRecord[]): Iterable<Task>;
}

/** Places of the first, the middle and the last of so many. */
const spreadPlaces = (count: number): Set<number> => new Set([0, Math.floor(count / 2), count - 1]);

/** The first, the middle and the last of a list. */
export const spread = <T>(list: readonly T[]): T[] => [
  ...new Set([...spreadPlaces(list.length)].map((at) => list[at])),
];

/** All trials of a sweep without a bisection: one seed of every cell, then the next. */
export function* trialsOf(plan: SweepPlan): Generator<Task> {
  const cells = [...plan.cells()];
  for (const seed of plan.seeds) for (const cell of cells) yield plan.taskOf(cell, seed);
}

/** The trials of a grid or a bisection. */
export function sweepJob(plan: SweepPlan): Job {
  const { spec, count } = plan;
  const { bisect } = spec;
  const trials = mostTrials(plan);
  const cells = chosen(plan);
  return {
    spec,
    cells: count,
    trials,
    probes: cells.map((cell) => ({ task: plan.taskOf(cell, plan.seeds[0]), count: trials / cells.length })),
    isUniform: true,
    askedBy: bisect === undefined ? null : "A bisection",
    bisect,
    wanted: (records) => (bisect === undefined ? trialsOf(plan) : transitionsOf(plan, records).wanted),
  };
}

function chosen(plan: SweepPlan): Cell[] {
  const wanted = spreadPlaces(plan.count);
  let at = 0;
  const found: Cell[] = [];
  for (const cell of plan.cells()) if (wanted.has(at++)) found.push(cell);
  return found;
}
