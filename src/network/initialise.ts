/** Initial weights. */

import { foldIn, normals, type Key } from "../base/random.ts";
import type { Network, Weights } from "./network.ts";

/**
 * He initialisation for relu networks (He et al. 2015): every entry of a weight is normal with variance 2 / fan-in,
 * biases are 0. Each weight has a stream of its own, named by it, so that none depends on the others' sizes.
 */
export function initialise(network: Pick<Network, "weights" | "fanIn">, key: Key): Weights {
  return Object.fromEntries(
    Object.entries(network.weights).map(([name, shape]) => {
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
      const fanIn = network.fanIn[name];
      if (fanIn === undefined) return [name, values];
      const scale = Math.sqrt(2 / fanIn);
      return [name, normals(foldIn(key, name), values).map((z) => scale * z)];
    }),
  );
}
