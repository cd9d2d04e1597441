/** What learners without a network read of `cnn-hidden-plane`: the columns of X under the group. */

import { hermite } from "../../numeric/orthonormal.ts";
import type { InputVectors } from "../vectors.ts";
import type { CnnPlaneInstance } from "./family.ts";

export function vectors({ params, law }: CnnPlaneInstance): InputVectors {
  const [dimension, columns] = law.shape;
  return {
    dimension,
    vectors: columns,
    law: hermite,
    generators: params.values.group.generators,
    read({ data, count }) {
      const out = new Float64Array(data.length);
      for (let s = 0, at = 0; s < count; s++)
        for (let j = 0; j < dimension; j++)
          for (let v = 0; v < columns; v++) out[(s * columns + v) * dimension + j] = data[at++];
      return out;
    },
  };
}
