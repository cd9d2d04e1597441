/** Sizes at which studies run `frame-parity`. */

import type { Settings } from "../settings.ts";

export const settings: Settings = {
  // one hidden layer and a linear output, as in the published constructions
  matrix: {
    columns: [{ params: { group: "cyclic:16", k: 6 }, train: { layers: 1, readoutLayers: 0, width: 128 } }],
  },
  lead: { params: { group: "cyclic:32", k: 6 }, train: { layers: 1, readoutLayers: 0, width: 64 } },
  // 1000 x 8321 queries against 2.1e7 certified for batches of 256; the frame turns the largest |x_i| to the front
  failing: [
    {
      params: { group: "cyclic:128", k: 6, frame: "sort-abs" },
      train: { layers: 1, readoutLayers: 0, width: 64, lr: 4e-3, steps: 1000, batch: 256 },
    },
  ],
  transition: {
    sizeLabel: "points n of the cyclic group (Reynolds)",
    orderLabel: "order k",
    sizes: [8, 16, 32],
    orders: [2, 4, 6],
    params: (n, k) => ({ group: `cyclic:${n}`, k }),
    train: { layers: 1, readoutLayers: 0, lr: 2e-3, stopAt: 0.99, width: 64, steps: 4000, batch: 128 },
  },
  certified: [
    { group: "cyclic:12", k: 4 },
    { group: "cyclic:64", k: 6 },
    { group: "cyclic:1024", k: 10 },
    { group: "symmetric:64", k: 6 },
    { group: "symmetric:64", k: 6, frame: "sort-abs" },
  ],
};
