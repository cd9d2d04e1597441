/**
 * Targets that are sums of relus of one standard normal vector: a student with one hidden relu layer and no biases then
 * has its population gradients in closed form, and derivatives bounded over a ball.
 */

import type { Checked, JsonObject } from "../base/checked.ts";
import { rational } from "../numeric/rational.ts";
import type { ReluSum } from "../numeric/relu-sum.ts";
import type { BallBounds } from "../query/noisy-gradient.ts";
import type { Instance } from "./instance.ts";

/** Of a family whose target is such a sum: its units, from which population gradients follow. */
export interface ReluSums<V = unknown, H extends JsonObject = JsonObject> {
  /** Length of the vector; null where these parameters' inputs are not one such vector. */
  dimension(params: Checked<V>): number | null;
  /** The target itself, not normalised. */
  target(instance: Instance<V, H>, easy: boolean): ReluSum;
}

/**
 * For f(x) = sum_j a_j relu(u_j . x): ||d f/d a_j||^2 = |u_j|^2 / 2 and ||d f/d u_ji||^2 = a_j^2 / 2, so over |(u, a)|
 * <= R no derivative's square exceeds R^2 / 2, and their sum (|u|^2 + d |a|^2) / 2 does not exceed d R^2 / 2, of any
 * width.
 */
export const reluBounds = (dimension: number): BallBounds => ({
  student: `one hidden relu layer without biases on one standard normal vector of R^${dimension}`,
  derivative: rational(1, 2),
  trace: rational(Math.max(1, dimension), 2),
});
