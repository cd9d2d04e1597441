/** A student class: an equivariant network as a pure jax-js function of named weights and encoded inputs. */

import { product } from "../base/product.ts";
import type { numpy as np } from "../engine/lower/jax.ts";
import type { Samples } from "../distribution/law.ts";
import type { Shapes } from "../engine/train/flat.ts";
import type { Encoded } from "../engine/train/stack.ts";

export type { Encoded, Shapes };

/** Named arrays of 32-bit floats with their shapes, row-major. */
export type Weights = Record<string, Float32Array>;

/** A network as data and two pure functions: how examples are encoded, and the forward pass over jax-js arrays. */
export interface Network {
  /** The architecture as data: it identifies the network in records and keys its initial weights. */
  readonly architecture: Readonly<Record<string, string | number | boolean>>;
  /** Shape of every encoded input, for one example (the batch axis comes first in `forward`). */
  readonly inputs: Shapes;
  /** How many numbers of an example the first layer reads, where those are more than the inputs hold. */
  readonly expanded?: number;
  /** How many numbers a training step holds for an example, where those are many more than inputs and layers have. */
  readonly held?: number;
  /** Shape of every weight, in the order they are listed. */
  readonly weights: Shapes;
  /** Fan-in of the units each weight belongs to, for initialisers; weights without one start at 0. */
  readonly fanIn: Readonly<Record<string, number>>;
  /**
   * Names of the weights of the layer that reads the examples, its biases included (absent: the layer listed first,
   * that is all names that agree with the first up to the last dot).
   */
  readonly first?: readonly string[];
  /**
   * Writes the label-free encoding of the examples: one array of count * prod(shape) floats an input. Arrays of the
   * right length in `into` are overwritten and returned instead of new ones.
   */
  encode(samples: Samples, into?: Encoded): Encoded;
  /**
   * The same encoding of raw examples, (batch, ...shape), as a pure function: what an exported network begins with.
   * Absent where there is none. Consumes its argument's reference.
   */
  encodeTraced?(examples: np.Array): Record<string, np.Array>;
  /**
   * Predictions, shape (batch,): an affine function of the last features with weights `out.w` and bias `out.b`.
   * Consumes its arguments' references as jax-js functions do.
   */
  forward(weights: Record<string, np.Array>, inputs: Record<string, np.Array>): np.Array;
}

/** The array `name` of `into` if it has the right length, else a new one. Its contents are arbitrary. */
export function reuse(into: Encoded | undefined, name: string, length: number): Float32Array {
  const given = into?.[name];
  return given?.length === length ? given : new Float32Array(length);
}

/** The encoding of a network that reads the examples as they are, as its input `x`. */
export const plainEncoding: Network["encode"] = ({ data }, into) => {
  const x = reuse(into, "x", data.length);
  x.set(data);
  return { x };
};

/** The layer of a weight: its name up to the last dot. */
export const layerOf = (name: string): string => name.slice(0, name.lastIndexOf("."));

/** Names of the weights of the layer that reads the examples. */
export function firstLayer({ first, weights }: Pick<Network, "first" | "weights">): readonly string[] {
  const names = Object.keys(weights);
  return first ?? names.filter((name) => layerOf(name) === layerOf(names[0]));
}

/** What the weights of that layer are multiplied by at every step under weight decay of this rate a step. */
export const shrinking = (network: Network, rate: number): Record<string, number> =>
  Object.fromEntries(firstLayer(network).map((name) => [name, 1 - rate]));

/** Number of trainable weights. */
export const weightCount = (network: Pick<Network, "weights">): number =>
  Object.values(network.weights).reduce((sum, shape) => sum + product(shape), 0);
