/** Starts jobs in workers, one each, and stops them. */

import type { JobName, Jobs, Order, Report } from "./jobs.ts";
import { spawn } from "./spawn.ts";

/** A job under way. */
export interface Work<R> {
  /** Rejects with an Error in words for a reader; never settles once the job is stopped. */
  readonly result: Promise<R>;
  stop(): void;
}

/** Why a worker says nothing: Chromium starts none for a page that is opened as a file. */
const noWorker = (): string =>
  location.protocol === "file:"
    ? "This browser computes nothing for a page opened as a file: serve it, by `equihard lab` or any static host."
    : "The worker could not start.";

/** @param told what the job says on its way */
export function start<K extends JobName>(
  job: K,
  given: Jobs[K]["given"],
  told: (event: Jobs[K]["told"]) => void = () => {},
): Work<Jobs[K]["result"]> {
  const worker = spawn();
  const result = new Promise<Jobs[K]["result"]>((resolve, fail) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Report>) => {
      if (data.kind === "told") return told(data.event as Jobs[K]["told"]);
      worker.terminate();
      return data.kind === "done" ? resolve(data.result as Jobs[K]["result"]) : fail(new Error(data.message));
    });
    worker.addEventListener("error", ({ message }) => fail(new Error(message || noWorker())));
  });
  const order: Order<K> = { job, given };
  worker.postMessage(order);
  return { result, stop: () => worker.terminate() };
}
