/** How a group acts on vectors and on k-subsets: images, orbits, stabilisers, canonical representatives. */

import { reject } from "../base/errors.ts";
import { chainOrder } from "./chain.ts";
import { chainFrom, type PermutationGroup } from "./groups.ts";
import type { Permutation } from "./permutation.ts";

/** g x, that is out[g(i)] = x[i]. */
export function actOnVector(
  g: Permutation,
  x: ArrayLike<number>,
  out = new Float64Array(g.length),
): Float64Array {
  for (let i = 0; i < g.length; i++) out[g[i]] = x[i];
  return out;
}

/** g^-1 x, that is out[i] = x[g(i)]. */
export function actInversely(
  g: Permutation,
  x: ArrayLike<number>,
  out = new Float64Array(g.length),
): Float64Array {
  for (let i = 0; i < g.length; i++) out[i] = x[g[i]];
  return out;
}

/** The image of a subset, ascending. */
export function actOnSubset(g: Permutation, subset: ArrayLike<number>): Int32Array {
  return Int32Array.from(subset, (i) => g[i]).sort();
}

/**
 * The subset, ascending.
 * @throws InputError for points outside 0..degree-1 or given twice
 */
export function requireSubset(subset: ArrayLike<number>, degree: number, where = "subset"): Int32Array {
  const sorted = Int32Array.from(subset).sort();
  for (let i = 0; i < sorted.length; i++) {
    const point = sorted[i];
    if (!Number.isInteger(subset[i]) || point < 0 || point >= degree || point === sorted[i - 1])
      reject({
        where,
        what: `[${Array.from(subset).join(", ")}] is not a subset of the points`,
        allowed: `different points of 0..${degree - 1}`,
      });
  }
  return sorted;
}

/** Largest orbit that is listed. */
export const LISTED_ORBIT_LIMIT = 1_000_000;

/**
 * The orbit of a subset, the subset first, each member ascending.
 * @throws InputError if it has more than `limit` members
 */
export function subsetOrbit(
  group: PermutationGroup,
  subset: ArrayLike<number>,
  limit = LISTED_ORBIT_LIMIT,
): Int32Array[] {
  const found = listOrbit(group, requireSubset(subset, group.degree), limit);
  return (
    found ??
    reject({
      what: `the orbit of [${Array.from(subset).join(", ")}] under ${group.name} is too long to list`,
      allowed: `at most ${limit} members`,
    })
  );
}

function listOrbit(group: PermutationGroup, start: Int32Array, limit: number): Int32Array[] | undefined {
  const orbit = [start];
  const seen = new Set([start.join()]);
  for (let i = 0; i < orbit.length; i++)
    for (const g of group.generators) {
      const image = actOnSubset(g, orbit[i]);
      const name = image.join();
      if (seen.has(name)) continue;
      if (orbit.length === limit) return undefined;
      seen.add(name);
      orbit.push(image);
    }
  return orbit;
}

/** The lexicographically least member of the subset's orbit; the same for all subsets of one orbit. */
export function canonicalSubset(group: PermutationGroup, subset: ArrayLike<number>): Int32Array {
  return subsetOrbit(group, subset).reduce((least, next) => (precedes(next, least) ? next : least));
}

function precedes(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i];
  return false;
}

/** |G| over the order of the subset's stabiliser. */
export function subsetOrbitSize(group: PermutationGroup, subset: ArrayLike<number>): bigint {
  const sorted = requireSubset(subset, group.degree);
  const limit = group.order() <= BigInt(LISTED_ORBIT_LIMIT) ? LISTED_ORBIT_LIMIT : 1000;
  const short = listOrbit(group, sorted, limit);
  return short === undefined ? group.order() / subsetStabiliserOrder(group, sorted) : BigInt(short.length);
}

/**
 * The order of {g : g(S) = S}, by a chain whose base begins with S: the product over j of the number of points of S
 * that some g of the stabiliser reaches from s_j while it fixes s_0..s_{j-1}. Each is one backtrack search.
 */
export function subsetStabiliserOrder(group: PermutationGroup, subset: ArrayLike<number>): bigint {
  const points = requireSubset(subset, group.degree);
  const n = group.degree;
  const chain = chainFrom(group, points);
  const inside = new Uint8Array(n);
  for (const point of points) inside[point] = 1;
  const levelOf = Array.from(points, (point) => chain.levels.find((level) => level.point === point));
  const products = Array.from(points, () => new Int32Array(n));
  const representative = new Int32Array(n);
  const extend = (product: Permutation, depth: number, target: number): Permutation | undefined => {
    const level = levelOf[depth];
    if (level === undefined) return product;
    level.representative(target, representative);
    for (let i = 0; i < n; i++) products[depth][i] = product[representative[i]];
    return products[depth];
  };
  const completes = (product: Permutation, depth: number): boolean => {
    if (depth === points.length) return true;
    const level = levelOf[depth];
    if (level === undefined) return inside[product[points[depth]]] === 1 && completes(product, depth + 1);
    for (let t = 0; t < n; t++)
      if (inside[product[t]] === 1 && level.has(t)) {
        const next = extend(product, depth, t);
        if (next !== undefined && completes(next, depth + 1)) return true;
      }
    return false;
  };
  const identity = Int32Array.from({ length: n }, (_, i) => i);
  let order = chainOrder({ degree: n, levels: chain.levels.filter((level) => inside[level.point] === 0) });
  for (let depth = 0; depth < points.length; depth++) {
    const level = levelOf[depth];
    if (level === undefined) continue;
    let reached = 0;
    for (const target of points) {
      if (!level.has(target)) continue;
      const first = extend(identity, depth, target);
      if (first !== undefined && completes(first, depth + 1)) reached++;
    }
    order *= BigInt(reached);
  }
  return order;
}
