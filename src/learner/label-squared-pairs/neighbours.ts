/**
 * Sets that differ from the hidden one in a single point and lie in its orbit: what x_a x_b over orbits of pairs
 * counts. Only some sets have such neighbours; where they do, the statistic is of degree 2 and so the first to speak.
 */

import { subsetOrbit } from "../../symmetry/actions.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import type { OrbitCounts, SetOrbits } from "./orbit-counts.ts";

/** For each orbit of pairs, how many sets of the orbit of `set` differ from it by a pair of that orbit. */
export function neighbours(
  group: PermutationGroup,
  set: ArrayLike<number>,
  { n, sizes, labels }: SetOrbits,
): Float64Array {
  const counts = new Float64Array(sizes.length);
  const own = new Set(Array.from(set));
  for (const other of subsetOrbit(group, set)) {
    const added = Array.from(other).filter((i) => !own.has(i));
    if (added.length !== 1) continue;
    const [b] = added;
    const a = [...own].find((i) => !other.includes(i))!;
    counts[labels[Math.min(a, b) * n + Math.max(a, b)]]++;
  }
  return counts;
}

/** Sum over orbits of ((count - estimate) / error)^2, beside that of no neighbour at all. */
export const neighbourMisfit = (
  group: PermutationGroup,
  set: ArrayLike<number>,
  found: OrbitCounts,
): number =>
  neighbours(group, set, found).reduce(
    (sum, count, i) => sum + (count * (count - 2 * found.counts[i])) / found.errors[i] ** 2,
    0,
  );
