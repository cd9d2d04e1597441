/** A multilayer perceptron on features of the examples, in place of the examples themselves. */

import { encodeFeatures, type Features } from "./features.ts";
import { mlp } from "./mlp.ts";
import type { Network } from "./network.ts";

/** Sizes of the perceptron. */
export interface FeatureMlpOptions {
  /** Hidden relu layers. */
  readonly layers: number;
  readonly width: number;
}

/**
 * The perceptron on these features. It can be encoded by arrays alone where the features can.
 * @param named what tells it from other perceptrons, its name included
 */
export function featureMlp(
  features: Features,
  { layers, width }: FeatureMlpOptions,
  named: Network["architecture"],
): Network {
  const { encode: _, encodeTraced: __, ...plain } = mlp({ inputs: features.size, layers, width });
  return {
    ...plain,
    architecture: { ...plain.architecture, ...named },
    ...encodeFeatures(features, "x"),
  };
}
