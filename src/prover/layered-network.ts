/** Deep networks of searched classes as jax-js functions, for the search and the certifier's own samples. */

import { numpy as np } from "../engine/lower/jax.ts";
import { constant, relu } from "../engine/train/loss.ts";
import { plainEncoding, type Network } from "../network/network.ts";
import { architectureOf, matrixSize, weightShapes, type Layer, type Layered } from "./layered.ts";

/** The network of these layers; its weights lie as `layered.ts` has them. */
export function layeredNetwork(layered: Layered): Network {
  const { points, features, layers } = layered;
  const shapes = weightShapes(layered);
  const names = Object.keys(shapes.weights);
  const gathered = layers.map(gather);
  return {
    architecture: architectureOf(layered),
    inputs: { x: [points, features] },
    ...shapes,
    encode: plainEncoding,
    forward(w, { x }) {
      let h = x;
      for (const [l, { outputs, relu: bent }] of layers.entries()) {
        const matrix = w[names[2 * l]].reshape([-1, outputs]);
        h = np.add(np.matmul(gathered[l](h), matrix), w[names[2 * l + 1]]);
        if (bent) h = relu(h);
      }
      return h.reshape([-1]);
    },
  };
}

/**
 * (members, weights) -> (members): the squares of Lipschitz constants, but that of a matrix W the norm is replaced by
 * (tr (W^T W)^4)^(1/8), which is smooth and a little larger.
 * @param gains of every layer, the square of its maps' norm
 */
export function squaredStretch(
  { layers }: Layered,
  gains: readonly number[],
): (weights: np.Array) => np.Array {
  const cuts = layers.flatMap((layer) => [matrixSize(layer), layer.outputs]);
  const ends = cuts.map((_, i) => cuts.slice(0, i + 1).reduce((a, b) => a + b)).slice(0, -1);
  return (weights) => {
    const [members] = weights.shape;
    const parts = np.split(weights, ends, 1);
    return layers
      .map(({ outputs }, l) => {
        const w = parts[2 * l].reshape([members, -1, outputs]);
        const gram = np.matmul(np.transpose(w.ref, [0, 2, 1]), w);
        const square = np.matmul(gram.ref, gram);
        const fourth = np.sum(square.ref.mul(square), [1, 2]);
        return np.sqrt(np.sqrt(fourth)).mul(constant(gains[l], fourth.dtype));
      })
      .reduce((a, b) => a.mul(b));
  };
}

/** (batch, points, f) -> (batch, points', maps * f): what all maps show of the points, by one matrix on the right. */
function gather({ maps }: Layer): (h: np.Array) => np.Array {
  const rows = maps[0].length;
  return (h) => {
    const [batch, points, features] = h.shape;
    const data = new Float32Array(points * maps.length * rows);
    for (const [o, map] of maps.entries())
      for (const [i, parts] of map.entries())
        for (const { at, times } of parts) data[(at * maps.length + o) * rows + i] += times;
    const matrix = np.array(data, { dtype: h.dtype, shape: [points, maps.length * rows] });
    const shown = np.matmul(np.transpose(h, [0, 2, 1]), matrix);
    return np
      .transpose(shown.reshape([batch, features, maps.length, rows]), [0, 3, 2, 1])
      .reshape([batch, rows, maps.length * features]);
  };
}
