/**
 * The NP-hardness reduction on instances small enough to try every colouring: fitting the graph network has to be
 * possible just where the hypergraph is 2-colourable.
 */

import * as z from "zod/mini";
import { keyFor } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { isProper, randomHypergraph, type Hypergraph } from "../../reduction/hypergraph.ts";
import { reduce } from "../../reduction/reduce.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { ReductionInstance } from "./study.ts";

/** Seven points, seven lines of three, every two of which meet: the least 3-uniform one that is not 2-colourable. */
export const fano: Hypergraph = {
  vertices: 7,
  edges: [
    [0, 1, 2],
    [0, 3, 4],
    [0, 5, 6],
    [1, 3, 5],
    [1, 4, 6],
    [2, 3, 6],
    [2, 4, 5],
  ],
};

const schema = z.strictObject({
  vertices: integer(3, 16),
  /** Hyperedges a vertex. */
  densities: z.array(z.number().check(z.gt(0), z.lte(20))).check(z.minLength(1)),
  instances: integer(1, 1000),
  seed: integer(0, Number.MAX_SAFE_INTEGER),
});

/** Whether one of all 2^vertices colourings is proper: independent of the reduction and of its solver. */
export function colourable(hypergraph: Hypergraph): boolean {
  const { vertices } = hypergraph;
  for (let mask = 0; mask < 2 ** vertices; mask++) {
    const colours = Array.from({ length: vertices }, (_, v) => (mask >> v) & 1);
    if (isProper(hypergraph, colours)) return true;
  }
  return false;
}

/** Seconds for one instance: ample, so that what the solver answers does not depend on the machine. */
const TIME_LIMIT = 60;

export const reductionInstances: Recipe = async (given, { signal, onProgress }) => {
  const { vertices, densities, instances, seed } = parseWith(schema, given, "reduction instances");
  const drawn = densities.flatMap((density) =>
    Array.from({ length: instances }, (_, i) => {
      const edges = Math.round(density * vertices);
      return randomHypergraph(keyFor("hypergraph", vertices, edges, i, seed), vertices, edges, 3);
    }),
  );
  const found: ReductionInstance[] = [];
  for (const hypergraph of [fano, ...drawn]) {
    signal?.throwIfAborted();
    const { fittable } = await reduce(hypergraph, { form: "stars", timeLimit: TIME_LIMIT });
    found.push({
      vertices: hypergraph.vertices,
      edges: hypergraph.edges.length,
      fittable,
      colourable: colourable(hypergraph),
    });
    onProgress?.("reduction", found.length / (drawn.length + 1));
  }
  return { instances: found };
};
