/** A student class: an equivariant network as a pure jax-js function of named weights and encoded inputs. */

import type { numpy as np } from "../engine/jax.ts";
import type { Samples } from "../distribution/law.ts";

/** Named arrays of 32-bit floats with their shapes, row-major. */
export type Weights = Record<string, Float32Array>;
export type Shapes = Readonly<Record<string, readonly number[]>>;

export interface Network {
  /** The architecture as data: it identifies the network in records and keys its initial weights. */
  readonly architecture: Readonly<Record<string, string | number | boolean>>;
  /** Shape of every encoded input, for one example (the batch axis comes first in `forward`). */
  readonly inputs: Shapes;
  /** Shape of every weight, in the order they are listed. */
  readonly weights: Shapes;
  /** Fan-in of each weight matrix for initialisers; biases are absent and start at 0. */
  readonly fanIn: Readonly<Record<string, number>>;
  /** Writes the label-free encoding of the examples: one array of count * prod(shape) floats an input. */
  encode(samples: Samples): Record<string, Float32Array>;
  /** Predictions, shape (batch,). Consumes its arguments' references as jax-js functions do. */
  forward(weights: Record<string, np.Array>, inputs: Record<string, np.Array>): np.Array;
}
