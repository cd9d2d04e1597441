/**
 * Message passing on graphs given by their pairs of nodes, whatever number a pair has: the graph network with the
 * standardised matrix X for its adjacency, a node starting from its row's sum. It commutes with every permutation of
 * the nodes, and one example takes n^2 products a feature, where layers that commute on the pairs take n^4.
 */

import { gnn } from "../../network/gnn.ts";
import { reuse, type Network } from "../../network/network.ts";

/** Sizes of the network. */
export interface PairGnnOptions {
  /** Nodes. */
  readonly n: number;
  /** Whether an example has the pairs i < j alone, row by row; otherwise all n^2. */
  readonly undirected: boolean;
  readonly layers: number;
  readonly width: number;
  readonly readoutLayers: number;
}

/** @returns a network of examples whose coordinates are standardised pairs: sums over n of them are of order sqrt(n) */
export function pairGnn({ n, undirected, ...sizes }: PairGnnOptions): Network {
  // the law of the degrees is of use to the encoding alone, which is another here
  const law = { expectedDegree: 0, degreeSd: 1 };
  const network = gnn({ n, ...sizes, ...law, pool: "mean", distinctRows: false });
  const { weights, fanIn, inputs, forward } = network;
  const scale = 1 / Math.sqrt(n);
  return {
    architecture: { ...network.architecture, network: "pair-gnn", undirected },
    weights,
    fanIn,
    inputs,
    forward,
    encode({ count, data }, into) {
      const degree = reuse(into, "degree", count * n).fill(0);
      const adjacency = reuse(into, "adjacency", count * n * n).fill(0);
      for (let s = 0, at = 0; s < count; s++)
        for (let i = 0; i < n; i++)
          for (let j = undirected ? i + 1 : 0; j < n; j++, at++) {
            const x = scale * data[at];
            degree[s * n + i] += x;
            adjacency[(s * n + i) * n + j] = x;
            if (!undirected) continue;
            degree[s * n + j] += x;
            adjacency[(s * n + j) * n + i] = x;
          }
      return { degree, ...(sizes.layers > 1 ? { adjacency } : {}) };
    },
  };
}
