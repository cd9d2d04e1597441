/** What a job will take, from a few short trials in a process of their own: time, and memory of a worker. */

import { reject } from "../base/errors.ts";
import { taskLabel, type Task } from "../run/task.ts";
import { workerProcess, type WorkerProcess } from "../run/worker-process.ts";
import type { Job } from "./job.ts";

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
/** Of a trial shorter than this, the first in a process mostly loads what it needs: the second is measured. */
const COLD = 1;
/** A trial that cannot be shortened is stopped here, and counted as lasting as long. */
const PATIENCE = 30;

/**
 * Runs the job's probes, shortened.
 *
 * @throws InputError where one of them is refused, or ends its process
 */
export async function sizeOf(
  { cells, trials, probes }: Pick<Job, "cells" | "trials" | "probes">,
  signal: AbortSignal,
  program?: URL,
): Promise<SweepSize> {
  const worker = workerProcess(program);
  let [seconds, bytes] = [0, 0];
  try {
    for (const { task, count } of probes) {
      const found = await probe(task, signal, worker);
      seconds += found.seconds * count;
      bytes = Math.max(bytes, found.bytes);
    }
  } finally {
    worker.end();
  }
  return { cells, trials, seconds, bytes };
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
  const first = await worker.run(short);
  const done = "outcome" in first && first.seconds < COLD ? await worker.run(short) : first;
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
