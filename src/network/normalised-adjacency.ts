/** A^ = D^-1/2 A D^-1/2 of drawn graphs, symmetric and of norm at most 1; nodes without neighbours have rows of 0. */

import { unpackRows } from "../distribution/bit-rows.ts";
import type { Samples } from "../distribution/law.ts";
import { rowsOf, sizeOf } from "../distribution/samples.ts";
import { numpy as np } from "../engine/lower/jax.ts";
import { constant } from "./layers.ts";
import { reuse, type Encoded } from "./network.ts";
import { normalised } from "./unitary-convolution.ts";

/** Adjacency matrices, (graphs x n x n) of 0 and 1. */
export const adjacencyOf = (samples: Samples, n: number): Uint8Array =>
  unpackRows(rowsOf(samples), n, new Uint8Array(samples.count * sizeOf(samples)));

/** A^ of each graph, (graphs x n x n). */
export function encodedNormalised(samples: Samples, n: number, into: Encoded | undefined): Float32Array {
  const adjacency = adjacencyOf(samples, n);
  const size = n * n;
  const out = reuse(into, "normalised", samples.count * size);
  const data = new Float64Array(size);
  for (let g = 0; g < samples.count; g++) {
    for (let at = 0; at < size; at++) data[at] = adjacency[g * size + at];
    out.set(normalised({ columns: n, data }).data, g * size);
  }
  return out;
}

/** The same of adjacency matrices (batch, n, n), as a function that can be traced. Consumes the reference. */
export function tracedNormalised(adjacency: np.Array, n: number): np.Array {
  const { dtype } = adjacency;
  const degree = np.sum(adjacency.ref, 2);
  const known = np.where(np.greater(degree.ref, 0), degree, np.array(1, { dtype }));
  const scale = np.divide(constant(1, dtype), np.sqrt(known));
  return adjacency.mul(scale.ref.reshape([-1, n, 1])).mul(scale.reshape([-1, 1, n]));
}
