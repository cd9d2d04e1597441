/**
 * Schreier trees: the orbit of a point under some generators, and for each of its points p an element u_p of the group
 * that they generate, u_p(point) = p, as the product along the path to p.
 */

import { reject } from "../base/errors.ts";
import { identity, inverse, type Permutation } from "./permutation.ts";

export interface Mover {
  readonly g: Permutation;
  readonly inverse: Permutation;
}

export const moverOf = (g: Permutation): Mover => ({ g: Int32Array.from(g), inverse: inverse(g) });

export interface SchreierTree {
  readonly orbit: Int32Array;
  /** The generator that leads to p from `from[p]`; absent for the point itself and outside the orbit. */
  readonly via: readonly (Mover | undefined)[];
  /** -1 outside the orbit, the point itself for the point. */
  readonly from: Int32Array;
  /** Inverses of representatives, filled on demand. */
  readonly inverses: (Permutation | undefined)[];
}

/** What a computation has spent, and what of it stays in memory. */
export interface Work {
  /** Elementary steps after which the computation is given up. */
  readonly limit: number;
  spent: number;
  /** Numbers held in representatives. */
  cached: number;
}

/** Representatives are kept up to this many numbers in all. */
const CACHE_LIMIT = 2 ** 25;

/** @throws InputError beyond the limit */
export function spend(work: Work, steps: number): void {
  work.spent += steps;
  if (work.spent > work.limit)
    reject({
      what: `the group is too large for its stabiliser chain to be proved within ${work.limit} steps`,
      next: "use named groups and their products (cyclic:4xsymmetric:5), whose chains are known",
    });
}

/** The tree of `point`, breadth first so that it is shallow. */
export function schreierTree(
  point: number,
  movers: readonly Mover[],
  degree: number,
  work: Work,
): SchreierTree {
  const via: (Mover | undefined)[] = Array.from({ length: degree });
  const from = new Int32Array(degree).fill(-1);
  const orbit = [point];
  from[point] = point;
  for (let i = 0; i < orbit.length; i++)
    for (const mover of movers) {
      const image = mover.g[orbit[i]];
      if (from[image] !== -1) continue;
      via[image] = mover;
      from[image] = orbit[i];
      orbit.push(image);
    }
  spend(work, orbit.length * movers.length);
  return { orbit: Int32Array.from(orbit), via, from, inverses: Array.from({ length: degree }) };
}

export const inOrbit = (tree: SchreierTree, p: number): boolean => tree.from[p] !== -1;

/** Gives back the memory of a tree that another one replaces. */
export function forget(tree: SchreierTree | undefined, work: Work): void {
  for (const g of tree?.inverses ?? []) if (g !== undefined) work.cached -= g.length;
}

/** u_p^-1, which takes p back to the tree's point. */
export function inverseRepresentative(tree: SchreierTree, p: number, work: Work): Permutation {
  const degree = tree.from.length;
  const path: number[] = [];
  let at = p;
  while (tree.inverses[at] === undefined && tree.via[at] !== undefined) {
    path.push(at);
    at = tree.from[at];
  }
  let back = tree.inverses[at] ?? identity(degree);
  for (const q of path.toReversed()) {
    const step = (tree.via[q] as Mover).inverse;
    const next = new Int32Array(degree);
    for (let i = 0; i < degree; i++) next[i] = back[step[i]];
    spend(work, degree);
    back = next;
    if (work.cached + degree > CACHE_LIMIT) continue;
    tree.inverses[q] = back;
    work.cached += degree;
  }
  return back;
}

/**
 * What is left of g after the trees from number `depth` on, tree i being that of base[i] (absent where it is the point
 * alone); undefined for the identity. All points are in the base.
 */
export function strip(
  g: Permutation,
  trees: readonly (SchreierTree | undefined)[],
  base: Int32Array,
  depth: number,
  work: Work,
): Permutation | undefined {
  const residue = Int32Array.from(g);
  for (let level = depth; level < base.length; level++) {
    const image = residue[base[level]];
    if (image === base[level]) continue;
    const tree = trees[level];
    if (tree === undefined || !inOrbit(tree, image)) return residue;
    const back = inverseRepresentative(tree, image, work);
    for (let i = 0; i < residue.length; i++) residue[i] = back[residue[i]];
    spend(work, residue.length);
  }
  spend(work, residue.length);
  return undefined;
}
