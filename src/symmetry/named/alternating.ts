/** Even permutations of n points. */

import type { Level } from "../chain.ts";
import { factorial, partitionCount, partitionIndex } from "../cycle-index.ts";
import type { NamedGroup } from "../named-group.ts";
import { identity } from "../permutation.ts";

/** Fixing 0..point-1, a 3-cycle takes `point` to any point from it on. */
function threeCycleLevel(n: number, point: number): Level {
  return {
    point,
    size: n - point,
    at: (index) => point + index,
    has: (target) => target >= point && target < n,
    representative(target, out) {
      for (let i = 0; i < n; i++) out[i] = i;
      if (target === point) return;
      const third = target === n - 1 ? n - 2 : n - 1;
      out[point] = target;
      out[target] = third;
      out[third] = point;
    },
  };
}

export const alternating: NamedGroup = {
  kind: "alternating",
  documentation: "alternating:n, even permutations of n points (order n!/2)",
  maximum: 4096,
  order: (n) => (n <= 1 ? 1n : factorial(n) / 2n),
  generators(n) {
    if (n <= 2) return [];
    const three = Int32Array.from({ length: n }, (_, i) => (i < 3 ? (i + 1) % 3 : i));
    if (n === 3) return [three];
    // An n-cycle is even for odd n; for even n the cycle on 1..n-1 is, and (0 1 2) joins 0 to it.
    const first = n % 2 === 1 ? 0 : 1;
    const long = identity(n).map((i) => (i < first ? i : i + 1));
    long[n - 1] = first;
    return [three, long];
  },
  levels: (n) => Array.from({ length: Math.max(0, n - 2) }, (_, point) => threeCycleLevel(n, point)),
  abelian: (n) => n <= 3,
  transitive: (n) => n !== 2,
  cycleTypes: partitionCount,
  cycleIndex: (n) => partitionIndex(n, true),
  // A k-subset's stabiliser in the symmetric group holds an odd element unless k <= 1 and n - k <= 1.
  orbitsOnSubsets: (n, k) => (n === 2 && k === 1 ? 2n : 1n),
  // With two untouched rows an odd permutation can be made even without moving a cell.
  symmetricDegreeFor: (n, k) => (n >= k + 2 ? Math.max(1, k) : undefined),
};
