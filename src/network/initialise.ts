/** Initial weights. */

import { product } from "../base/product.ts";
import { foldIn, normals, uniforms, type Key } from "../base/random.ts";
import type { Network, Weights } from "./network.ts";

/**
 * He initialisation for relu networks (He et al. 2015, section 2.2): every entry of a weight matrix is normal with
 * variance 2 / fan-in, the fan-in being all that enters a unit. Biases (`*.b`) are uniform within 1 / sqrt(fan-in), as
 * in PyTorch's linear layers: with biases of 0 every unit on a scalar feature, a node's degree, would have its kink at
 * the same point, and the first layer would start as only two functions. A weight without a fan-in starts at 0. Each
 * weight has a stream of its own, named by it, so that none depends on the others' sizes.
 */
export function initialise(network: Pick<Network, "weights" | "fanIn">, key: Key): Weights {
  return Object.fromEntries(
    Object.entries(network.weights).map(([name, shape]) => {
      const values = new Float32Array(product(shape));
      const fanIn = network.fanIn[name];
      if (fanIn === undefined) return [name, values];
      const stream = foldIn(key, name);
      return name.endsWith(".b")
        ? [name, uniforms(stream, values).map((u) => (2 * u - 1) / Math.sqrt(fanIn))]
        : [name, normals(stream, values).map((z) => z * Math.sqrt(2 / fanIn))];
    }),
  );
}
