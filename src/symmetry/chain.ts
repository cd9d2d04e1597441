/**
 * Stabiliser chains: a base b_0, b_1, ... and for each level i the orbit of b_i under the elements that fix all
 * earlier base points, with an element u for every point of the orbit, u(b_i) = point. Every element of the group
 * is then uniquely u_0 u_1 u_2 ... (Sims 1970; Seress, "Permutation Group Algorithms", 2003, chapter 4).
 *
 * How levels come about is left to others: `schreier-sims.ts` for generators, closed forms for named groups.
 */

import { stream, type Key } from "../base/random.ts";
import { reject } from "../base/errors.ts";
import { identity, isIdentity, type Permutation } from "./permutation.ts";

/** One level: the orbit of `point` under the stabiliser of all earlier points. */
export interface Level {
  readonly point: number;
  /** Length of the orbit, at least 1. */
  readonly size: number;
  /** The orbit's points in a fixed order, number 0 being `point` itself. */
  at(index: number): number;
  has(point: number): boolean;
  /** Writes the chosen element that takes `this.point` to `target`; the identity for `point` itself. */
  representative(target: number, out: Permutation): void;
}

/** A chain of stabilisers: at each level the group fixes one more base point. */
export interface Chain {
  readonly degree: number;
  readonly levels: readonly Level[];
}

/** The group's order: the product of the orbits of the base points. */
export function chainOrder(chain: Chain): bigint {
  return chain.levels.reduce((product, level) => product * BigInt(level.size), 1n);
}

/** Whether g lies in the group: it does iff the levels strip it down to the identity. */
export function contains(chain: Chain, g: Permutation): boolean {
  if (g.length !== chain.degree) return false;
  const residue = Int32Array.from(g);
  const representative = new Int32Array(chain.degree);
  const inverse = new Int32Array(chain.degree);
  for (const level of chain.levels) {
    const target = residue[level.point];
    if (!level.has(target)) return false;
    if (target === level.point) continue;
    level.representative(target, representative);
    for (let i = 0; i < inverse.length; i++) inverse[representative[i]] = i;
    for (let i = 0; i < residue.length; i++) residue[i] = inverse[residue[i]];
  }
  return isIdentity(residue);
}

/** A uniformly random element: an independent uniform choice on every level. */
export function randomElement(chain: Chain, key: Key): Permutation {
  const draws = stream(key);
  const g = identity(chain.degree);
  const next = new Int32Array(chain.degree);
  const representative = new Int32Array(chain.degree);
  for (const level of chain.levels) {
    const target = level.at(draws.below(level.size));
    if (target === level.point) continue;
    level.representative(target, representative);
    for (let i = 0; i < next.length; i++) next[i] = g[representative[i]];
    g.set(next);
  }
  return g;
}

/** Representatives of all levels are tabulated up to this many numbers in all, and recomputed beyond. */
const TABLE_LIMIT = 2 ** 23;

/**
 * Calls `visit` with every element once, the identity first, in a buffer that the next call overwrites.
 * The deepest level varies fastest, so an element costs O(degree).
 */
export function forEachElement(chain: Chain, visit: (g: Permutation) => void): void {
  forEachProduct(identity(chain.degree), chain, visit);
}

/** As `forEachElement`, over `prefix` g for every g of the chain. */
export function forEachProduct(prefix: Permutation, chain: Chain, visit: (g: Permutation) => void): void {
  const n = chain.degree;
  const levels = chain.levels.filter((level) => level.size > 1);
  const cells = levels.reduce((sum, level) => sum + level.size * n, 0);
  const read = cells <= TABLE_LIMIT ? tabulated(levels, n) : computed(levels, n);
  const products = levels.map(() => new Int32Array(n));
  const walk = (depth: number, above: Permutation): void => {
    if (depth === levels.length) return visit(above);
    const product = products[depth];
    for (let index = 0; index < levels[depth].size; index++) {
      const representative = read(depth, index);
      for (let i = 0; i < n; i++) product[i] = above[representative[i]];
      walk(depth + 1, product);
    }
  };
  walk(0, prefix);
}

type Reader = (depth: number, index: number) => Permutation;

function tabulated(levels: readonly Level[], n: number): Reader {
  const tables = levels.map((level) =>
    Array.from({ length: level.size }, (_, index) => {
      const out = new Int32Array(n);
      level.representative(level.at(index), out);
      return out;
    }),
  );
  return (depth, index) => tables[depth][index];
}

function computed(levels: readonly Level[], n: number): Reader {
  const out = new Int32Array(n);
  return (depth, index) => {
    levels[depth].representative(levels[depth].at(index), out);
    return out;
  };
}

/**
 * All elements as a list.
 * @throws InputError if there are more than `limit`
 */
export function listElements(chain: Chain, limit: number, where: string): Permutation[] {
  const order = chainOrder(chain);
  if (order > BigInt(limit))
    reject({
      where,
      what: `the group has ${order} elements, too many to run through`,
      allowed: `order at most ${limit}`,
    });
  const out: Permutation[] = [];
  forEachElement(chain, (g) => out.push(Int32Array.from(g)));
  return out;
}

/** The elements fixing the first base point. */
export function tail(chain: Chain): Chain {
  return { degree: chain.degree, levels: chain.levels.slice(1) };
}
