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
    sample(key, count, into) {
      // memory that is new costs a third more, page by page
      const known = into?.data instanceof Float32Array && into.data.length === count * size;
      const room = known ? (into.data as Float32Array) : new Float32Array(count * size);
      return { count, shape, data: normals(key, room) };
    },
  };
}
