/** Hidden planes in 256 features, on three graphs, and how students are trained there. */

import type { JsonObject } from "../../base/checked.ts";
import { gnnHiddenPlane } from "../../family/gnn-hidden-plane/index.ts";
import { failingCell, type FailingCell } from "../comparison/cells.ts";

const layers = { layers: 1, readoutLayers: 0 } as const;
export const batches = { ...layers, width: 128, steps: 2000, batch: 256, stopAt: 0.99 } as const;
/** Noise and ball so that the theorem's bound is far below 1 and the easy twin is learned all the same. */
export const noisy = { ...layers, width: 16, steps: 1000, lr: 5e-3, gradientNoise: 0.05, ball: 8 } as const;

export interface Setting {
  /** In words. */
  readonly at: string;
  readonly params: JsonObject;
}

const at = (words: string, own: JsonObject): Setting => ({
  at: words,
  params: gnnHiddenPlane.parse({ d: 256, k: 6, ...own }).json,
});
export const path = at("path of 3 nodes", { n: 3, graph: "path" });
export const single = at("one node", { n: 1 });
export const complete = at("complete graph on 5 nodes", { n: 5, graph: "complete" });

/** One node, as a cell around which one thing is changed. */
export const certifiedCell: FailingCell = failingCell(gnnHiddenPlane, {
  params: { n: 1, d: 256, k: 6 },
  train: batches,
});
