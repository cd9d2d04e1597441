/** Runs tasks by workers of this process on a run folder; others may be at work on the same folder. */

import { LEASE } from "../folder/claims.ts";
import { openBoard, type Board, type Fate } from "../folder/board.ts";
import { readFailures, setFailuresAside } from "../folder/failures.ts";
import { addTasks, type NamedTask } from "../folder/pieces.ts";
import { pull } from "../pull.ts";
import type { Store } from "../store/files.ts";
import { taskId, tasksLabel, type Task } from "../task.ts";

/** What has happened to a task. */
export interface TaskEvent {
  readonly task: Task;
  readonly state: "started" | "running" | Fate;
  /** Of one that is running: how much of it is done, 0 to 1. */
  readonly share?: number;
  /** Of one that is done: how long it took. */
  readonly seconds?: number;
  /** Of one that failed: why, in words. */
  readonly message?: string;
}

/** Where records go, how many workers make them, and who is told. */
export interface RunOptions {
  readonly store: Store;
  readonly workers: number;
  /** Ends the run at once; pieces of work under way leave no record. */
  readonly signal: AbortSignal;
  /**
   * What worker processes run: a module that calls `serveTasks` with the families, learners and recipes that tasks may
   * name. By default those that are built in.
   */
  readonly program?: URL;
  /** Asked before each task starts; false leaves it out (a time limit). */
  readonly admit?: (task: Task) => boolean;
  /** Attempts after the first that a failing task gets (0). */
  readonly retries?: number;
  /** The first task that fails for good ends the run. */
  readonly failFast?: boolean;
  /** Tasks that are claimed at once (1): more where they are short. */
  readonly together?: number;
  readonly onEvent: (event: TaskEvent) => void;
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
  return parts.length === 0 ? `All ${total} pieces of work that were planned are done.` : parts.join(" ");
}

/**
 * The tasks in order of priority; results do not depend on the number of workers, on which ends first or on who else is
 * at work in the folder. What failed in an earlier run is tried again. An error other than a task's own, such as a full
 * disk, ends the run; what other workers had finished by then is published all the same.
 */
export async function runTasks(tasks: readonly Task[], options: RunOptions): Promise<RunSummary> {
  const { store, signal, failFast = false, onEvent } = options;
  const byId = await plannedIn(tasks, options);
  const stopped = new AbortController();
  const ended = AbortSignal.any([signal, stopped.signal]);
  const own = ({ id, task }: NamedTask): Task => byId.get(id) ?? task; // the caller's object, not the one read
  const leftOut: Task[] = [];
  const board = boardOf(byId, options, (task, state) => {
    if (state === "left out") leftOut.push(task);
    if (state === "failed" && failFast) stopped.abort();
  });
  const lane = async (): Promise<void> => {
    try {
      await pull({
        board,
        store,
        program: options.program,
        signal: ended,
        patient: true,
        admit: (task) => options.admit?.(own(task)) !== false,
        onStart: (task) => onEvent({ task: own(task), state: "started" }),
        onProgress: (task, share) => onEvent({ task: own(task), state: "running", share }),
        onDone: (task, seconds) => onEvent({ task: own(task), state: "done", seconds }),
      });
    } catch (error) {
      stopped.abort();
      throw error;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: options.workers }, lane));
  for (const each of lanes) if (each.status === "rejected") throw each.reason;
  return { ...outcomeOf(byId, store, board), leftOut, interrupted: signal.aborted };
}

/** Writes down the work of a run, what failed in an earlier one among it to be tried anew; the tasks by id. */
export async function plannedIn(
  tasks: readonly Task[],
  { store, together }: Pick<RunOptions, "store" | "together">,
): Promise<ReadonlyMap<string, Task>> {
  const byId = new Map(tasks.map((task) => [taskId(task), task]));
  await addTasks(store.dir, tasks, together);
  setFailuresAside(store.dir, new Set(byId.keys()));
  return byId;
}

/** A run's view of its tasks; who follows it is told of those that it does not finish itself. */
export function boardOf(
  byId: ReadonlyMap<string, Task>,
  { store, retries = 0, onEvent }: Pick<RunOptions, "store" | "retries" | "onEvent">,
  onSettled: (task: Task, fate: Fate) => void,
): Board {
  return openBoard({
    dir: store.dir,
    retries,
    lease: LEASE,
    only: new Set(byId.keys()),
    onSettled: ({ id }, state, message) => {
      const task = byId.get(id);
      if (task === undefined) return;
      onSettled(task, state);
      if (state !== "done") onEvent({ task, state, ...(message === undefined ? {} : { message }) });
    },
  });
}

/** Which tasks have a record at the end, and which ended without. */
export function outcomeOf(
  byId: ReadonlyMap<string, Task>,
  store: Store,
  board: Board,
): Pick<RunSummary, "finished" | "failed"> {
  const messages = readFailures(store.dir);
  const failed: { task: Task; message: string }[] = [];
  const held = store.held([...byId.keys()]);
  let finished = 0;
  for (const [id, task] of byId) {
    const fate = board.fateOf(id);
    if (fate === "failed") failed.push({ task, message: messages.get(id)?.message ?? "it failed" });
    else if ((fate === "done" || fate === "kept") && held.has(id)) finished++;
    else if (fate === "done" || fate === "kept")
      failed.push({ task, message: "its record is gone or damaged; run the same command again" });
  }
  return { finished, failed };
}
