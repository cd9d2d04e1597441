/** Runs tasks on worker processes, publishing each result as it ends; what is in the store already is not run again. */

import { arch, cpus, hostname, platform } from "node:os";
import { InputError } from "../base/errors.ts";
import type { StoredRecord } from "./record.ts";
import { recordOf, type Store } from "./store/files.ts";
import { taskId, tasksLabel, type Task } from "./task.ts";
import { workerProcess, type WorkerProcess, type WorkResult } from "./worker-process.ts";

/** Where records go, how many workers make them, and who is told. */
export interface RunOptions {
  readonly store: Store;
  readonly workers: number;
  /** Ends the run at once; pieces of work under way leave no record. */
  readonly signal: AbortSignal;
  /** What worker processes run, where it is not the built program. */
  readonly program?: URL;
  /** Asked before each task starts; false leaves it out (a time limit). */
  readonly admit?: (task: Task) => boolean;
  readonly onEvent: (event: {
    task: Task;
    state: "started" | "done" | "kept" | "left out" | "failed";
    seconds?: number;
  }) => void;
}

/** What has become of the tasks of a run. */
export interface RunSummary {
  /** Tasks whose record is in the store at the end. */
  readonly finished: number;
  readonly leftOut: readonly Task[];
  /** Tasks that ended with an error, or whose record did not last; one does not sink the others. */
  readonly failed: readonly { readonly task: Task; readonly message: string }[];
  readonly interrupted: boolean;
}

/** In words, what of `total` tasks has no record. */
export function missingIn({ finished, leftOut, failed, interrupted }: RunSummary, total: number): string {
  const open = total - finished - leftOut.length - failed.length;
  const parts = [
    ...(interrupted
      ? [`Interrupted with ${open} of ${total} pieces of work to go; the same command continues.`]
      : []),
    ...(leftOut.length > 0 ? [`Left out to keep the time limit: ${tasksLabel(leftOut)}.`] : []),
    ...(failed.length > 0 ? [`Failed: ${tasksLabel(failed.map((f) => f.task))}.`] : []),
  ];
  return parts.length === 0 ? "Nothing was left out." : parts.join(" ");
}

/**
 * The tasks in order of priority; results do not depend on the number of workers or on which ends first. An error other
 * than a task's own, such as a full disk, ends the run; what other workers had finished by then is published all the
 * same.
 */
export async function runTasks(tasks: readonly Task[], options: RunOptions): Promise<RunSummary> {
  const { store, signal } = options;
  const workers = Array.from({ length: options.workers }, () => workerProcess(options.program));
  const leftOut: Task[] = [];
  const failed: { task: Task; message: string }[] = [];
  const finished: Task[] = [];
  const broken = new AbortController();
  const ended = AbortSignal.any([signal, broken.signal]);
  ended.addEventListener("abort", () => {
    for (const worker of workers) worker.end();
  });
  const queue = [...tasks];
  const lane = async (worker: WorkerProcess): Promise<void> => {
    for (let task = queue.shift(); task !== undefined && !ended.aborted; task = queue.shift()) {
      if (store.has(taskId(task))) {
        finished.push(task);
        options.onEvent({ task, state: "kept" });
        continue;
      }
      if (options.admit?.(task) === false) {
        leftOut.push(task);
        options.onEvent({ task, state: "left out" });
        continue;
      }
      options.onEvent({ task, state: "started" });
      const done = asRecord(task, await worker.run(task));
      if ("error" in done) {
        if (ended.aborted) return;
        failed.push({ task, message: done.error.message });
        options.onEvent({ task, state: "failed" });
        continue;
      }
      store.publish(done.record);
      finished.push(task);
      options.onEvent({ task, state: "done", seconds: done.seconds });
    }
  };
  const lanes = await Promise.allSettled(
    workers.map(async (worker) => {
      try {
        await lane(worker);
        worker.end();
      } catch (error) {
        broken.abort();
        throw error;
      }
    }),
  );
  for (const each of lanes) if (each.status === "rejected") throw each.reason;
  const lost = finished.filter((task) => !store.has(taskId(task)));
  const message = "its record is gone or damaged; run the same command again";
  failed.push(...lost.map((task) => ({ task, message })));
  return { finished: finished.length - lost.length, leftOut, failed, interrupted: signal.aborted };
}

/** A worker's result as a record; one that is not of the task's kind is an error of the task. */
function asRecord(
  task: Task,
  done: WorkResult,
): { readonly record: StoredRecord; readonly seconds: number } | { readonly error: Error } {
  if ("error" in done) return done;
  const { seconds, outcome } = done;
  try {
    return {
      record: recordOf(task, outcome.result, { ...outcome.measurement, seconds, ...host() }),
      seconds,
    };
  } catch (error) {
    if (error instanceof InputError) return { error };
    throw error;
  }
}

const host = () => ({
  host: hostname(),
  platform: `${platform()}-${arch()}`,
  cpu: cpus()[0]?.model ?? "unknown",
  node: process.version,
  finishedAt: new Date().toISOString(),
});
