/** Where a training could be taken up again: an attempt that is interrupted leaves it to the next. */

import type { Checkpoint } from "../engine/train/stepper.ts";
import type { CurvePoint } from "./watch.ts";

/** All that a training goes on from; what it draws is drawn anew, by the number of the step. */
export interface TrainingState {
  readonly checkpoint: Checkpoint;
  readonly curve: readonly { readonly step: number; readonly point: CurvePoint }[];
}

/** What an attempt at a training begins with, and who keeps where it has come to. */
export interface Checkpoints {
  /** Left by an earlier attempt at the same training; null where there is none. */
  readonly last: TrainingState | null;
  /**
   * Told at every point of the curve, and when the training ends for a signal (`ending`).
   *
   * @param state made where it is asked for
   */
  keep(state: () => TrainingState, ending: boolean): void;
}
