/**
 * Recognises the symmetric and alternating groups among groups given by generators, with a proof.
 *
 * Jordan's theorem: a transitive group of degree n with an element that has a cycle of prime length p,
 * n/2 < p < n - 2, contains the alternating group (p > n/2 makes it primitive, and a power of the element is a
 * p-cycle). About ln 2/ln n of the elements of such a group show a cycle like that (Seress 2003, section 10.2).
 */

import { keyFor, stream } from "../base/random.ts";
import { orbits } from "./orbits.ts";
import { cycleType, sign, type Permutation } from "./permutation.ts";
import { productReplacement } from "./product-replacement.ts";

const TRIES = 80;

/** Which giant <generators> is; undefined if it is none or was not recognised. */
export function giantGenerated(
  generators: readonly Permutation[],
  degree: number,
): "symmetric" | "alternating" | undefined {
  if (degree < 8 || generators.length === 0 || orbits(generators, degree).length > 1) return undefined;
  const draw = productReplacement(generators, stream(keyFor("giants")));
  for (let i = 0; i < TRIES; i++)
    if (hasJordanCycle(draw(), degree))
      return generators.every((g) => sign(g) === 1) ? "alternating" : "symmetric";
  return undefined;
}

/** Whether g has a cycle of prime length strictly between n/2 and n - 2. */
export function hasJordanCycle(g: Permutation, degree: number): boolean {
  return cycleType(g).some(([length]) => 2 * length > degree && length < degree - 2 && isPrime(length));
}

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return n > 1;
}
