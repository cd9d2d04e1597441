/** Which students' signals of hidden planes have a closed form: networks of one relu layer whose biases are 0. */

import type { Network, Weights } from "../../network/network.ts";
import { planeSignal, type NeuronNorms, type PlaneSignalOptions } from "./plane-signal.ts";

/** The signal of gradients at given weights, in closed form. */
export interface ClosedSignal {
  readonly phi: number;
  /** The same of gradients less their means. */
  readonly centred: number;
  /** `weights`: exact at these weights; `directions`: in the mean over the directions of the first layer's weights. */
  readonly exact: "weights" | "directions";
  /** A / B of the weights, on which the signal depends. */
  readonly ratio: number;
}

/**
 * A and B of one relu layer on the whole input and a linear output; null for another network or other biases than 0.
 */
function neuronNorms({ weights: shapes }: Network, weights: Weights): NeuronNorms | null {
  const [first, bias, ...rest] = Object.keys(shapes);
  const [inputs, width] = shapes[first];
  const oneLayer = first.endsWith(".w") && bias.endsWith(".b") && rest.join() === "out.w,out.b";
  if (!oneLayer || shapes[first].length !== 2 || shapes["out.w"][0] !== width) return null;
  if ([...weights[bias], ...weights["out.b"]].some((b) => b !== 0)) return null;
  const squares = (x: Float32Array): number => x.reduce((sum, value) => sum + value * value, 0);
  return { weights: squares(weights[first]) / inputs, outputs: squares(weights["out.w"]) };
}

/** The signal of such a network, as it is with its biases; null where it has no closed form. */
export function closedSignal(
  network: Network,
  weights: Weights,
  options: Pick<PlaneSignalOptions, "d" | "k" | "targets" | "averaged">,
): ClosedSignal | null {
  const norms = neuronNorms(network, weights);
  if (norms === null || !(norms.outputs > 0)) return null;
  const { phi, centred } = planeSignal({ ...options, norms, biases: true });
  return {
    phi,
    centred,
    exact: options.targets === undefined ? "weights" : "directions",
    ratio: norms.weights / norms.outputs,
  };
}
