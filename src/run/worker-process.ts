/**
 * Work in a process of its own, which can be ended at any moment: a thread cannot, as native code that computes aborts
 * the whole program then. A worker writes nothing, so ending it loses nothing but its piece of work.
 */

import { fork, type ChildProcess } from "node:child_process";
import type { Problem } from "../base/errors.ts";
import type { TrainingState } from "../learner/checkpoint.ts";
import type { Task } from "./task.ts";
import type { TaskOutcome } from "./work.ts";

/**
 * How a piece of work ended: with its outcome after so many seconds in a process that has held so many bytes at most,
 * or with an error, which bad input explains.
 */
export type WorkResult =
  | { readonly outcome: TaskOutcome; readonly seconds: number; readonly peakBytes: number }
  | { readonly error: Error; readonly problem?: Problem };

/** What a worker tells of its piece of work; its result is the last message. */
export type WorkerMessage =
  | { readonly progress: readonly [text: string, fraction: number] }
  | { readonly checkpoint: TrainingState }
  | WorkResult;

/**
 * What a worker is told: a task, before it what an earlier attempt at it has left and how many cores it may use, and to
 * stop at the next step.
 */
export type WorkerOrder =
  Task | { readonly last: TrainingState } | { readonly cores: number } | { readonly stop: true };

/** Who follows a piece of work, and where it begins. */
export interface Following {
  readonly onProgress?: (text: string, fraction: number) => void;
  /** Of a training: what an earlier attempt has left. */
  readonly last?: TrainingState | null;
  readonly onCheckpoint?: (state: TrainingState) => void;
}

export interface WorkerProcess {
  /** Starts the process before there is a task, so that it loads what it needs meanwhile. */
  start(): void;
  /** Carries out one task, one at a time; a process that ended is started again. An ended process is an error, too. */
  run(task: Task, following?: Following): Promise<WorkResult>;
  /** Has a training end at its next step, with a checkpoint, and ends the process: it does not wait long. */
  stop(): void;
  /** Ends the process at once, whatever it is doing. */
  end(): void;
}

/** Seconds for the next steps of a training: schedulers that warn give few. */
const GRACE = 2;

/** V8 collects garbage by several threads, which take their time from the workers on the other cores. */
const ONE_THREAD = ["--single-threaded-gc"];

/**
 * @param program what the process runs: by default the built `worker.js`
 * @param cores that it may use: more than one where nothing else is done beside it
 */
export function workerProcess(
  program: URL = new URL("../worker.js", import.meta.url),
  cores = 1,
): WorkerProcess {
  let child: ChildProcess | undefined;
  const begin = (): ChildProcess => {
    const started = fork(program, {
      execArgv: [...process.execArgv, ...ONE_THREAD],
      serialization: "advanced",
      stdio: ["ignore", 2, 2, "ipc"],
    });
    if (cores > 1) started.send({ cores } satisfies WorkerOrder);
    const forget = (): void => {
      if (child === started) child = undefined;
    };
    return started.on("exit", forget).on("error", forget);
  };
  const end = (): void => {
    child?.kill("SIGKILL");
    child = undefined;
  };
  let working: Task | undefined;
  let stopping = false;
  return {
    start() {
      child ??= begin();
    },
    run(task, { onProgress, last = null, onCheckpoint } = {}) {
      const worker = (child ??= begin());
      working = task;
      return new Promise((resolve) => {
        const settle = (result: WorkResult): void => {
          worker.off("message", hear).off("exit", exited).off("error", failed);
          working = undefined;
          resolve(result);
        };
        const hear = (message: WorkerMessage): void => {
          if ("progress" in message) onProgress?.(...message.progress);
          else if ("checkpoint" in message) {
            onCheckpoint?.(message.checkpoint);
            if (stopping) failed(new Error("it was stopped"));
          } else settle(message);
        };
        const failed = (error: Error): void => settle({ error });
        const exited = (code: number | null, signal: string | null): void =>
          failed(new Error(`the worker process ended (${signal ?? `code ${code}`})`));
        worker.on("message", hear).on("exit", exited).on("error", failed);
        if (last !== null) worker.send({ last } satisfies WorkerOrder);
        worker.send(task);
      });
    },
    stop() {
      if (working?.kind !== "train") return end();
      stopping = true;
      child?.send({ stop: true } satisfies WorkerOrder);
      setTimeout(end, GRACE * 1000).unref();
    },
    end,
  };
}
