/** A student as it is kept after a training: what it is and its weights. */

import type { JsonObject } from "../base/checked.ts";
import { reject } from "../base/errors.ts";
import type { Network, Shapes, Weights } from "./network.ts";

/** What labels are shifted and scaled by: a network predicts (label - mean) / sd. */
export interface Unit {
  readonly mean: number;
  readonly sd: number;
}

/** A student's weights, with all that is needed to use them. */
export interface TrainedStudent {
  /** What it was trained on. */
  readonly family: { readonly id: string; readonly params: JsonObject };
  /** Its student class. */
  readonly student: string;
  readonly architecture: Network["architecture"];
  readonly unit: Unit;
  /** Of the weights. */
  readonly shapes: Shapes;
  readonly weights: Weights;
}

/**
 * The student's weights as this network's, where they predict the same labels in another unit.
 * @param where where the student comes from, for complaints
 * @throws InputError for a student of another architecture, and for weights that are missing or not finite
 */
export function weightsFor(
  network: Pick<Network, "architecture" | "weights">,
  unit: Unit,
  { architecture, unit: own, shapes, weights }: TrainedStudent,
  where: string,
): Weights {
  for (const name of new Set([...Object.keys(network.architecture), ...Object.keys(architecture)]))
    if (architecture[name] !== network.architecture[name])
      reject({
        where,
        what: `weights of another architecture: ${name} is ${said(architecture[name])}`,
        allowed: `${said(network.architecture[name])}, as of the student that is trained`,
      });
  for (const name of new Set([...Object.keys(network.weights), ...Object.keys(shapes)])) {
    const [there, here] = [shapes, network.weights].map((of) =>
      Object.hasOwn(of, name) ? `of shape (${of[name].join(", ")})` : "absent",
    );
    if (there !== here) reject({ where, what: `weights "${name}" are ${there}`, allowed: here });
    if (!weights[name].every(Number.isFinite))
      reject({ where, what: `weights "${name}" are not all finite` });
  }
  return inUnit(weights, own, unit);
}

const said = (value: unknown): string => (value === undefined ? "absent" : String(value));

/** Weights that predict the same labels in another unit; every network ends in a linear output, which takes it. */
export function inUnit(weights: Weights, from: Unit, to: Unit): Weights {
  if (from.mean === to.mean && from.sd === to.sd) return weights;
  return {
    ...weights,
    "out.w": weights["out.w"].map((w) => (w * from.sd) / to.sd),
    "out.b": weights["out.b"].map((b) => (from.mean + b * from.sd - to.mean) / to.sd),
  };
}
