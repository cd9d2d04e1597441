/**
 * What learners of planes know of a family that hides one: where its inputs hold vectors, and what a plane's labels
 * would be.
 */

import type { JsonObject } from "../../base/checked.ts";
import type { Samples } from "../../distribution/law.ts";
import type { Instance } from "../instance.ts";
import type { Plane } from "./plane.ts";

/**
 * Of a family whose target looks at its input through a hidden plane: what a learner of planes is told, and what it is
 * judged by.
 */
export interface HiddenPlane<V = unknown, H extends JsonObject = JsonObject> {
  /** Dimension of the vectors, and how many an example has. */
  size(instance: Instance<V, H>): { readonly dimension: number; readonly vectors: number };
  /** Entry j of vector v of an example is at v * vector + j * entry. */
  strides(instance: Instance<V, H>): { readonly vector: number; readonly entry: number };
  /** Labels as if `plane` were the hidden one: all else of the instance is known to a learner. */
  labels(instance: Instance<V, H>, plane: Plane, easy: boolean): (samples: Samples) => Float64Array;
  /** The hidden plane itself, to judge by. */
  hidden(instance: Instance<V, H>): Plane;
}
