/** Runs tasks on worker threads, publishing each result as it ends; what is in the store already is not run again. */

import { arch, cpus, hostname, platform } from "node:os";
import { Tinypool } from "tinypool";
import type { Store } from "./store.ts";
import { taskId, tasksLabel, type Task, type TaskOutcome } from "./task.ts";

export interface RunOptions {
  readonly store: Store;
  readonly workers: number;
  readonly version: string;
  readonly signal: AbortSignal;
  /** Asked before each task starts; false leaves it out (a time limit). */
  readonly admit?: (task: Task) => boolean;
  readonly onEvent: (event: {
    task: Task;
    state: "started" | "done" | "kept" | "left out" | "failed";
    seconds?: number;
  }) => void;
}

export interface RunSummary {
  readonly finished: number;
  readonly leftOut: readonly Task[];
  /** Tasks that ended with an error; one does not sink the others. */
  readonly failed: readonly { readonly task: Task; readonly message: string }[];
  readonly interrupted: boolean;
}

/** In words, what of `total` tasks has no record. */
export function missingIn({ finished, leftOut, failed, interrupted }: RunSummary, total: number): string {
  const open = total - finished - leftOut.length - failed.length;
  const parts = [
    ...(interrupted ? [`Interrupted with ${open} of ${total} pieces of work to go; the same command continues.`] : []), // prettier-ignore
    ...(leftOut.length > 0 ? [`Left out to keep the time limit: ${tasksLabel(leftOut)}.`] : []),
    ...(failed.length > 0 ? [`Failed: ${tasksLabel(failed.map((f) => f.task))}.`] : []),
  ];
  return parts.length === 0 ? "Nothing was left out." : parts.join(" ");
}

/** The tasks in order of priority; results do not depend on the number of workers or on which ends first. */
export async function runTasks(tasks: readonly Task[], options: RunOptions): Promise<RunSummary> {
  const { store, signal } = options;
  const pool = new Tinypool({
    filename: new URL("./worker.js", import.meta.url).href,
    runtime: "worker_threads",
    minThreads: options.workers,
    maxThreads: options.workers,
    isolateWorkers: false,
  });
  const stop = new Int32Array(new SharedArrayBuffer(4));
  signal.addEventListener("abort", () => Atomics.store(stop, 0, 1));
  const leftOut: Task[] = [];
  const failed: { task: Task; message: string }[] = [];
  let finished = 0;
  const queue = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = queue.shift(); task !== undefined && !signal.aborted; task = queue.shift()) {
      const id = taskId(task);
      if (store.has(id)) {
        finished++;
        options.onEvent({ task, state: "kept" });
        continue;
      }
      if (options.admit?.(task) === false) {
        leftOut.push(task);
        options.onEvent({ task, state: "left out" });
        continue;
      }
      options.onEvent({ task, state: "started" });
      let outcome: TaskOutcome & { seconds: number };
      try {
        outcome = (await pool.run({ task, stop }, { name: "work" })) as typeof outcome;
      } catch (error) {
        if (signal.aborted) return;
        failed.push({ task, message: error instanceof Error ? error.message : String(error) });
        options.onEvent({ task, state: "failed" });
        continue;
      }
      const { result, measurement, seconds } = outcome;
      if (result["stopped"] === "interrupted") return; // half a training is no record
      store.publish({ id, task, result, measurement: { ...measurement, seconds, ...host(options.version) } });
      finished++;
      options.onEvent({ task, state: "done", seconds });
    }
  };
  try {
    await Promise.all(Array.from({ length: options.workers }, lane));
  } finally {
    await pool.destroy();
  }
  return { finished, leftOut, failed, interrupted: signal.aborted };
}

const host = (version: string) => ({
  host: hostname(),
  platform: `${platform()}-${arch()}`,
  cpu: cpus()[0]?.model ?? "unknown",
  node: process.version,
  version,
  finishedAt: new Date().toISOString(),
});
