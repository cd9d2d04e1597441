/** What runs in a worker thread: one task at a time, each training in a single-threaded session. */

import { runTask, type Task, type TaskOutcome } from "./task.ts";

export interface Work {
  readonly task: Task;
  /** Becomes 1 when the run is interrupted. A thread is asked, not terminated: native code does not survive that. */
  readonly stop: Int32Array;
}

export async function work({ task, stop }: Work): Promise<TaskOutcome & { seconds: number }> {
  const start = performance.now();
  const controller = new AbortController();
  const poll = setInterval(() => Atomics.load(stop, 0) === 1 && controller.abort(), 50);
  try {
    const outcome = await runTask(task, { signal: controller.signal });
    return { ...outcome, seconds: (performance.now() - start) / 1000 };
  } finally {
    clearInterval(poll);
  }
}
