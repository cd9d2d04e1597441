/** Sizes at which studies run `gnn-degree-parity`. */

import type { Settings } from "../settings.ts";

export const settings: Settings = {
  matrix: { columns: [{ params: { n: 12 }, train: {} }] },
  lead: { params: { n: 15 }, train: {} },
  certified: [{ n: 6 }, { n: 10 }, { n: 100, edges: "directed" }, { n: 10_000, edges: "directed" }],
};
