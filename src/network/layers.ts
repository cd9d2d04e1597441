/** Pieces that networks share, as pure jax-js functions. They consume the references they are given. */

import { reject, requireChoice } from "../base/errors.ts";
import { numpy as np } from "../engine/lower/jax.ts";
import { constant, relu } from "../engine/train/loss.ts";
import { layerOf } from "./network.ts";

export { constant, relu };

/** How what the nodes, points or frame elements give is brought together. */
export const poolings = ["mean", "sum"] as const;

/** How a layer's nodes become one: their mean or their sum. */
export type Pooling = (typeof poolings)[number];

/** Sizes of a network with equivariant layers. */
export interface Sizes {
  readonly layers: number;
  readonly width: number;
  /** Hidden layers after pooling; 0 leaves a linear output. */
  readonly readoutLayers: number;
  readonly pool: Pooling;
}

/** Rejects sizes that no network has, and a pooling that there is not. */
export function requireSizes(network: string, { pool, ...sizes }: Sizes): void {
  requireChoice(pool, poolings, `${network}: pool`);
  for (const name of ["layers", "width", "readoutLayers"] as const) {
    const least = name === "readoutLayers" ? 0 : 1;
    if (!Number.isSafeInteger(sizes[name]) || sizes[name] < least)
      reject({ where: network, what: `${name} is ${sizes[name]}`, allowed: `an integer, at least ${least}` });
  }
}

/** x W + b over the last axis. */
export const affine = (x: np.Array, w: np.Array, b: np.Array): np.Array => np.add(np.matmul(x, w), b);

/** Sum over an axis, divided by its length. */
export function meanOver(x: np.Array, axis: number): np.Array {
  const { shape, dtype } = x;
  return np.sum(x, axis).mul(constant(1 / shape[axis], dtype));
}

/** Hidden relu layers `readout1`, ... and a linear output, on features (batch, width); predictions (batch,). */
export function readout(x: np.Array, layers: number, weights: Record<string, np.Array>): np.Array {
  let h = x;
  for (let l = 1; l <= layers; l++) h = relu(affine(h, weights[`readout${l}.w`], weights[`readout${l}.b`]));
  const out = affine(h, weights["out.w"].reshape([-1, 1]), weights["out.b"]);
  return out.reshape([-1]);
}

/** The weights `readout` uses, on features of the given width. */
export function readoutShapes(
  features: number,
  layers: number,
  width: number,
): Record<string, readonly number[]> {
  const shapes: Record<string, readonly number[]> = {};
  let from = features;
  for (let l = 1; l <= layers; l++) {
    shapes[`readout${l}.w`] = [from, width];
    shapes[`readout${l}.b`] = [width];
    from = width;
  }
  shapes["out.w"] = [from];
  shapes["out.b"] = [1];
  return shapes;
}

/**
 * Fan-in of every weight: how many numbers enter a unit of its layer. Weights share a layer when their names agree up
 * to the last dot; what several matrices bring into one unit is counted together, and a bias has its layer's fan-in.
 */
export function fanInOf(shapes: Readonly<Record<string, readonly number[]>>): Record<string, number> {
  const entering: Record<string, number> = {};
  for (const [name, [inputs]] of Object.entries(shapes))
    if (!name.endsWith(".b")) entering[layerOf(name)] = (entering[layerOf(name)] ?? 0) + inputs;
  return Object.fromEntries(Object.keys(shapes).map((name) => [name, entering[layerOf(name)]]));
}
