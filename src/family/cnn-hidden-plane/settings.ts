/** Sizes at which studies run `cnn-hidden-plane`. */

import type { Settings } from "../settings.ts";

export const settings: Settings = {
  // one hidden layer and a linear output, as in the published constructions
  matrix: {
    columns: [{ params: { group: "cyclic:16", k: 6 }, train: { layers: 1, readoutLayers: 0, width: 128 } }],
  },
  lead: { params: { group: "cyclic:32", k: 6 }, train: { layers: 1, readoutLayers: 0, width: 64 } },
  // 500 x 1089 queries against 4.3e6 certified for batches of 128
  failing: [
    {
      params: { group: "cyclic:32", k: 10 },
      train: { layers: 1, readoutLayers: 0, width: 32, lr: 8e-3, steps: 500, batch: 128 },
    },
  ],
  transition: {
    sizeLabel: "points n of the cyclic group",
    orderLabel: "order k",
    sizes: [8, 16, 32],
    orders: [2, 4, 6],
    params: (n, k) => ({ group: `cyclic:${n}`, k }),
    train: { layers: 1, readoutLayers: 0, lr: 2e-3, stopAt: 0.99, width: 64, steps: 4000, batch: 128 },
  },
  certified: [
    { group: "cyclic:16", k: 4 },
    { group: "cyclic:32", k: 4 },
    { group: "cyclic:64", k: 4 },
    { group: "dihedral:32", k: 4 },
  ],
};
