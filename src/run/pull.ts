/**
 * The worker: claims the next piece of a run folder without a result, carries it out in a process of its own, publishes
 * first one wins, and repeats. It knows no scheduler; whoever starts it, where and how often, the results are the same.
 */

import { arch, cpus, hostname, platform } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { InputError } from "../base/errors.ts";
import type { Board } from "./folder/board.ts";
import type { NamedTask, Piece } from "./folder/pieces.ts";
import type { StoredRecord } from "./record.ts";
import { recordOf, type Store } from "./store/files.ts";
import type { Task } from "./task.ts";
import type { WorkerProcess, WorkResult } from "./worker-process.ts";

/** A lane of a worker: one task at a time. */
export interface Lane {
  readonly board: Board;
  readonly store: Store;
  readonly worker: WorkerProcess;
  /** Ends the lane at once: its piece is given back. */
  readonly signal: AbortSignal;
  /** Asked before each task starts; false leaves it out. */
  readonly admit?: (task: Task) => boolean;
  /** Waits for what other workers are at; else only until they are known to be alive. */
  readonly patient: boolean;
  readonly onStart?: (task: Task) => void;
  /** Told the seconds of a task that this lane has finished. */
  readonly onDone?: (task: Task, seconds: number) => void;
}

/** Until nothing is left, or the lane is ended. */
export async function pull(lane: Lane): Promise<void> {
  const { board, signal, patient } = lane;
  for (let wait = 50; !signal.aborted;) {
    let piece = board.next();
    if (piece === undefined) {
      board.refresh();
      piece = board.next();
    }
    if (piece === undefined) {
      const { all, unknown } = board.heldElsewhere();
      if ((patient ? all : unknown) === 0) return;
      await pause(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(2 * wait, 2000);
      continue;
    }
    if (!leavesSome(lane, piece)) continue;
    const claim = board.claim(piece);
    if (claim === null) continue;
    wait = 50;
    try {
      for (const task of piece.tasks) if (!(await carriedOut(lane, task))) return;
    } finally {
      claim.release();
    }
  }
}

/** Leaves out what is not admitted; returns whether anything is left of the piece. */
function leavesSome({ board, admit }: Lane, { tasks }: Piece): boolean {
  for (const task of tasks)
    if (board.isOpen(task) && admit?.(task.task) === false) board.settle(task, "left out");
  return tasks.some((task) => board.isOpen(task));
}

/** Carries out a task, with as many attempts as it has; returns whether the lane goes on. */
async function carriedOut(lane: Lane, named: NamedTask): Promise<boolean> {
  const { board, store, worker, signal } = lane;
  const { id, task } = named;
  if (!board.isOpen(named)) return !signal.aborted;
  if (store.has(id)) board.settle(named, "kept");
  else if (lane.admit?.(task) === false) board.settle(named, "left out");
  while (board.isOpen(named)) {
    if (signal.aborted) return false;
    lane.onStart?.(task);
    const done = asRecord(task, await worker.run(task));
    if (!("error" in done)) {
      store.publish(done.record);
      lane.onDone?.(task, done.seconds);
      board.settle(named, "done");
    } else if (signal.aborted) return false;
    else board.fail(named, done.error.message, done.final);
  }
  return !signal.aborted;
}

type Done =
  | { readonly record: StoredRecord; readonly seconds: number }
  | { readonly error: Error; readonly final: boolean };

/** A worker's result as a record; one that is not of the task's kind is an error of the task. */
function asRecord(task: Task, done: WorkResult): Done {
  if ("error" in done) return { error: done.error, final: done.problem !== undefined };
  const { seconds, outcome } = done;
  try {
    return {
      record: recordOf(task, outcome.result, { ...outcome.measurement, seconds, ...host() }),
      seconds,
    };
  } catch (error) {
    if (error instanceof InputError) return { error, final: true };
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
