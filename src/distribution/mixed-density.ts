/**
 * Graphs of many densities: G(n, p) with p drawn for each graph, 1/2 with a given probability and else uniform in
 * (0, 1). Where p is uniform, the number of edges is: each number is as likely as any other.
 */

import { stream, type Key } from "../base/random.ts";
import { wordsOf } from "./bit-rows.ts";
import { bernoulliFill, erdosRenyi, graphWriter, type GraphLaw } from "./erdos-renyi.ts";
import type { Law, Samples } from "./law.ts";
import { samplesOfRows } from "./samples.ts";

/** @param atHalf probability of p = 1/2, in [0, 1] */
export const mixedDensity = (graphs: Omit<GraphLaw, "p">, atHalf: number): Law => ({
  ...erdosRenyi({ ...graphs, p: 0.5 }),
  id: "mixed-density",
  sample: (key, count) => sampleMixed(key, graphs, atHalf, count),
});

function sampleMixed(key: Key, graphs: Omit<GraphLaw, "p">, atHalf: number, count: number): Samples {
  const source = stream(key);
  const write = graphWriter(graphs);
  const size = graphs.n * wordsOf(graphs.n);
  const rows = new Uint16Array(count * size);
  const degrees = new Uint16Array(graphs.n);
  for (let g = 0; g < count; g++) {
    const p = source.uniform() < atHalf ? 0.5 : source.uniform();
    write(bernoulliFill(source, p), rows.subarray(g * size, (g + 1) * size), degrees);
  }
  return samplesOfRows(rows, graphs.n);
}
