/** Sizes at which studies run `gnn-hidden-plane`. */

import type { Settings } from "../settings.ts";

export const settings: Settings = {
  // one hidden layer and a linear output, as in the published constructions
  matrix: {
    columns: [{ params: { n: 5, d: 32, k: 6 }, train: { layers: 1, readoutLayers: 0, width: 128 } }],
  },
  lead: { params: { n: 1, d: 64, k: 6 }, train: { layers: 1, readoutLayers: 0, width: 256 } },
  // 2000 x 8321 queries against 1.3e8 certified for batches of 256; on a graph
  failing: [
    {
      params: { n: 3, d: 128, k: 6, graph: "path" },
      train: { layers: 1, readoutLayers: 0, width: 64, steps: 2000, batch: 256 },
    },
  ],
  transition: {
    sizeLabel: "feature dimension d (one node)",
    orderLabel: "order k",
    sizes: [16, 32, 64, 128, 256],
    orders: [2, 4, 6],
    params: (d, k) => ({ n: 1, d, k }),
    train: { layers: 1, readoutLayers: 0, lr: 2e-3, stopAt: 0.99, width: 128, steps: 4000, batch: 256 },
    beside: { learner: "label-transform", label: "hard, square first" },
  },
  certified: [
    { d: 16, k: 4 },
    { d: 64, k: 4 },
    { d: 256, k: 4 },
    { d: 256, k: 6 },
    { d: 1_000_000, k: 6 },
    { d: 16, k: 4, count: 200 },
  ],
};
