/** What runs in a worker process: one task at a time, each training in a single-threaded session. */

import { InputError } from "./base/errors.ts";
import { builtIn } from "./study/registry.ts";
import { runTask, type Task } from "./run/task.ts";
import type { WorkerMessage } from "./run/worker-process.ts";

const tell = (message: WorkerMessage): void => void process.send?.(message);

async function work(task: Task): Promise<void> {
  const start = performance.now();
  try {
    const outcome = await runTask(task, builtIn, {
      onProgress: (text, fraction) => tell({ progress: [text, fraction] }),
    });
    const seconds = (performance.now() - start) / 1000;
    tell({ outcome, seconds, peakBytes: process.resourceUsage().maxRSS * 1024 });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    tell({ error, ...(thrown instanceof InputError ? { problem: thrown.problem } : {}) });
  }
}

process.on("message", (task) => void work(task as Task));
process.on("disconnect", () => process.exit());
// a terminal's Ctrl-C and a scheduler's signal reach the whole group; when workers end is for their program to say
for (const signal of ["SIGINT", "SIGTERM", "SIGUSR1"] as const) process.on(signal, () => {});
