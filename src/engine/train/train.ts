/** The training loop, over any source of batches and any evaluation. */

import type { Floats } from "./flat.ts";
import { filledHere, type Batch, type BatchSource } from "./stack.ts";
import type { Stepping } from "./trainer.ts";

/** Milliseconds that so many steps took, and those of them that went into filling, or waiting for what is filled. */
export interface Pace {
  readonly ms: number;
  readonly steps: number;
  readonly filling: number;
}

/** What fills the batches. */
export interface Filler {
  /**
   * The batches of the next `count` steps, side by side.
   * @param then how many are wanted after them
   */
  fill(count: number, then: number): Batch | Promise<Batch>;
  /**
   * Told what the last batches and the steps on them took.
   * @param left steps to come
   */
  took(pace: Pace, left: number): void;
  end(): void;
}

export interface TrainingOptions<P> extends BatchSource {
  readonly trainer: Stepping;
  /** What fills the batches in another way than here, one after the other. */
  readonly filler?: Filler;
  /** Total number of steps, those before a restored checkpoint included. */
  readonly steps: number;
  /** What the curve records, at the start, every `interval` steps and at the end. */
  readonly test: (step: number) => Promise<P>;
  readonly interval: number;
  /** Ends the training early. */
  readonly stop?: (point: P) => boolean;
  /** Ends the training, after the steps begun together (at most 25, never past the next point of the curve). */
  readonly signal?: AbortSignal;
  readonly progress?: (event: Progress<P>) => void;
  /** The curve of the steps before, where the trainer was restored from a checkpoint. */
  readonly before?: readonly CurvePoint<P>[];
  /**
   * Told where it could be taken up again, with the curve so far: at every point of that, and when it ends for the
   * signal.
   */
  readonly resting?: (curve: readonly CurvePoint<P>[], ending: boolean) => void;
  /** Told the losses of the steps taken in one call, which began at this step. */
  readonly losses?: (from: number, losses: Floats) => void;
}

export interface Progress<P> {
  readonly step: number;
  readonly steps: number;
  readonly point: P;
  readonly stepsPerSecond: number;
}

export interface CurvePoint<P> {
  readonly step: number;
  readonly point: P;
}

export interface Training<P> {
  readonly curve: readonly CurvePoint<P>[];
  /** The loss of every step taken here, on its own batch before the update. */
  readonly losses: Float64Array;
  readonly steps: number;
  readonly stopped: "budget" | "reached" | "interrupted" | "diverged" | "halted";
  /**
   * Sampling, encoding and labelling included, tracing and testing not; after 20 warm-up steps; 0 if there were fewer.
   */
  readonly stepsPerSecond: number;
}

const warmUp = 20;

/** Steps taken in one call, at most: enough to make the call's cost small, few enough to stop soon. */
const longestRun = 25;
/** Floats of encoded examples held for one call, at most, unless one batch has more. */
const stackLimit = 2 ** 20;

/** How many batches are filled for one call, at most. */
function longestOf(trainer: Stepping): number {
  const floats = Object.values(trainer.stack(1).inputs).reduce((sum, x) => sum + x.length, 0);
  return Math.max(1, Math.min(longestRun, Math.floor(stackLimit / floats)));
}

/** Takes the steps, looking at the network every `interval` of them, until budget, goal or signal ends it. */
export async function train<P>(options: TrainingOptions<P>): Promise<Training<P>> {
  const { filler = { fill: filledHere(options), took() {}, end() {} } } = options;
  try {
    return await takeSteps(options, filler);
  } finally {
    filler.end();
  }
}

async function takeSteps<P>(options: TrainingOptions<P>, filler: Filler): Promise<Training<P>> {
  const { trainer, steps, interval, signal } = options;
  const longest = longestOf(trainer);
  const nextRun = (taken: number): number => Math.min(longest, steps - taken, interval - (taken % interval));
  const curve: CurvePoint<P>[] = [...(options.before ?? [])];
  const losses: number[] = [];
  let [busy, timed] = [0, 0];
  let stopped: Training<P>["stopped"] = "budget";
  const rate = (): number => (busy > 0 ? (1000 * timed) / busy : 0);
  const record = async (): Promise<P> => {
    const step = trainer.taken;
    const point = await options.test(step);
    curve.push({ step, point });
    options.progress?.({ step, steps, point, stepsPerSecond: rate() });
    return point;
  };

  for (const { point } of curve) options.stop?.(point);
  for (;;) {
    const due = curve.length === 0 || trainer.taken % interval === 0 || trainer.taken >= steps;
    if (due && curve.at(-1)?.step !== trainer.taken) {
      const point = await record();
      if (options.stop?.(point) === true) stopped = "reached";
      else if (trainer.taken < steps) options.resting?.(curve, false);
    }
    if (stopped !== "budget" || trainer.taken >= steps) break;
    if (signal?.aborted === true) {
      options.resting?.(curve, true);
      stopped = "interrupted";
    } else {
      const count = nextRun(trainer.taken);
      const start = performance.now();
      const { inputs, labels } = await filler.fill(count, nextRun(trainer.taken + count));
      const filled = performance.now();
      const taken = await trainer.steps(inputs, labels);
      if (losses.length >= warmUp) {
        const ms = performance.now() - start;
        busy += ms;
        timed += taken.length;
        filler.took({ ms, steps: taken.length, filling: filled - start }, steps - trainer.taken);
      }
      losses.push(...taken);
      options.losses?.(trainer.taken - taken.length, taken);
      if (!taken.every(Number.isFinite)) stopped = "diverged";
      else if (trainer.halted === true) stopped = "halted";
    }
    if (stopped !== "budget") {
      await record();
      break;
    }
  }
  return { curve, losses: Float64Array.from(losses), steps: trainer.taken, stopped, stepsPerSecond: rate() };
}
