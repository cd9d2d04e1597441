/** How the sums that the nodes of a graph aggregate correlate: what its inner products are sums over. */

import { range } from "../../base/range.ts";
import { commonDivisor } from "../../numeric/integers.ts";
import type { Graph } from "../parameter/graph-parameter.ts";
import type { Correlations } from "./polygon-series.ts";

/**
 * The correlations of the sums that the nodes aggregate: C = A A^T, r_ij = C_ij / sqrt(C_ii C_jj) with weight
 * sqrt(C_ii C_jj), equal ones gathered (compared as exact fractions). Nodes without edges add nothing.
 */
export function correlationsOf({ n, adjacency }: Graph): Correlations {
  const nodes = range(n);
  const neighbours = nodes.map((i) => nodes.filter((j) => adjacency[i * n + j] === 1));
  const degrees = neighbours.map((list) => list.length);
  const groups = new Map<string, { correlation: number; weight: number }>();
  for (let i = 0; i < n; i++) {
    const common = new Int32Array(n);
    for (const j of neighbours[i]) for (const l of neighbours[j]) common[l]++;
    for (let j = 0; j < n; j++) {
      if (common[j] === 0) continue;
      const [num, den] = [common[j] ** 2, degrees[i] * degrees[j]];
      const divisor = commonDivisor(num, den);
      const name = `${num / divisor}/${den / divisor}`;
      const group = groups.get(name) ?? { correlation: num === den ? 1 : Math.sqrt(num / den), weight: 0 };
      group.weight += Math.sqrt(den);
      groups.set(name, group);
    }
  }
  return [...groups.values()].sort((a, b) => b.correlation - a.correlation);
}
