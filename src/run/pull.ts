/**
 * The worker: claims the next piece of a run folder without a result, carries it out in a process of its own, publishes
 * first one wins, and repeats. It knows no scheduler; whoever starts it, where and how often, the results are the same.
 */

import { arch, cpus, hostname, platform } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { InputError } from "../base/errors.ts";
import { lazy } from "../base/lazy.ts";
import type { Board } from "./folder/board.ts";
import { dropCheckpoint, keepCheckpoint, lastCheckpoint } from "./folder/checkpoints.ts";
import type { NamedTask, Piece } from "./folder/pieces.ts";
import type { StoredRecord } from "./record.ts";
import { recordOf, type Store } from "./store/files.ts";
import type { Task } from "./task.ts";
import { workerProcess, type WorkerProcess, type WorkResult } from "./worker-process.ts";

/** A lane of a worker: one task at a time. */
export interface Lane {
  readonly board: Board;
  readonly store: Store;
  /** What the process runs in which tasks are carried out: by default the built `worker.js`. */
  readonly program?: URL | undefined;
  /** Ends the lane at once: its piece is given back. */
  readonly signal: AbortSignal;
  /** Asked before each task starts; false leaves it out. */
  readonly admit?: (task: NamedTask) => boolean;
  /** Waits for what other workers are at; else only until they are known to be alive. */
  readonly patient: boolean;
  readonly onStart?: (task: NamedTask) => void;
  /** Told how much of a task that is under way is done, 0 to 1. */
  readonly onProgress?: (task: NamedTask, share: number) => void;
  /** Told the seconds of a task that this lane has finished. */
  readonly onDone?: (task: NamedTask, seconds: number) => void;
}

/** A lane with its process. */
interface Staffed extends Lane {
  readonly worker: WorkerProcess;
}

/** Until nothing is left, or the lane is ended, and its process with it. */
export async function pull(lane: Lane): Promise<void> {
  const worker = workerProcess(lane.program);
  lane.signal.addEventListener("abort", () => worker.stop());
  try {
    await takePieces({ ...lane, worker });
  } finally {
    worker.end();
  }
}

async function takePieces(lane: Staffed): Promise<void> {
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
      await workThrough(lane, piece);
    } finally {
      claim.release();
    }
  }
}

/** Leaves out what is not admitted; returns whether anything is left of the piece. */
function leavesSome({ board, admit }: Lane, { tasks }: Piece): boolean {
  for (const task of tasks) if (board.isOpen(task) && admit?.(task) === false) board.settle(task, "left out");
  return tasks.some((task) => board.isOpen(task));
}

/** Carries out what is left of a piece; what is done by the end of the lane is published. */
async function workThrough(lane: Staffed, piece: Piece): Promise<void> {
  const { board, store, admit } = lane;
  const kept = store.held(piece.tasks.map(({ id }) => id));
  const outbox = openOutbox(lane, piece);
  try {
    for (const named of piece.tasks) {
      if (!board.isOpen(named)) continue;
      if (kept.has(named.id)) board.settle(named, "kept");
      else if (admit?.(named) === false) board.settle(named, "left out");
      else if (!(await carriedOut(lane, named, outbox))) return;
    }
  } finally {
    outbox.flush();
  }
}

/** Seconds of finished work that may wait to be published together with more. */
const WAITING = 2;

/** Finished tasks of a piece on their way into the store: of short ones many go as one file. */
function openOutbox({ board, store, onDone }: Lane, { id: piece, tasks }: Piece) {
  let waiting: { readonly named: NamedTask; readonly record: StoredRecord; readonly seconds: number }[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    if (tasks.length === 1) store.publish(waiting[0].record);
    else
      store.publishBatch(
        piece,
        waiting.map(({ record }) => record),
      );
    for (const { named, seconds } of waiting) {
      onDone?.(named, seconds);
      board.settle(named, "done");
    }
    waiting = [];
  };
  return {
    flush,
    add(named: NamedTask, record: StoredRecord, seconds: number): void {
      waiting.push({ named, record, seconds });
      if (waiting.reduce((sum, each) => sum + each.seconds, 0) >= WAITING) flush();
    },
  };
}

/** Carries out a task, with as many attempts as it has; returns whether the lane goes on. */
async function carriedOut(
  { board, store: { dir }, worker, signal, onStart, onProgress }: Staffed,
  named: NamedTask,
  outbox: ReturnType<typeof openOutbox>,
): Promise<boolean> {
  while (board.isOpen(named)) {
    if (signal.aborted) return false;
    onStart?.(named);
    const result = await worker.run(named.task, {
      last: lastCheckpoint(dir, named.id),
      onProgress: (_, share) => onProgress?.(named, share),
      onCheckpoint: (state) => keepCheckpoint(dir, named.id, state),
    });
    const done = asRecord(named.task, result);
    if (!("error" in done)) {
      dropCheckpoint(dir, named.id);
      outbox.add(named, done.record, done.seconds);
      break;
    }
    if (signal.aborted) return false;
    board.fail(named, done.error.message, done.final);
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
      record: recordOf(task, outcome.result, {
        ...outcome.measurement,
        seconds,
        ...machine(),
        finishedAt: new Date().toISOString(),
      }),
      seconds,
    };
  } catch (error) {
    if (error instanceof InputError) return { error, final: true };
    throw error;
  }
}

/** The machine, looked at once: short trials are many, and its list of processors takes long to read. */
const machine = lazy(() => ({
  host: hostname(),
  platform: `${platform()}-${arch()}`,
  cpu: cpus()[0]?.model ?? "unknown",
  node: process.version,
}));
