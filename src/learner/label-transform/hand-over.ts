/** What one phase hands to the next: the directions of the first layer, and nothing else. */

import { keyFor } from "../../base/random.ts";
import { initialise } from "../../network/initialise.ts";
import { firstLayer, type Network, type Weights } from "../../network/network.ts";

/** The output starts small against its initial weights, so that phase 2 does not begin by unlearning. */
const OUTPUT = 0.1;

/**
 * The first layer's columns, one a unit, at the length they have on average at the start (sqrt 2 where a unit reads one
 * matrix); every matrix above redrawn, that of the output smaller; no biases.
 */
export function handOver(network: Network, weights: Weights, seed: number): Weights {
  const first = firstLayer(network);
  const redrawn = initialise(network, keyFor("weights of the second phase", network.architecture, seed));
  return Object.fromEntries(
    Object.entries(network.weights).map(([name, shape]) => {
      if (name.endsWith(".b")) return [name, redrawn[name].fill(0)];
      if (name === "out.w") return [name, redrawn[name].map((w) => OUTPUT * w)];
      if (!first.includes(name)) return [name, redrawn[name]];
      const units = shape[shape.length - 1];
      const rows = weights[name].length / units;
      return [name, normalised(weights[name], units, Math.sqrt((2 * rows) / network.fanIn[name]))];
    }),
  );
}

/** The columns of a row-major matrix at one length; a column of zeros stays. */
function normalised(matrix: Float32Array, columns: number, length: number): Float32Array {
  const squares = new Float64Array(columns);
  matrix.forEach((w, i) => (squares[i % columns] += w * w));
  return matrix.map((w, i) =>
    squares[i % columns] > 0 ? (w * length) / Math.sqrt(squares[i % columns]) : 0,
  );
}
