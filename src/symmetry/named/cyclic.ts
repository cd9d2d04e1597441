/** Cyclic shifts of n points: i -> i + 1 mod n. */

import type { Level } from "../chain.ts";
import { divisors, mergeTerms, totient, uniformType } from "../cycle-index.ts";
import type { NamedGroup } from "../named-group.ts";
import type { Permutation } from "../permutation.ts";

/** Moves every point on by `by`, 0 <= by. */
export function rotation(n: number, by: number): Permutation {
  const out = new Int32Array(n);
  for (let i = 0; i < n; i++) out[i] = (i + by) % n;
  return out;
}

/** The orbit of 0 under rotations. */
export function rotationLevel(n: number): Level {
  return {
    point: 0,
    size: n,
    at: (index) => index,
    has: (point) => point >= 0 && point < n,
    representative(target, out) {
      for (let i = 0; i < n; i++) out[i] = i + target < n ? i + target : i + target - n;
    },
  };
}

export const cyclic: NamedGroup = {
  kind: "cyclic",
  documentation: "cyclic:n, shifts of n points (order n); cyclic:n with average pooling is a one-layer CNN",
  maximum: 1_000_000,
  order: (n) => BigInt(n),
  generators: (n) => (n === 1 ? [] : [rotation(n, 1)]),
  levels: (n) => (n === 1 ? [] : [rotationLevel(n)]),
  abelian: () => true,
  transitive: () => true,
  cycleTypes: (n) => divisors(n).length,
  cycleIndex: (n) => ({
    degree: n,
    order: BigInt(n),
    terms: mergeTerms(divisors(n).map((d) => ({ cycles: uniformType(d, n / d), count: BigInt(totient(d)) }))),
  }),
};
