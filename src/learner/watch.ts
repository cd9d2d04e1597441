/** Looking on at a training: what an onlooker is told changes nothing of it. */

import type { Floats } from "../engine/train/flat.ts";
import type { Samples } from "../distribution/law.ts";
import type { ProgressStatistic } from "../family/progress.ts";
import type { Weights } from "../network/network.ts";

/** A point of a learning curve. */
export interface CurvePoint {
  readonly step: number;
  /** Mean squared error on the validation sample; null where it is not finite. */
  readonly loss: number | null;
  readonly accuracy: number | null;
  /** How far the weights have turned to the hidden parameters, by statistic; absent where nothing is measured. */
  readonly progress?: Readonly<Record<string, ProgressStatistic>>;
}

/** A point of the curve with what an onlooker may ask of the network at that time. */
export interface Sight {
  readonly point: CurvePoint;
  /** Mean squared error of the best constant on the validation sample. */
  readonly baselineLoss: number;
  /** What the network is being trained on: `y`, or the name of a transform of it. */
  readonly label: string;
  readonly weights: Weights;
  /** Its predictions of that label, (count). */
  predict(samples: Samples): Promise<Float32Array>;
}

/** Who looks on. */
export interface Watch {
  /** At every point of the curve; the training goes on when it is done. */
  point?(sight: Sight): void | Promise<void>;
  /** The mean losses of the steps from `from` on, each on its batch, in units of the labels' variance. */
  losses?(from: number, losses: Floats): void;
}

/** The onlooker of one phase of a training: steps are numbered through, and the phase's label is named. */
export const watchPhase = (watch: Watch, before: number, label: string): Watch => ({
  point: (sight) =>
    watch.point?.({ ...sight, label, point: { ...sight.point, step: before + sight.point.step } }),
  losses: (from, losses) => watch.losses?.(before + from, losses),
});
