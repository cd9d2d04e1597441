/** The training loop, over any source of batches and any evaluation. */

import type { Floats } from "./flat.ts";
import type { Trainer } from "./trainer.ts";

export interface Batch {
  readonly inputs: Readonly<Record<string, Floats>>;
  readonly labels: Floats;
}

export interface TrainingOptions<P> {
  readonly trainer: Trainer;
  /** Total number of steps, those before a restored checkpoint included. */
  readonly steps: number;
  /** The batch of a step (from 0). Equal steps must give equal batches. */
  readonly batch: (step: number) => Batch;
  /** What the curve records, at the start, every `interval` steps and at the end. */
  readonly test: (step: number) => Promise<P>;
  readonly interval: number;
  /** Ends the training early. */
  readonly stop?: (point: P) => boolean;
  /** Ends the training between two steps. */
  readonly signal?: AbortSignal;
  readonly progress?: (event: Progress<P>) => void;
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
  readonly stopped: "budget" | "reached" | "interrupted" | "diverged";
  /** Sampling, encoding and labelling included, tracing and testing not; after 20 warm-up steps; 0 if there were fewer. */
  readonly stepsPerSecond: number;
}

const warmUp = 20;

export async function train<P>(options: TrainingOptions<P>): Promise<Training<P>> {
  const { trainer, steps, interval, signal } = options;
  const curve: CurvePoint<P>[] = [];
  const losses: number[] = [];
  let [busy, timed] = [0, 0];
  let stopped: Training<P>["stopped"] = "budget";
  const rate = (): number => (busy > 0 ? (1000 * timed) / busy : 0);
  const record = async (): Promise<P> => {
    const step = trainer.steps;
    const point = await options.test(step);
    curve.push({ step, point });
    options.progress?.({ step, steps, point, stepsPerSecond: rate() });
    return point;
  };

  for (;;) {
    const due = curve.length === 0 || trainer.steps % interval === 0 || trainer.steps >= steps;
    if (due) {
      const point = await record();
      if (options.stop?.(point) === true) stopped = "reached";
    }
    if (stopped !== "budget" || trainer.steps >= steps) break;
    if (signal?.aborted === true) stopped = "interrupted";
    else {
      const start = performance.now();
      const { inputs, labels } = options.batch(trainer.steps);
      const loss = await trainer.step(inputs, labels);
      if (losses.push(loss) > warmUp) {
        busy += performance.now() - start;
        timed++;
      }
      if (!Number.isFinite(loss)) stopped = "diverged";
    }
    if (stopped !== "budget") {
      await record();
      break;
    }
  }
  return { curve, losses: Float64Array.from(losses), steps: trainer.steps, stopped, stepsPerSecond: rate() };
}
