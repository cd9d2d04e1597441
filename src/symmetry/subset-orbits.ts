/**
 * All orbits of a group on k-subsets: listed, for families small enough to have every member at hand, or only counted,
 * by joining every subset with its images under the generators.
 */

import { reject } from "../base/errors.ts";
import type { Stream } from "../base/random.ts";
import type { Progress } from "../base/progress.ts";
import { actOnSubset } from "./actions.ts";
import type { PermutationGroup } from "./groups.ts";

/** Most subsets that are run through. */
export const LISTED_SUBSETS_LIMIT = 1_000_000;
/** Most subsets that are joined, four bytes each, and most images of them that are formed. */
export const JOINED_SUBSETS_LIMIT = 50_000_000;
export const JOINED_IMAGES_LIMIT = 500_000_000;

/**
 * Calls `visit` with the k-subsets of 0..n-1 in lexicographic order, ascending, in a buffer that the next call
 * overwrites.
 */
export function forEachSubset(n: number, k: number, visit: (subset: Int32Array) => void): void {
  const subset = Int32Array.from({ length: k }, (_, i) => i);
  if (k > n) return;
  do visit(subset);
  while (nextSubset(subset, n));
}

/** Moves on to the next subset in lexicographic order, in place; false after the last one. */
function nextSubset(subset: Int32Array, n: number): boolean {
  const k = subset.length;
  let i = k - 1;
  while (i >= 0 && subset[i] === n - k + i) i--;
  if (i < 0) return false;
  subset[i]++;
  for (let j = i + 1; j < k; j++) subset[j] = subset[j - 1] + 1;
  return true;
}

/** A uniformly drawn k-subset of 0..n-1, ascending (Floyd's sampling). */
export function drawSubset({ below }: Pick<Stream, "below">, n: number, k: number): Int32Array {
  const chosen = new Set<number>();
  for (let j = n - k; j < n; j++) {
    const t = below(j + 1);
    chosen.add(chosen.has(t) ? j : t);
  }
  return Int32Array.from(chosen).sort();
}

/** C(n, k) as a float: for comparing with limits. */
export function subsetCount(n: number, k: number): number {
  let out = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) out = (out * (n - i + 1)) / i;
  return k > n ? 0 : Math.round(out);
}

/** The number of a subset in lexicographic order, from a table of binomial coefficients. */
function ranking(n: number, k: number): (subset: ArrayLike<number>) => number {
  const table = Array.from({ length: n + 1 }, (_, m) =>
    Float64Array.from({ length: k + 1 }, (_, j) => subsetCount(m, j)),
  );
  // in colexicographic order of the mirrored points, counted from the end
  const last = table[n][k] - 1;
  return (subset) => {
    let rank = 0;
    for (let i = 0; i < k; i++) rank += table[n - 1 - subset[i]][k - i];
    return last - rank;
  };
}

/**
 * Every orbit on k-subsets of 0..degree-1, its lexicographically least member first, in the order of these.
 * @throws InputError above LISTED_SUBSETS_LIMIT subsets
 */
export function listSubsetOrbits(group: PermutationGroup, k: number): Int32Array[][] {
  const n = group.degree;
  const count = subsetCount(n, k);
  if (count > LISTED_SUBSETS_LIMIT)
    reject({
      where: "k",
      what: `there are ${count.toPrecision(3)} subsets of ${k} of ${n} points, too many to list`,
      allowed: `at most ${LISTED_SUBSETS_LIMIT}`,
    });
  const rank = ranking(n, k);
  const seen = new Uint8Array(count);
  const orbits: Int32Array[][] = [];
  forEachSubset(n, k, (subset) => {
    const first = rank(subset);
    if (seen[first] === 1) return;
    seen[first] = 1;
    const orbit: Int32Array[] = [Int32Array.from(subset)];
    for (let i = 0; i < orbit.length; i++)
      for (const g of group.generators) {
        const image = actOnSubset(g, orbit[i]);
        const at = rank(image);
        if (seen[at] === 1) continue;
        seen[at] = 1;
        orbit.push(image);
      }
    orbits.push(orbit);
  });
  return orbits;
}

/** How many images `joinedSubsetOrbits` forms; infinitely many where it would be too long. */
export function joinedImages(group: PermutationGroup, k: number): number {
  const count = subsetCount(group.degree, k);
  const images = count * group.generators.length;
  return count <= JOINED_SUBSETS_LIMIT && images <= JOINED_IMAGES_LIMIT ? images : Infinity;
}

/**
 * The number of orbits on k-subsets of 0..degree-1, from the generators alone: subsets less the pairs (subset, image)
 * that join two sets which no earlier pair had joined.
 */
export function* joinedSubsetOrbits(group: PermutationGroup, k: number): Generator<Progress, bigint> {
  const n = group.degree;
  const count = subsetCount(n, k);
  const rank = ranking(n, k);
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const root = (of: number): number => {
    let at = of;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]];
    return at;
  };
  const subset = Int32Array.from({ length: k }, (_, i) => i);
  const image = new Int32Array(k);
  let orbits = count;
  for (let number = 0; number < count; number++) {
    for (const g of group.generators) {
      for (let i = 0; i < k; i++) image[i] = g[subset[i]];
      const [a, b] = [root(number), root(rank(image.sort()))];
      if (a === b) continue;
      parent[Math.max(a, b)] = Math.min(a, b);
      orbits--;
    }
    nextSubset(subset, n);
    if (number % 65_536 === 0) yield { what: `joining ${k}-subsets to orbits`, done: number, total: count };
  }
  return BigInt(orbits);
}
