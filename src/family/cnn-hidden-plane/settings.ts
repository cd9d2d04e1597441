/** Sizes at which studies run `cnn-hidden-plane`. */

import type { Settings } from "../settings.ts";

export const settings: Settings = {
  // one hidden layer and a linear output, as in the published constructions
  matrix: { params: { group: "cyclic:16", k: 6 }, train: { layers: 1, readoutLayers: 0, width: 128 } },
  lead: { params: { group: "cyclic:32", k: 6 }, train: { layers: 1, readoutLayers: 0, width: 128 } },
  transition: {
    sizeLabel: "points n of the cyclic group",
    orderLabel: "order k",
    sizes: [8, 16, 32, 64],
    orders: [2, 4, 6],
    params: (n, k) => ({ group: `cyclic:${n}`, k }),
    train: { layers: 1, readoutLayers: 0, lr: 2e-3, stopAt: 0.99, width: 128, steps: 4000, batch: 128 },
  },
  certified: [
    { group: "cyclic:16", k: 4 },
    { group: "cyclic:32", k: 4 },
    { group: "cyclic:64", k: 4 },
    { group: "dihedral:32", k: 4 },
  ],
};
