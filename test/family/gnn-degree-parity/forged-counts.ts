/** Laws of parity vectors as a forger writes them, coherent in themselves. */

import { numberAbove, rational } from "../../../src/numeric/rational.ts";
import type { CountEvidence } from "../../../src/family/gnn-degree-parity/evidence.ts";

type Counts = readonly (readonly [vector: number, count: bigint])[];

/** The evidence with everything that follows from the counts; the correlations are bounded by 1. */
export function withCounts(counts: Counts): Omit<CountEvidence, "kind"> {
  const total = counts.reduce((sum, [, x]) => sum + x, 0n);
  const best = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
  return {
    maxParityVectorProbability: numberAbove(rational(best[1], total)),
    likeliest: best[0],
    maxAbsCorrelation: 1,
    total: `${total}`,
    counts: counts.map(([v, x]) => [v, `${x}`]),
  };
}

/** Five vectors that lead from reachable vectors to reachable ones: pairs of degrees of the same parity, 0 and n-1 aside. */
const spanning = [[1, 3], [3, 5], [5, 7], [2, 4], [4, 6]].map(([i, j]) => (1 << i) | (1 << j)); // prettier-ignore

/**
 * Moves an equal share of graphs from each vector of the likeliest one's coset of a subgroup of 32, as many as the least count
 * there allows over `part`, to those of the rarest one's; then the same of the next likeliest, as often as it helps. (n >= 9)
 */
export function lowered(n: number, counts: Counts, part: bigint): [number, bigint][] {
  const table = new Map(counts);
  const subgroup = [0];
  for (const v of spanning) subgroup.push(...subgroup.map((x) => x ^ v));
  for (let round = 0; round < n; round++) {
    const byCount = [...table].sort(([, x], [, y]) => (x < y ? 1 : -1)).map(([v]) => v);
    const top = subgroup.map((x) => x ^ byCount[0]);
    const rarest = byCount.findLast((v) => !top.includes(v)) ?? byCount[0];
    const rare = subgroup.map((x) => x ^ rarest);
    const least = top.map((v) => table.get(v) ?? 0n).reduce((a, b) => (a < b ? a : b));
    const amount = (least - 1n) / part;
    for (const v of top) table.set(v, (table.get(v) ?? 0n) - amount);
    for (const v of rare) table.set(v, (table.get(v) ?? 0n) + amount);
  }
  return [...table].sort(([v], [w]) => v - w);
}
