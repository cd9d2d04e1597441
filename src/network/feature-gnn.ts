/**
 * A graph network on node features over one fixed graph (Kiani et al. 2024, hardness in the feature dimension):
 *
 *     h_1 = relu((A X) W + b),   h_l = relu(h_{l-1} W_self + A h_{l-1} W_neighbour + b),   pool over nodes,
 *     hidden relu layers, linear output.
 *
 * A X needs no weights and is worked out when examples are encoded. With mean pooling A is divided by the mean degree.
 */

import { lazy } from "../base/lazy.ts";
import type { Samples } from "../distribution/law.ts";
import { numpy as np } from "../engine/lower/jax.ts";
import { aggregation } from "./aggregate.ts";
import { edgeWeight, sumOver } from "./graph-input.ts";
import { affine, fanInOf, meanOver, readout, readoutShapes, relu, requireSizes } from "./layers.ts";
import { reuse, type Network } from "./network.ts";

/** The fixed graph, and sizes of the network. */
export interface FeatureGnnOptions {
  /** Row-major n x n of 0 and 1. */
  readonly adjacency: Uint8Array;
  readonly n: number;
  /** Features of a node. */
  readonly features: number;
  readonly layers: number;
  readonly width: number;
  readonly readoutLayers: number;
  /** `mean`: A over its mean degree, mean pooling; `sum`: A itself, sum pooling. */
  readonly pool: "mean" | "sum";
}

/**
 * The graph network on node features (n, features) over one fixed graph.
 * @throws InputError for sizes out of range
 */
export function featureGnn(options: FeatureGnnOptions): Network {
  requireSizes("featureGnn", options);
  const { adjacency, n, features, layers, width, readoutLayers, pool } = options;
  const mean = pool === "mean";
  const edge = edgeWeight(adjacency, n, pool);
  const neighbours = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => j).filter((j) => adjacency[i * n + j] === 1),
  );
  const aggregate = lazy(() => aggregation(neighbours, features, edge));
  const weights: Record<string, readonly number[]> = { "layer1.w": [features, width], "layer1.b": [width] };
  for (let l = 2; l <= layers; l++) {
    weights[`layer${l}.self`] = [width, width];
    // a single node has no neighbours
    if (n > 1) weights[`layer${l}.neighbour`] = [width, width];
    weights[`layer${l}.b`] = [width];
  }
  Object.assign(weights, readoutShapes(width, readoutLayers, width));
  const overNodes = sumOver(adjacency, n, edge);
  return {
    architecture: { network: "feature-gnn", n, features, layers, width, readoutLayers, pool },
    inputs: { aggregated: [n, features] },
    weights,
    fanIn: fanInOf(weights),
    encode(samples: Samples, into) {
      const aggregated = reuse(into, "aggregated", samples.data.length);
      aggregate()(samples.data, aggregated);
      return { aggregated };
    },
    encodeTraced: (examples) => ({ aggregated: overNodes(examples) }),
    forward(w, { aggregated }) {
      let h = relu(affine(aggregated, w["layer1.w"], w["layer1.b"]));
      for (let l = 2; l <= layers; l++) {
        const near = n > 1 ? np.matmul(overNodes(h.ref), w[`layer${l}.neighbour`]) : undefined;
        const own = np.matmul(h, w[`layer${l}.self`]);
        h = relu(np.add(near === undefined ? own : np.add(own, near), w[`layer${l}.b`]));
      }
      return readout(mean ? meanOver(h, 1) : np.sum(h, 1), readoutLayers, w);
    },
  };
}
