/**
 * Rotations and reflections of an n-gon's corners: order 2n for n >= 3. On one or two points reflections coincide
 * with rotations, so as permutation groups dihedral:1 is trivial and dihedral:2 has order 2.
 */

import type { Level } from "../chain.ts";
import { mergeTerms } from "../cycle-index.ts";
import type { NamedGroup } from "../named-group.ts";
import type { Permutation } from "../permutation.ts";
import { cyclic, rotation, rotationLevel } from "./cyclic.ts";

/** i -> -i mod n. */
function reflection(n: number): Permutation {
  return Int32Array.from({ length: n }, (_, i) => (n - i) % n);
}

/** What fixes 0: the identity and the reflection, seen at the point 1. */
function reflectionLevel(n: number): Level {
  return {
    point: 1,
    size: 2,
    at: (index) => (index === 0 ? 1 : n - 1),
    has: (point) => point === 1 || point === n - 1,
    representative(target, out) {
      for (let i = 0; i < n; i++) out[i] = target === 1 ? i : (n - i) % n;
    },
  };
}

export const dihedral: NamedGroup = {
  kind: "dihedral",
  documentation:
    "dihedral:n, rotations and reflections of n points on a circle (order 2n; 1 and 2 for n = 1, 2)",
  maximum: 1_000_000,
  order: (n) => (n <= 2 ? BigInt(n) : 2n * BigInt(n)),
  generators: (n) => (n <= 2 ? cyclic.generators(n) : [rotation(n, 1), reflection(n)]),
  levels: (n) => (n <= 2 ? cyclic.levels(n) : [rotationLevel(n), reflectionLevel(n)]),
  abelian: (n) => n <= 2,
  transitive: () => true,
  cycleTypes: (n) => cyclic.cycleTypes(n) + 2,
  cycleIndex(n) {
    const rotations = cyclic.cycleIndex(n);
    if (n <= 2) return rotations;
    const half = BigInt(n) / 2n;
    const reflections =
      n % 2 === 1
        ? [
            {
              cycles: [
                [1, 1],
                [2, (n - 1) / 2],
              ] as const,
              count: BigInt(n),
            },
          ]
        : [
            { cycles: [[2, n / 2]] as const, count: half },
            {
              cycles: [
                [1, 2],
                [2, (n - 2) / 2],
              ] as const,
              count: half,
            },
          ];
    return { degree: n, order: 2n * BigInt(n), terms: mergeTerms([...rotations.terms, ...reflections]) };
  },
};
