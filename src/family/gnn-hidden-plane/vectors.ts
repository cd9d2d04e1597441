/**
 * What learners without a network read of `gnn-hidden-plane`: the sums (A X)_i over a node's neighbours, divided by the
 * root of its degree, hence standard normal; one vector a node.
 */

import { hermite } from "../../numeric/orthonormal.ts";
import type { InputVectors } from "../vectors.ts";
import { graphOf, type HiddenPlaneInstance } from "./family.ts";

export function vectors(instance: HiddenPlaneInstance): InputVectors {
  const { n, adjacency } = graphOf(instance);
  const [, dimension] = instance.law.shape;
  const nodes = Array.from({ length: n }, (_, i) => {
    const neighbours = Array.from({ length: n }, (__, j) => j).filter((j) => adjacency[i * n + j] === 1);
    return { neighbours, scale: 1 / Math.sqrt(neighbours.length) };
  }).filter(({ neighbours }) => neighbours.length > 0);
  return {
    dimension,
    vectors: nodes.length,
    law: hermite,
    generators: [],
    read({ count, data }) {
      const out = new Float64Array(count * nodes.length * dimension);
      for (let s = 0, to = 0; s < count; s++)
        for (const { neighbours, scale } of nodes) {
          for (const j of neighbours)
            for (let a = 0, from = (s * n + j) * dimension; a < dimension; a++)
              out[to + a] += scale * data[from + a];
          to += dimension;
        }
      return out;
    },
  };
}
