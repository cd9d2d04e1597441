/** A multilayer perceptron on flat inputs: the non-symmetric student that symmetric ones are compared with. */

import { fanInOf, readout, readoutShapes } from "./layers.ts";
import { plainEncoding, type Network } from "./network.ts";

/** Sizes of a perceptron. */
export interface MlpOptions {
  /** Entries of one example. */
  readonly inputs: number;
  /** Hidden relu layers. */
  readonly layers: number;
  readonly width: number;
}

/** relu layers `readout1`, ..., `readoutL` of one width and a linear output with bias. */
export function mlp({ inputs, layers, width }: MlpOptions): Network {
  const weights = readoutShapes(inputs, layers, width);
  return {
    architecture: { network: "mlp", inputs, layers, width },
    inputs: { x: [inputs] },
    weights,
    fanIn: fanInOf(weights),
    encode: plainEncoding,
    encodeTraced: (examples) => ({ x: examples.reshape([-1, inputs]) }),
    forward: (w, { x }) => readout(x, layers, w),
  };
}
