/**
 * Families whose target is the mean of g_S(g^-1 x) over a frame of a permutation group, S a hidden set of
 * coordinates: what a learner of sets needs to know. The input law is standard normal.
 */

import type { JsonObject } from "../base/checked.ts";
import type { Samples } from "../distribution/law.ts";
import type { PermutationGroup } from "../symmetry/groups.ts";
import type { Instance } from "./instance.ts";

/** What a learner of hidden sets is told of a family, and what it is judged by. */
export interface HiddenSet<V = unknown, H extends JsonObject = JsonObject> {
  /** The number of points in S. */
  size(instance: Instance<V, H>): number;
  /** The group whose average the target is; null where a frame that depends on x straightens it first. */
  averagedOver(instance: Instance<V, H>): PermutationGroup | null;
  /** E[g_S^2 prod_{i <= r} h_2(x_i)] / ||g_S||^2 over r of the k points of S. */
  squareMoment(k: number, r: number): number;
  /** E[g_S g_T x_a x_b] / ||g||^2 for sets of k points that differ in a of S and b of T alone. */
  neighbourMoment(k: number): number;
  /** Labels of the target with this set in the place of the hidden one. */
  labels(instance: Instance<V, H>, set: Int32Array): (samples: Samples) => Float64Array;
  /** The hidden set, to judge by. */
  hidden(instance: Instance<V, H>): readonly number[];
}
