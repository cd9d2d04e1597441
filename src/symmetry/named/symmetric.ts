/** All permutations of n points. */

import type { Level } from "../chain.ts";
import { factorial, partitionCount, partitionIndex } from "../cycle-index.ts";
import type { NamedGroup } from "../named-group.ts";
import { identity } from "../permutation.ts";
import { rotation } from "./cyclic.ts";

/** Fixing 0..point-1, a transposition takes `point` to any point from it on. */
function transpositionLevel(n: number, point: number): Level {
  return {
    point,
    size: n - point,
    at: (index) => point + index,
    has: (target) => target >= point && target < n,
    representative(target, out) {
      for (let i = 0; i < n; i++) out[i] = i;
      out[point] = target;
      out[target] = point;
    },
  };
}

export const symmetric: NamedGroup = {
  kind: "symmetric",
  documentation: "symmetric:n, all permutations of n points (order n!)",
  maximum: 4096,
  order: factorial,
  generators(n) {
    if (n === 1) return [];
    const swap = identity(n);
    [swap[0], swap[1]] = [1, 0];
    return n === 2 ? [swap] : [swap, rotation(n, 1)];
  },
  levels: (n) => Array.from({ length: n - 1 }, (_, point) => transpositionLevel(n, point)),
  abelian: (n) => n <= 2,
  transitive: () => true,
  cycleTypes: partitionCount,
  cycleIndex: (n) => partitionIndex(n, false),
  orbitsOnSubsets: () => 1n,
  // k cells touch at most k rows: they can be moved into the first k, and nothing is gained from the others.
  symmetricDegreeFor: (n, k) => Math.max(1, Math.min(n, k)),
};
