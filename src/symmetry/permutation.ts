/**
 * Permutations of 0..n-1 as arrays of images: `g[i]` is where i goes.
 *
 * Products act from the right to the left, compose(g, h)(i) = g(h(i)), so that (g x)_{g(i)} = x_i is a left
 * action on vectors.
 */

import { reject } from "../base/errors.ts";
import { gcd } from "../numeric/integers.ts";

/** A permutation of 0..n-1: entry i is where i goes. */
export type Permutation = Int32Array;

/** The permutation of so many points that moves none. */
export function identity(degree: number): Permutation {
  const out = new Int32Array(degree);
  for (let i = 0; i < degree; i++) out[i] = i;
  return out;
}

/** g after h: i goes to g(h(i)). */
export function compose(g: Permutation, h: Permutation): Permutation {
  const out = new Int32Array(g.length);
  for (let i = 0; i < out.length; i++) out[i] = g[h[i]];
  return out;
}

/** The permutation that undoes g. */
export function inverse(g: Permutation): Permutation {
  const out = new Int32Array(g.length);
  for (let i = 0; i < g.length; i++) out[g[i]] = i;
  return out;
}

/** g^e for any integer e, by cycles: O(n) whatever e. */
export function power(g: Permutation, exponent: number): Permutation {
  const out = new Int32Array(g.length).fill(-1);
  for (let start = 0; start < g.length; start++) {
    if (out[start] >= 0) continue;
    const cycle = [start];
    for (let i = g[start]; i !== start; i = g[i]) cycle.push(i);
    const shift = ((exponent % cycle.length) + cycle.length) % cycle.length;
    for (let j = 0; j < cycle.length; j++) out[cycle[j]] = cycle[(j + shift) % cycle.length];
  }
  return out;
}

/** Whether g moves no point. */
export function isIdentity(g: Permutation): boolean {
  for (let i = 0; i < g.length; i++) if (g[i] !== i) return false;
  return true;
}

/** Whether two permutations, of whatever degree, are the same. */
export function equal(g: Permutation, h: Permutation): boolean {
  if (g.length !== h.length) return false;
  for (let i = 0; i < g.length; i++) if (g[i] !== h[i]) return false;
  return true;
}

/** [length, how many cycles of it], lengths ascending, fixed points included. */
export type CycleType = readonly (readonly [length: number, multiplicity: number])[];

/** The lengths of the cycles with how many there are of each, lengths rising. */
export function cycleType(g: Permutation): CycleType {
  const seen = new Uint8Array(g.length);
  const counts = new Map<number, number>();
  for (let start = 0; start < g.length; start++) {
    if (seen[start] === 1) continue;
    let length = 0;
    for (let i = start; seen[i] === 0; i = g[i]) {
      seen[i] = 1;
      length++;
    }
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

/** +1 for even permutations, -1 for odd ones. */
export function sign(g: Permutation): 1 | -1 {
  let odd = 0;
  for (const [length, multiplicity] of cycleType(g)) odd += (length - 1) * multiplicity;
  return odd % 2 === 0 ? 1 : -1;
}

/** The least e >= 1 with g^e = 1; a big integer, as it passes 2^53 from degree 300 or so on. */
export function order(g: Permutation): bigint {
  let out = 1n;
  for (const [length] of cycleType(g)) out = (out / gcd(out, BigInt(length))) * BigInt(length);
  return out;
}

/** Cycle notation, fixed points left out: `(0 1 2)(4 5)`; the identity is `()`. */
export function printCycles(g: Permutation): string {
  const seen = new Uint8Array(g.length);
  let out = "";
  for (let start = 0; start < g.length; start++) {
    if (seen[start] === 1 || g[start] === start) continue;
    const cycle: number[] = [];
    for (let i = start; seen[i] === 0; i = g[i]) {
      seen[i] = 1;
      cycle.push(i);
    }
    out += `(${cycle.join(" ")})`;
  }
  return out === "" ? "()" : out;
}

/**
 * Checks that `images` lists each of 0..degree-1 exactly once.
 * @throws InputError with the first fault, `where` naming the list
 */
export function requirePermutation(images: ArrayLike<number>, degree: number, where: string): Permutation {
  const allowed = `each of 0..${degree - 1} exactly once`;
  if (images.length !== degree)
    reject({ where, what: `has ${images.length} images where the degree is ${degree}`, allowed });
  const out = new Int32Array(degree);
  const from = new Int32Array(degree).fill(-1);
  for (let i = 0; i < degree; i++) {
    const image = images[i];
    if (!Number.isInteger(image) || image < 0 || image >= degree)
      reject({ where, what: `is not a permutation: the image of ${i} is ${String(image)}`, allowed });
    if (from[image] >= 0)
      reject({ where, what: `is not a permutation: ${from[image]} and ${i} both go to ${image}`, allowed });
    from[image] = i;
    out[i] = image;
  }
  return out;
}
