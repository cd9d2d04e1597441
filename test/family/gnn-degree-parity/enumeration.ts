/** All graphs on n nodes, by counting up: the slow, plain route that the fast ones are held against. */

import type { Edges } from "../../../src/distribution/erdos-renyi.ts";

/** Pairs (i, j) that may carry an edge i -> j (both ends of it where undirected). */
export function slots(n: number, edges: Edges): [number, number][] {
  const nodes = Array.from({ length: n }, (_, i) => i);
  return nodes.flatMap((i) =>
    nodes
      .filter((j) => (edges === "undirected" ? i < j : edges === "directed" ? i !== j : true))
      .map((j): [number, number] => [i, j]),
  );
}

/** Calls back with the (out-)degrees and the number of edges of every graph. */
export function forEachGraph(
  n: number,
  edges: Edges,
  visit: (degrees: readonly number[], count: number) => void,
): void {
  const all = slots(n, edges);
  const degrees = Array.from({ length: n }, () => 0);
  const recurse = (at: number, count: number): void => {
    if (at === all.length) return visit(degrees, count);
    recurse(at + 1, count);
    const [i, j] = all[at];
    degrees[i]++;
    if (edges === "undirected") degrees[j]++;
    recurse(at + 1, count + 1);
    degrees[i]--;
    if (edges === "undirected") degrees[j]--;
  };
  recurse(0, 0);
}

/** counts[v][k]: graphs with parity vector v (bit j: parity of the number of nodes of degree j) and k edges. */
export function parityCounts(n: number, edges: Edges): Map<number, Float64Array> {
  const counts = new Map<number, Float64Array>();
  const most = slots(n, edges).length;
  forEachGraph(n, edges, (degrees, count) => {
    let vector = 0;
    for (const d of degrees) vector ^= 1 << d;
    let row = counts.get(vector);
    if (row === undefined) counts.set(vector, (row = new Float64Array(most + 1)));
    row[count]++;
  });
  return counts;
}

/** The law of the parity vector at edge probability p, from those counts. */
export function lawAt(counts: Map<number, Float64Array>, p: number): Map<number, number> {
  return new Map(
    [...counts].map(([v, row]) => [
      v,
      row.reduce((sum, c, k) => sum + c * p ** k * (1 - p) ** (row.length - 1 - k), 0),
    ]),
  );
}

/** E chi_S under a law of parity vectors. */
export function characterOf(law: Iterable<[number, number]>, set: number): number {
  let sum = 0;
  for (const [v, x] of law) sum += ones(v & set) % 2 === 1 ? -x : x;
  return sum;
}

const ones = (word: number): number => {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
};
