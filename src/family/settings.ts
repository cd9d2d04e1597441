/**
 * Sizes at which the studies of all families run one: chosen by the family, which knows where it is hard and
 * affordable.
 */

import type { JsonObject } from "../base/checked.ts";

/** Training options in place of the defaults. */
export type Training = JsonObject;

/** A grid of sizes by orders for a map of where gradient descent stops. */
export interface TransitionGrid {
  /** What the horizontal axis counts, and the order on the vertical one. */
  readonly sizeLabel: string;
  readonly orderLabel: string;
  readonly sizes: readonly number[];
  readonly orders: readonly number[];
  readonly params: (size: number, order: number) => JsonObject;
  readonly train: Training & { readonly width: number; readonly lr: number; readonly batch: number };
  /** A learner that is run on the hard targets with the same training options, and how the map calls that. */
  readonly beside?: { readonly learner: string; readonly label: string } | undefined;
}

/** A size with the architecture that students are trained at. */
export interface Sized {
  readonly params: JsonObject;
  readonly train: Training;
}

/** Where a family stands in the report: in the matrix, on its transition map, in the table of certificates. */
export interface Settings {
  /** Its columns of the learnability matrix: those at every scale, and those that greater ones than quick add. */
  readonly matrix?: { readonly columns: readonly Sized[]; readonly more?: readonly Sized[] };
  /** A size at which gradient descent on y finds nothing of what is hidden: there the ways round are shown. */
  readonly lead?: Sized;
  /**
   * Where a training fails: what it is held against changes one thing there (absent: the lead). First the student that
   * holds the target.
   */
  readonly failing?: readonly Sized[];
  /** Its transition map. */
  readonly transition?: TransitionGrid;
  /** Parameters of the certificate table, from toy sizes to beyond enumeration; each takes well below a second. */
  readonly certified: readonly JsonObject[];
}
