/**
 * How long fitting the reduction's network takes on random 3-uniform hypergraphs around the 2-colourability
 * threshold, where such instances are hardest: between 1.5 and 2.2 hyperedges a vertex, in experiments about 2.1
 * (Achlioptas, Chtcherba, Istrate and Moore 2001, for not-all-equal 3-SAT). A worst-case theorem says nothing about
 * single instances: the times are measurements.
 */

import * as z from "zod/mini";
import { keyFor } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { randomHypergraph } from "../../reduction/hypergraph.ts";
import { reduce } from "../../reduction/reduce.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { ReductionTime } from "./study.ts";

export interface ReductionTimesOptions {
  /** Numbers of vertices. */
  readonly vertices: readonly number[];
  /** Hyperedges a vertex. */
  readonly densities: readonly number[];
  /** Instances for every pair of those. */
  readonly instances: number;
  /** Seconds given to the solver for one instance. */
  readonly timeLimit: number;
  readonly seed: number;
}

/** One row an instance, smallest hypergraphs first; stops between instances when the signal aborts. */
export async function reductionTimes(
  { vertices, densities, instances, timeLimit, seed }: ReductionTimesOptions,
  { signal, onRow }: { signal?: AbortSignal; onRow?: (row: ReductionTime) => void } = {},
): Promise<ReductionTime[]> {
  const rows: ReductionTime[] = [];
  // the first solves compile the solver: not part of any measured time
  for (let i = 0; i < 3; i++)
    await reduce(randomHypergraph(keyFor("warm-up", i), 20, 40, 3), { form: "stars", timeLimit });
  for (const n of [...vertices].sort((a, b) => a - b))
    for (const density of densities)
      for (let instance = 0; instance < instances; instance++) {
        if (signal?.aborted) return rows;
        const edges = Math.round(density * n);
        const drawn = randomHypergraph(keyFor("hypergraph", n, edges, instance, seed), n, edges, 3);
        const start = performance.now();
        const { fittable } = await reduce(drawn, { form: "stars", timeLimit });
        const seconds = (performance.now() - start) / 1000;
        rows.push({ vertices: n, edges, density, instance, seconds, fittable });
        onRow?.(rows[rows.length - 1]);
      }
  return rows;
}

const schema = z.strictObject({
  vertices: z.array(integer(3, 1000)).check(z.minLength(1)),
  densities: z.array(z.number().check(z.gt(0), z.lte(20))).check(z.minLength(1)),
  instances: integer(1, 1000),
  timeLimit: z.number().check(z.gt(0), z.lte(86_400)),
  seed: integer(0, Number.MAX_SAFE_INTEGER),
});

/**
 * The same as a recipe: instances in the result; times, and answers that a time limit may cut off, as a measurement.
 */
export const reductionTimesRecipe: Recipe = async (given, { signal, onProgress }) => {
  const options = parseWith(schema, given, "reduction times");
  const total = options.vertices.length * options.densities.length * options.instances;
  let done = 0;
  const rows = await reductionTimes(options, {
    ...(signal === undefined ? {} : { signal }),
    onRow: () => onProgress?.("reduction", ++done / total),
  });
  signal?.throwIfAborted();
  const instances = rows.map(({ vertices, edges, density, instance }) => ({
    vertices,
    edges,
    density,
    instance,
  }));
  return { instances, measurement: { times: rows } };
};
