/** Runs of `label-transform` on one node's hidden plane, with the recipe's training options. */

import { drawInstance } from "../../../src/family/draw.ts";
import { familyById } from "../../../src/family/registry.ts";
import { labelTransform } from "../../../src/learner/label-transform/learner.ts";

export const plane = familyById("gnn-hidden-plane");

interface Phase {
  readonly trainedOn: string;
  readonly steps: number;
  readonly explainedVariance: number;
  readonly curve: readonly { readonly step: number; readonly explainedVariance: number | null }[];
}
/** Of a record's details, what the tests read. */
export interface Phases {
  readonly first: Phase | null;
  readonly main: Phase;
}

const recipe = { layers: 1, readoutLayers: 0, width: 128, lr: 3e-3, batch: 256, steps: 6000 };

export async function learnTransformed(
  { d, k, ...options }: { d: number; k: number; [name: string]: unknown },
  seed: number,
) {
  const instance = drawInstance(plane, plane.parse({ n: 1, d, k }), seed);
  return labelTransform.learn({
    family: plane,
    instance,
    easy: false,
    seed,
    options: { ...recipe, ...options },
  });
}
