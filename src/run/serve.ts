/** The other end of `worker-process.ts`: a process that carries out one task at a time and writes nothing. */

import { coresToUse, useCores } from "../base/cores.ts";
import { InputError } from "../base/errors.ts";
import type { DoAll } from "../base/progress.ts";
import type { TrainingState } from "../learner/checkpoint.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Task } from "./task.ts";
import { runTask, type TaskContext } from "./work.ts";
import type { WorkerMessage, WorkerOrder } from "./worker-process.ts";

/** Seconds between two checkpoints of a training. */
const OFTEN = 60;

/** Seconds between two words of progress: each costs both processes time, and nobody reads faster. */
const APART = 0.25;

/** A catalogue, or what loads as much of one as a task needs. */
export type CatalogueSource = Catalogue | ((task: Task) => Promise<Catalogue>);

/**
 * Makes this process a worker: all that its program does. Tasks come from the process that started it, and it ends with
 * that one.
 * @param source what the ids in tasks stand for: families, learners and recipes of your own beside the built-in ones
 * @param doAll how independent pieces of work are done where nothing else is done beside this process
 */
export function serveTasks(source: CatalogueSource, doAll?: DoAll): void {
  const stop = new AbortController();
  let last: TrainingState | null = null;
  process.on("message", (order: WorkerOrder) => {
    if ("stop" in order) stop.abort();
    else if ("cores" in order) useCores(order.cores);
    else if ("last" in order) ({ last } = order);
    else {
      const sharing = doAll !== undefined && coresToUse() > 1 ? { doAll } : {};
      void carryOut(order, source, { last, signal: stop.signal, ...sharing }).then(tell);
      last = null;
    }
  });
  process.on("disconnect", () => process.exit());
  // a terminal's Ctrl-C and a scheduler's signal reach the whole group; when workers end is for their program to say
  for (const signal of ["SIGINT", "SIGTERM", "SIGUSR1"] as const) process.on(signal, () => {});
}

/** Whoever started this process may be gone, which 'disconnect' is told of; it is no error here. */
const tell = (message: WorkerMessage): void => void process.send?.(message, undefined, undefined, () => {});

interface Attempt extends Pick<TaskContext, "doAll"> {
  readonly last: TrainingState | null;
  readonly signal: AbortSignal;
}

async function carryOut(
  task: Task,
  source: CatalogueSource,
  { last, ...context }: Attempt,
): Promise<WorkerMessage> {
  const start = performance.now();
  let kept = start;
  let told = -Infinity;
  try {
    const catalogue = typeof source === "function" ? await source(task) : source;
    const outcome = await runTask(task, catalogue, {
      ...context,
      onProgress(text, fraction) {
        if (performance.now() - told < APART * 1000) return;
        told = performance.now();
        tell({ progress: [text, fraction] });
      },
      checkpoints: {
        last,
        keep(state, ending) {
          if (!ending && performance.now() - kept < OFTEN * 1000) return;
          kept = performance.now();
          tell({ checkpoint: state() });
        },
      },
    });
    if (outcome.result["stopped"] === "interrupted") return { error: new Error("it was stopped") };
    const seconds = (performance.now() - start) / 1000;
    return { outcome, seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { error, ...(thrown instanceof InputError ? { problem: thrown.problem } : {}) };
  }
}
