/** Sizes at which studies run `frame-parity`. */

import type { Settings } from "../settings.ts";

export const settings: Settings = {
  // one hidden layer and a linear output, as in the published constructions
  matrix: { params: { group: "cyclic:16", k: 6 }, train: { layers: 1, readoutLayers: 0, width: 128 } },
  lead: { params: { group: "cyclic:32", k: 6 }, train: { layers: 1, readoutLayers: 0, width: 128 } },
  transition: {
    sizeLabel: "points n of the cyclic group (Reynolds)",
    orderLabel: "order k",
    sizes: [8, 16, 32],
    orders: [2, 4, 6],
    params: (n, k) => ({ group: `cyclic:${n}`, k }),
    train: { layers: 1, readoutLayers: 0, lr: 2e-3, stopAt: 0.99, width: 128, steps: 4000, batch: 128 },
  },
  certified: [
    { group: "cyclic:12", k: 4 },
    { group: "cyclic:64", k: 6 },
    { group: "cyclic:1024", k: 10 },
    { group: "symmetric:64", k: 6 },
    { group: "symmetric:64", k: 6, frame: "sort-abs" },
  ],
};
