/** Independent pieces of work on two processors, each piece in a thread. */

import { Worker } from "node:worker_threads";
import type { DoAll, Progress, Work } from "../base/progress.ts";

/** What a thread is given. */
export interface ThreadData {
  readonly work: string;
  readonly job: unknown;
}

/** What a thread tells: how far it is, and at the end its result. */
export type ThreadMessage = Progress | { readonly result: unknown };

/** More would share the memory's bandwidth, and each holds its own states. */
const mostThreads = 2;

/** Work that `thread.ts` knows, done side by side. */
export const sideBySide: DoAll = inThreads;

async function* inThreads<J, R>({ name }: Work<J, R>, jobs: readonly J[]): AsyncGenerator<Progress, R[]> {
  const threads = new Set<Worker>();
  const results: R[] = [];
  const shares = jobs.map(() => 0);
  const waiting = [...jobs.entries()];
  const state = { finished: false, wake: (): void => {} };
  const doOne = (job: J, onProgress: (share: number) => void): Promise<R> =>
    new Promise((resolve, refuse) => {
      const workerData: ThreadData = { work: name, job };
      const thread = new Worker(new URL("./thread.js", import.meta.url), { workerData });
      threads.add(thread);
      const hear = (message: ThreadMessage): void =>
        "result" in message ? resolve(message.result as R) : onProgress(message.done / message.total);
      const exited = (code: number): void => refuse(new Error(`a thread ended with code ${code}`));
      thread.on("message", hear).on("error", refuse).on("exit", exited);
    });
  const takeTurns = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [i, job] = next;
      results[i] = await doOne(job, (share) => {
        shares[i] = share;
        state.wake();
      });
    }
  };
  const all = Promise.all(Array.from({ length: mostThreads }, takeTurns));
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
    for (const thread of threads) void thread.terminate();
  }
}
