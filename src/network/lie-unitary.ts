/**
 * Unitary graph convolutions in Lie form (Kiani, Fesser, Weber 2024), with trained weights. With A^ = D^-1/2 A D^-1/2,
 *
 *     h <- GroupSort(exp(g)(h) + b),   g(X) = A^ X K,   K = (W - W^T)/2,   GroupSort(x, y) = (max(x, y), min(x, y)).
 *
 * g is skew, so that exp(g) keeps the norm of the features; it commutes with A^. The exponential is its series, which
 * gradients go through term by term. Where K is large the series would need more terms: K is divided by what its norm
 * exceeds LIMIT by (Frobenius' over sqrt 2, at least the spectral one), so that the map is an isometry to 3e-6 for all
 * weights. The first layer reads degrees by a free matrix; pool over nodes after the last layer, hidden relu layers,
 * linear output.
 */

import { numpy as np } from "../engine/lower/jax.ts";
import { graphInput, type DrawnGraphs } from "./graph-input.ts";
import { groupSort, requireHalves } from "./group-sort.ts";
import {
  constant,
  fanInOf,
  meanOver,
  readout,
  readoutShapes,
  relu,
  requireSizes,
  type Sizes,
} from "./layers.ts";
import type { Network } from "./network.ts";
import { encodedNormalised, tracedNormalised } from "./normalised-adjacency.ts";

/** Largest norm of K, and terms of the series: of a skew g what is left out is at most 5^22 / 22! = 2e-6. */
const LIMIT = 5;
const TERMS = 21;

/** Undirected graphs that are drawn; `layers` counts that on degrees. */
export type LieUnitaryOptions = DrawnGraphs & Sizes;

/**
 * The network of Lie unitary convolutions on drawn graphs.
 * @throws InputError for sizes out of range, and an odd width
 */
export function lieUnitary(options: LieUnitaryOptions): Network {
  requireSizes("unitary-lie", options);
  const { n, layers, width, readoutLayers, pool } = options;
  requireHalves(width);
  const input = graphInput(options, pool, false);

  const weights: Record<string, readonly number[]> = {};
  for (let l = 1; l <= layers; l++) {
    weights[`layer${l}.w`] = [l === 1 ? input.features : width, width];
    weights[`layer${l}.b`] = [width];
  }
  Object.assign(weights, readoutShapes(width, readoutLayers, width));

  const convolves = layers > 1;
  return {
    architecture: { network: "unitary-lie", n, layers, width, readoutLayers, pool },
    inputs: { ...input.inputs, ...(convolves ? { normalised: [n, n] } : {}) },
    weights,
    fanIn: fanInOf(weights),
    encode: (samples, into) => ({
      ...input.encode(samples, into),
      ...(convolves ? { normalised: encodedNormalised(samples, n, into) } : {}),
    }),
    encodeTraced: (examples) => ({
      ...input.encodeTraced(convolves ? examples.ref : examples),
      ...(convolves ? { normalised: tracedNormalised(examples, n) } : {}),
    }),
    forward(w, inputs) {
      let h = input.start(inputs);
      for (let l = 1; l <= layers; l++) {
        const matrix = w[`layer${l}.w`];
        h = l === 1 ? np.matmul(h, matrix) : exponential(inputs["normalised"], h, skewOf(matrix));
        h = groupSort(np.add(h, w[`layer${l}.b`]));
      }
      return readout(pool === "mean" ? meanOver(h, 1) : np.sum(h, 1), readoutLayers, w);
    },
  };
}

/** (W - W^T)/2, brought to LIMIT where it is larger. Consumes the reference. */
function skewOf(w: np.Array): np.Array {
  const { dtype } = w;
  const skew = np.subtract(w.ref, np.transpose(w)).mul(constant(1 / 2, dtype));
  const squares = np.sum(np.multiply(skew.ref, skew.ref).reshape([-1]), 0);
  const excess = relu(np.subtract(squares.mul(constant(1 / (2 * LIMIT ** 2), dtype)), constant(1, dtype)));
  return np.divide(skew, np.sqrt(np.add(excess, constant(1, dtype))));
}

/** exp(g) h = h + g(h + g(h + ...)/2), g(X) = A^ X K; h and K are consumed. */
function exponential(a: np.Array, h: np.Array, skew: np.Array): np.Array {
  const { dtype } = h;
  let out = h.ref;
  for (let t = TERMS; t >= 1; t--) {
    const [k, kept] = t === 1 ? [skew, h] : [skew.ref, h.ref];
    out = np.add(kept, np.matmul(a.ref, np.matmul(out, k.mul(constant(1 / t, dtype)))));
  }
  return out;
}
