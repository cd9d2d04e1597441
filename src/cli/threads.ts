/** Independent pieces of work on two threads, one after the other on each; or on one, beside what is done here. */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { buffersOf } from "../base/buffers.ts";
import type { Aside, DoAll, Progress, Work } from "../base/progress.ts";

/** What a thread is given when it starts: the kind of its work, and the cores that its products may use. */
export interface ThreadData {
  readonly work: string;
  readonly cores: number;
}

/** A piece of work, or its end. */
export type ThreadOrder = { readonly job: unknown } | { readonly stop: true };

/** What a thread tells: how far it is with a piece, and at its end the result. */
export type ThreadMessage = Progress | { readonly result: unknown };

/** More would share the memory's bandwidth, and each holds its own states. */
const mostThreads = 2;

const start = (workerData: ThreadData): Worker =>
  new Worker(new URL("./thread.js", import.meta.url), { workerData });

/** A thread for work that `thread.ts` knows and that runs no native code: it is ended at once. */
export const aside: Aside = <J, R>({ name }: Pick<Work<J, R>, "name">) => {
  const thread = start({ work: name, cores: 1 });
  const failed = new Promise<never>((_, refuse) => {
    thread.on("error", refuse);
    thread.on("exit", (code) => refuse(new Error(`a thread ended with code ${code}`)));
  });
  failed.catch(() => {}); // told to who waits for a piece
  return {
    do(job: J): Promise<R> {
      const done = new Promise<R>((resolve) => {
        const hear = (message: ThreadMessage): void => {
          if (!("result" in message)) return;
          thread.off("message", hear);
          resolve(message.result as R);
        };
        thread.on("message", hear);
      });
      thread.postMessage({ job } satisfies ThreadOrder, buffersOf(job));
      return Promise.race([done, failed]);
    },
    end: () => void thread.terminate(),
  };
};

/** Work that `thread.ts` knows, done side by side. */
export const sideBySide: DoAll = inThreads;

async function* inThreads<J, R>({ name }: Work<J, R>, jobs: readonly J[]): AsyncGenerator<Progress, R[]> {
  const count = Math.min(mostThreads, jobs.length);
  const workerData: ThreadData = {
    work: name,
    cores: Math.max(1, Math.floor(availableParallelism() / mostThreads)),
  };
  const threads = Array.from({ length: count }, () => start(workerData));
  const results: R[] = [];
  const shares = jobs.map(() => 0);
  const waiting = [...jobs.entries()];
  const state = { finished: false, wake: (): void => {} };
  const order = (thread: Worker, given: ThreadOrder): void => thread.postMessage(given);
  const takeTurns = (thread: Worker): Promise<void> =>
    new Promise((resolve, refuse) => {
      let current = 0;
      const next = (): void => {
        const taken = waiting.shift();
        if (taken === undefined) return resolve();
        current = taken[0];
        order(thread, { job: taken[1] });
      };
      const hear = (message: ThreadMessage): void => {
        if ("result" in message) {
          results[current] = message.result as R;
          shares[current] = 1;
          next();
        } else shares[current] = message.done / message.total;
        state.wake();
      };
      const exited = (code: number): void => refuse(new Error(`a thread ended with code ${code}`));
      thread.on("message", hear).on("error", refuse).on("exit", exited);
      next();
    });
  const all = Promise.all(threads.map(takeTurns));
  const end = (): void => {
    state.finished = true;
    state.wake();
  };
  all.then(end, end);
  try {
    while (!state.finished) {
      await new Promise<void>((resolve) => (state.wake = resolve));
      yield { what: name, done: shares.reduce((a, b) => a + b), total: jobs.length };
    }
    await all;
    return results;
  } finally {
    for (const thread of threads) order(thread, { stop: true });
  }
}
