/**
 * The graph isomorphism network (Xu et al. 2019, equation 4.1): as strong as any message passing at telling graphs
 * apart.
 *
 *     h_i <- relu(MLP((1 + eps) h_i + sum over neighbours j of h_j)),   MLP(z) = relu(z W_1 + b_1) W_2 + b_2,
 *
 * eps trained from 0, pool over nodes after the last layer, hidden relu layers, linear output. No batch normalisation:
 * it would make a prediction depend on the other examples. Graphs without node features start from a constant, whose
 * sum over neighbours is the degree; (1 + eps) of a constant is then the bias's to give, so the first layer has no eps.
 * With mean pooling the sum is divided by the mean degree, which is the same class of functions.
 */

import { numpy as np } from "../engine/lower/jax.ts";
import { graphInput, type DrawnGraphs, type FixedGraph } from "./graph-input.ts";
import {
  affine,
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

/**
 * Graphs that are drawn, or features over a fixed one; `layers` are those above, `width` that of both layers of an MLP.
 */
export type GinOptions = (DrawnGraphs | FixedGraph) & Sizes;

/**
 * The graph isomorphism network, of drawn graphs or of features over a fixed one.
 * @throws InputError for sizes out of range
 */
export function gin(options: GinOptions): Network {
  requireSizes("gin", options);
  const { n, layers, width, readoutLayers, pool } = options;
  const input = graphInput(options, pool, layers > 1);
  const { features } = input;
  const own = (l: number): boolean => l > 1 || !input.summed;

  const matrices: Record<string, readonly number[]> = {};
  const mixtures: Record<string, readonly number[]> = {};
  for (let l = 1; l <= layers; l++) {
    matrices[`layer${l}.first.w`] = [l === 1 ? features : width, width];
    matrices[`layer${l}.first.b`] = [width];
    matrices[`layer${l}.second.w`] = [width, width];
    matrices[`layer${l}.second.b`] = [width];
    if (own(l)) mixtures[`layer${l}.eps`] = [1];
  }
  Object.assign(matrices, readoutShapes(width, readoutLayers, width));

  return {
    architecture: { network: "gin", n, features, layers, width, readoutLayers, pool },
    inputs: input.inputs,
    weights: { ...matrices, ...mixtures },
    fanIn: fanInOf(matrices),
    encode: input.encode,
    encodeTraced: input.encodeTraced,
    forward(w, inputs) {
      let h = input.start(inputs);
      for (let l = 1; l <= layers; l++) {
        if (own(l)) {
          const share = np.add(w[`layer${l}.eps`], constant(1, h.dtype));
          h = np.add(np.multiply(h.ref, share), input.sum(h, inputs));
        }
        const hidden = relu(affine(h, w[`layer${l}.first.w`], w[`layer${l}.first.b`]));
        h = relu(affine(hidden, w[`layer${l}.second.w`], w[`layer${l}.second.b`]));
      }
      return readout(pool === "mean" ? meanOver(h, 1) : np.sum(h, 1), readoutLayers, w);
    },
  };
}
