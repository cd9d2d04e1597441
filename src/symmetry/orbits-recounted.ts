/**
 * Orbits on k-subsets counted for verifiers, apart from `orbit-count.ts`: all subsets listed and joined by the
 * generators where they are few, else the mean number of subsets that an element fixes, over the elements by their
 * cycle types.
 */

import type { Progress } from "../base/progress.ts";
import { range } from "../base/range.ts";
import { elementTypes, typesCost } from "./element-types.ts";
import type { PermutationGroup } from "./groups.ts";
import type { CycleType } from "./permutation.ts";

/** Subsets that are joined rather than counted by the elements, and at most. */
const joinedFirst = 200_000;
const mostJoined = 50_000_000;

/** C(n, k) as a float. */
function subsets(n: number, k: number): number {
  let out = 1;
  for (let i = 1; i <= k; i++) out *= (n - k + i) / i;
  return out;
}

/** Seconds that the count takes on one core, roughly; infinite where it is out of reach. */
export function recountSeconds(group: PermutationGroup, k: number): number {
  const size = Math.min(k, group.degree - k);
  if (single(group, size)) return 0;
  return Math.min(joinSeconds(group, size), typesSeconds(group, size));
}

const joinSeconds = (group: PermutationGroup, size: number): number => {
  const all = subsets(group.degree, size);
  const images = all * Math.max(1, group.generators.length);
  return all > mostJoined ? Infinity : images * (2e-7 + 3e-8 * size);
};

function typesSeconds(group: PermutationGroup, size: number): number {
  const { types, cells } = typesCost(group, size);
  return types * (2e-6 + 1e-7 * size * Math.min(size, 64)) + cells * 1e-8;
}

/**
 * One orbit: the symmetric group moves every subset to every other, and so does the alternating group on 3 points or
 * more.
 */
function single(group: PermutationGroup, size: number): boolean {
  const { components, degree } = group;
  if (size === 0) return true;
  const kind = components.length === 1 ? components[0].named?.kind : undefined;
  return kind === "symmetric" || (kind === "alternating" && degree >= 3);
}

export interface Recount {
  readonly orbits: bigint;
  readonly how: string;
}

/** The orbits on k-subsets, counted by whichever of three ways is quickest for this group. */
export function* recountOrbits(group: PermutationGroup, k: number): Generator<Progress, Recount> {
  const size = Math.min(k, group.degree - k);
  if (single(group, size)) return { orbits: 1n, how: "the group moves every subset to every other" };
  const join = joinSeconds(group, size);
  if (subsets(group.degree, size) <= joinedFirst || join < typesSeconds(group, size)) {
    const orbits = yield* joined(group, size);
    return { orbits: BigInt(orbits), how: "all subsets listed and joined by the generators" };
  }
  let [sum, order] = [0n, 0n];
  for (const { cycles, count } of yield* elementTypes(group, size)) {
    sum += count * fixedSubsets(cycles, size);
    order += count;
  }
  return { orbits: sum / order, how: "the mean number of subsets that an element fixes" };
}

/** The coefficient of x^k in prod (1 + x^length)^multiplicity: the subsets that are unions of cycles. */
export function fixedSubsets(cycles: CycleType, k: number): bigint {
  let coefficients = [1n];
  for (const [length, multiplicity] of cycles) {
    if (length > k) continue;
    const next = Array.from(
      { length: Math.min(k, coefficients.length - 1 + length * multiplicity) + 1 },
      () => 0n,
    );
    let choose = 1n;
    for (let j = 0; j <= multiplicity && j * length <= k; j++) {
      for (let i = 0; i < coefficients.length && i + j * length < next.length; i++)
        next[i + j * length] += choose * coefficients[i];
      choose = (choose * BigInt(multiplicity - j)) / BigInt(j + 1);
    }
    coefficients = next;
  }
  return coefficients[k] ?? 0n;
}

/** Components of the graph that joins each subset with its images, the subsets numbered by sums of binomials. */
function* joined(group: PermutationGroup, k: number): Generator<Progress, number> {
  const n = group.degree;
  const below = Array.from({ length: k + 1 }, (_, j) =>
    Float64Array.from({ length: n }, (_x, p) => (p < j ? 0 : subsets(p, j))),
  );
  const all = Math.round(subsets(n, k));
  const seen = new Uint8Array(all);
  const points = range(k);
  const numberOf = (set: readonly number[]): number =>
    Math.round(set.reduce((sum, point, i) => sum + below[i + 1][point], 0));
  let orbits = 0;
  for (let start = 0; start < all; start++) {
    const first = numberOf(points);
    if (seen[first] === 0) {
      orbits++;
      seen[first] = 1;
      const queue = [points.slice()];
      for (let set = queue.pop(); set !== undefined; set = queue.pop())
        for (const g of group.generators) {
          const image = set.map((point) => g[point]).sort((a, b) => a - b);
          const at = numberOf(image);
          if (seen[at] === 1) continue;
          seen[at] = 1;
          queue.push(image);
        }
    }
    advance(points, n);
    if (start % 10_000 === 0) yield { what: "joining subsets", done: start, total: all };
  }
  return orbits;
}

/** The next subset in colexicographic order. */
function advance(points: number[], n: number): void {
  for (let i = 0; i < points.length; i++) {
    const limit = i + 1 < points.length ? points[i + 1] : n;
    if (points[i] + 1 < limit) {
      points[i]++;
      for (let j = 0; j < i; j++) points[j] = j;
      return;
    }
  }
}
