/** Graphs by their edges. */

import { reject } from "../base/errors.ts";
import { mostNodes, type DenseGraph } from "./graph6.ts";

/**
 * @param n nodes, numbered from 0
 * @param directed whether (a, b) is the edge from a to b alone
 * @throws InputError for more than 500 nodes and for ends that are none of them
 */
export function graphOfEdges(
  n: number,
  edges: readonly (readonly [number, number])[],
  { directed, where }: { directed: boolean; where: string },
): DenseGraph {
  if (!(Number.isInteger(n) && n >= 1 && n <= mostNodes))
    reject({ where, what: `a graph of ${n} nodes`, allowed: `1 to ${mostNodes}` });
  const adjacency = new Uint8Array(n * n);
  const isNode = (v: number): boolean => Number.isInteger(v) && v >= 0 && v < n;
  for (const [a, b] of edges) {
    if (!isNode(a) || !isNode(b))
      reject({ where, what: `an edge (${String(a)}, ${String(b)})`, allowed: `nodes 0 to ${n - 1}` });
    adjacency[a * n + b] = 1;
    if (!directed) adjacency[b * n + a] = 1;
  }
  return { n, adjacency };
}
