/** What runs in a worker thread: one task at a time, each training in a single-threaded session. */

import { runTask, type Task, type TaskOutcome } from "./task.ts";

export async function work(task: Task): Promise<TaskOutcome & { seconds: number }> {
  const start = performance.now();
  const outcome = await runTask(task);
  return { ...outcome, seconds: (performance.now() - start) / 1000 };
}
