/** Runs tasks by workers of this process on a run folder; others may be at work on the same folder. */

import { LEASE } from "../folder/claims.ts";
import { openBoard, type Fate } from "../folder/board.ts";
import { readFailures, setFailuresAside } from "../folder/failures.ts";
import { addTasks } from "../folder/pieces.ts";
import { pull } from "../pull.ts";
import type { Store } from "../store/files.ts";
import { taskId, tasksLabel, type Task } from "../task.ts";
import { workerProcess } from "../worker-process.ts";

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
  /** Attempts after the first that a failing task gets (0). */
  readonly retries?: number;
  /** The first task that fails for good ends the run. */
  readonly failFast?: boolean;
  /** Tasks that are claimed at once (1): more where they are short. */
  readonly together?: number;
  readonly onEvent: (event: { task: Task; state: "started" | Fate; seconds?: number }) => void;
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
    ...(open > 0 && !interrupted ? [`Not begun after a failure: ${open} of ${total}.`] : []),
  ];
  return parts.length === 0 ? "Nothing was left out." : parts.join(" ");
}

/**
 * The tasks in order of priority; results do not depend on the number of workers, on which ends first or on who else is
 * at work in the folder. What failed in an earlier run is tried again. An error other than a task's own, such as a full
 * disk, ends the run; what other workers had finished by then is published all the same.
 */
export async function runTasks(tasks: readonly Task[], options: RunOptions): Promise<RunSummary> {
  const { store, signal, retries = 0, failFast = false, onEvent } = options;
  const byId = new Map(tasks.map((task) => [taskId(task), task]));
  await addTasks(store.dir, tasks, options.together);
  setFailuresAside(store.dir, new Set(byId.keys()));
  const stopped = new AbortController();
  const ended = AbortSignal.any([signal, stopped.signal]);
  const own = (task: Task): Task => byId.get(taskId(task)) ?? task; // the caller's object, not the one read
  const leftOut: Task[] = [];
  const board = openBoard({
    dir: store.dir,
    retries,
    lease: LEASE,
    only: new Set(byId.keys()),
    onSettled: ({ id }, state) => {
      const task = byId.get(id);
      if (task === undefined) return;
      if (state === "left out") leftOut.push(task);
      if (state === "failed" && failFast) stopped.abort();
      if (state !== "done") onEvent({ task, state });
    },
  });
  const lane = async (): Promise<void> => {
    const worker = workerProcess(options.program);
    ended.addEventListener("abort", () => worker.end());
    try {
      await pull({
        board,
        store,
        worker,
        signal: ended,
        patient: true,
        admit: (task) => options.admit?.(own(task)) !== false,
        onStart: (task) => onEvent({ task: own(task), state: "started" }),
        onDone: (task, seconds) => onEvent({ task: own(task), state: "done", seconds }),
      });
    } catch (error) {
      stopped.abort();
      throw error;
    } finally {
      worker.end();
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: options.workers }, lane));
  for (const each of lanes) if (each.status === "rejected") throw each.reason;
  const messages = readFailures(store.dir);
  const failed: { task: Task; message: string }[] = [];
  let finished = 0;
  for (const [id, task] of byId) {
    const fate = board.fateOf(id);
    if (fate === "failed") failed.push({ task, message: messages.get(id)?.message ?? "it failed" });
    else if ((fate === "done" || fate === "kept") && store.has(id)) finished++;
    else if (fate === "done" || fate === "kept")
      failed.push({ task, message: "its record is gone or damaged; run the same command again" });
  }
  return { finished, leftOut, failed, interrupted: signal.aborted };
}
