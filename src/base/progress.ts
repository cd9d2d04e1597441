/** Long computations as generators that report how far they are; run at once, or letting the event loop breathe. */

export interface Progress {
  /** What is being done, in a few words. */
  readonly what: string;
  /** Work done and to do, in any unit; `total` may be an estimate. */
  readonly done: number;
  readonly total: number;
}

/** Told how far a long computation is. */
export type OnProgress = (progress: Progress) => void;

/** Runs to the end without a pause. */
export function runNow<T>(steps: Generator<Progress, T>, onProgress?: OnProgress): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value);
  }
}

/** A long computation whose result is kept: whoever asks first runs it. */
export function once<T>(steps: () => Generator<Progress, T>): () => Generator<Progress, T> {
  let known: { readonly value: T } | undefined;
  return function* () {
    known ??= { value: yield* steps() };
    return known.value;
  };
}

/** A computation that reports how far it is; asynchronous where parts of it run elsewhere. */
export type Steps<T> = Generator<Progress, T> | AsyncGenerator<Progress, T>;

/**
 * Runs to the end, giving way to timers, signals and drawing about twenty times a second. What throws when told of
 * progress ends it.
 */
export async function runSteps<T>(
  steps: Steps<T>,
  onProgress?: (progress: Progress) => void | Promise<void>,
): Promise<T> {
  let last = performance.now();
  try {
    for (;;) {
      const step = await steps.next();
      if (step.done === true) return step.value;
      if (performance.now() - last < 50) continue;
      await onProgress?.(step.value);
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
  } finally {
    await steps.return(undefined as T); // has no effect at the end
  }
}

/** Work of one kind that can be done in independent pieces, also elsewhere: jobs and results are plain data. */
export interface Work<J, R> {
  readonly name: string;
  run(job: J): Steps<R>;
}

/** How pieces of work are done; the results in the order of the jobs. */
export type DoAll = <J, R>(work: Work<J, R>, jobs: readonly J[]) => Steps<R[]>;

/** One after the other, here. */
export async function* oneByOne<J, R>(work: Work<J, R>, jobs: readonly J[]): AsyncGenerator<Progress, R[]> {
  const results: R[] = [];
  for (const job of jobs) {
    const steps = work.run(job);
    let step = await steps.next();
    for (; step.done !== true; step = await steps.next()) {
      const { what, done, total } = step.value;
      yield { what, done: results.length + done / total, total: jobs.length };
    }
    results.push(step.value);
  }
  return results;
}

/** Does pieces of work one at a time on another core, while something else is done here. */
export interface Assistant<J, R> {
  /** Memory of the job's arrays is handed over: they are gone here. */
  do(job: J): Promise<R>;
  end(): void;
}

/** How an assistant is found for work of a kind. */
export type Aside = <J, R>(work: Pick<Work<J, R>, "name">) => Assistant<J, R>;
