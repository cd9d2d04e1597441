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

/** Five pairs of common degrees of the same parity: they lead from reachable vectors to reachable and likely ones. */
function spanning(n: number): number[] {
  const middle = Math.floor((n - 1) / 2);
  return [-3, -2, -1, 0, 1].map((from) => 0b101 << (middle + from));
}

/**
 * Moves an equal share of graphs from each vector of the likeliest one's coset of a subgroup of 32, as many as the least count
 * there allows over `part`, to those of the rarest one's; then the same of the next likeliest, as often as it helps. (n >= 10)
 */
export function lowered(n: number, counts: Counts, part: bigint): [number, bigint][] {
  const table = new Map(counts);
  const subgroup = [0];
  for (const v of spanning(n)) subgroup.push(...subgroup.map((x) => x ^ v));
  for (let round = 0; round < n; round++) {
    const byCount = [...table].sort(([, x], [, y]) => (x < y ? 1 : -1)).map(([v]) => v);
    const [top, rare] = [byCount[0], byCount[byCount.length - 1]].map((v) => subgroup.map((x) => x ^ v));
    if (top.includes(rare[0])) break;
    const least = top.map((v) => table.get(v) ?? 0n).reduce((a, b) => (a < b ? a : b));
    const amount = (least - 1n) / part;
    for (const v of top) table.set(v, (table.get(v) ?? 0n) - amount);
    for (const v of rare) table.set(v, (table.get(v) ?? 0n) + amount);
  }
  return [...table].sort(([v], [w]) => v - w);
}
