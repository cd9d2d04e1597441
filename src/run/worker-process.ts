/**
 * Work in a process of its own, which can be ended at any moment: a thread cannot, as native code that computes aborts
 * the whole program then. A worker writes nothing, so ending it loses nothing but its piece of work.
 */

import { fork, type ChildProcess } from "node:child_process";
import type { Problem } from "../base/errors.ts";
import type { Task, TaskOutcome } from "./task.ts";

/**
 * How a piece of work ended: with its outcome after so many seconds in a process that has held so many bytes at most,
 * or with an error, which bad input explains.
 */
export type WorkResult =
  | { readonly outcome: TaskOutcome; readonly seconds: number; readonly peakBytes: number }
  | { readonly error: Error; readonly problem?: Problem };

/** What a worker tells of its piece of work; its result is the last message. */
export type WorkerMessage = { readonly progress: readonly [text: string, fraction: number] } | WorkResult;

export interface WorkerProcess {
  /** Carries out one task, one at a time; a process that ended is started again. An ended process is an error, too. */
  run(task: Task, onProgress?: (text: string, fraction: number) => void): Promise<WorkResult>;
  /** Ends the process at once, whatever it is doing. */
  end(): void;
}

/** @param program what the process runs: by default the built `worker.js` */
export function workerProcess(program: URL = new URL("../worker.js", import.meta.url)): WorkerProcess {
  let child: ChildProcess | undefined;
  const start = (): ChildProcess => {
    const started = fork(program, { serialization: "advanced", stdio: ["ignore", 2, 2, "ipc"] });
    const forget = (): void => {
      if (child === started) child = undefined;
    };
    return started.on("exit", forget).on("error", forget);
  };
  return {
    run(task, onProgress) {
      const worker = (child ??= start());
      return new Promise((resolve) => {
        const settle = (result: WorkResult): void => {
          worker.off("message", hear).off("exit", exited).off("error", failed);
          resolve(result);
        };
        const hear = (message: WorkerMessage): void =>
          "progress" in message ? onProgress?.(...message.progress) : settle(message);
        const failed = (error: Error): void => settle({ error });
        const exited = (code: number | null, signal: string | null): void =>
          failed(new Error(`the worker process ended (${signal ?? `code ${code}`})`));
        worker.on("message", hear).on("exit", exited).on("error", failed);
        worker.send(task);
      });
    },
    end() {
      child?.kill("SIGKILL");
      child = undefined;
    },
  };
}
