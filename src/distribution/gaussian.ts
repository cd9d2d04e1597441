/** Independent standard normals: the law of node features and signals. */

import { product } from "../base/product.ts";
import { normals } from "../base/random.ts";
import type { Law } from "./law.ts";

/** Examples of the given shape, every entry N(0, 1), as 32-bit floats. */
export function gaussian(shape: readonly number[]): Law {
  const size = product(shape);
  return {
    id: "gaussian",
    shape,
    sample: (key, count) => ({ count, shape, data: normals(key, new Float32Array(count * size)) }),
  };
}
