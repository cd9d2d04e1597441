/** What a sweep will take, from a few short trials in a process of their own: time, and memory of a worker. */

import { reject } from "../base/errors.ts";
import { taskLabel, type Task } from "../run/task.ts";
import { workerProcess, type WorkerProcess } from "../run/worker-process.ts";
import { mostTrials } from "./transitions.ts";
import type { Cell, SweepPlan } from "./plan.ts";

export interface SweepSize {
  readonly cells: number;
  readonly trials: number;
  /** Of one worker, for all trials. */
  readonly seconds: number;
  /** Of one worker, at its greatest. */
  readonly bytes: number;
}

/** Steps that a probe trains for; the rate is measured after the first 20. */
const STEPS = 60;
/** A trial that cannot be shortened is stopped here, and counted as lasting as long. */
const PATIENCE = 30;

/**
 * Runs the first, the middle and the last combination of values.
 *
 * @throws InputError where one of them is refused, or ends its process
 */
export async function sizeOf(plan: SweepPlan, signal: AbortSignal, program?: URL): Promise<SweepSize> {
  const trials = mostTrials(plan);
  const probes: { readonly seconds: number; readonly bytes: number }[] = [];
  const worker = workerProcess(program);
  try {
    for (const cell of chosen(plan))
      probes.push(await probe(plan.taskOf(cell, plan.seeds[0]), signal, worker));
  } finally {
    worker.end();
  }
  const seconds = probes.reduce((sum, p) => sum + p.seconds, 0) / probes.length;
  return {
    cells: plan.count,
    trials,
    seconds: seconds * trials,
    bytes: Math.max(...probes.map((p) => p.bytes)),
  };
}

function chosen(plan: SweepPlan): Cell[] {
  const wanted = new Set([0, Math.floor(plan.count / 2), plan.count - 1]);
  let at = 0;
  const found: Cell[] = [];
  for (const cell of plan.cells()) if (wanted.has(at++)) found.push(cell);
  return found;
}

async function probe(task: Task, signal: AbortSignal, worker: WorkerProcess) {
  signal.throwIfAborted();
  const short = shortened(task);
  let late = false;
  const stop = (): void => worker.end();
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, PATIENCE * 1000);
  signal.addEventListener("abort", stop);
  const done = await worker.run(short);
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (late) return { seconds: PATIENCE, bytes: 0 };
  if ("error" in done) {
    const { where, what = done.error.message, ...rest } = done.problem ?? {};
    return reject({
      ...rest,
      where: `a trial, ${taskLabel(task)}`,
      what: where === undefined ? what : `${where}: ${what}`,
    });
  }
  const rate = Number(done.outcome.measurement["stepsPerSecond"]);
  const left = stepsOf(task) - stepsOf(short);
  return { seconds: done.seconds + (left > 0 && rate > 0 ? left / rate : 0), bytes: done.peakBytes };
}

/** Steps by default, of a training that names none. */
const PRESET = 4000;
const stepsOf = (task: Task): number => (task.kind === "train" ? (task.options.steps ?? PRESET) : 0);
const shortened = (task: Task): Task =>
  task.kind === "train"
    ? { ...task, options: { ...task.options, steps: Math.min(stepsOf(task), STEPS) } }
    : task;
