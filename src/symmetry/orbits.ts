/** Orbits of points and of ordered pairs of points: they need generators only, never the group. */

import { reject } from "../base/errors.ts";
import type { Permutation } from "./permutation.ts";

/** The orbits on 0..degree-1, each with its least point first, in the order of these. */
export function orbits(generators: readonly Permutation[], degree: number): number[][] {
  const seen = new Uint8Array(degree);
  const out: number[][] = [];
  for (let start = 0; start < degree; start++) {
    if (seen[start] === 1) continue;
    seen[start] = 1;
    const orbit = [start];
    for (let i = 0; i < orbit.length; i++)
      for (const g of generators) {
        const image = g[orbit[i]];
        if (seen[image] === 1) continue;
        seen[image] = 1;
        orbit.push(image);
      }
    out.push(orbit);
  }
  return out;
}

/** The orbits of a group on ordered pairs of points. */
export interface PairOrbits {
  readonly degree: number;
  /** How many orbits there are. */
  readonly count: number;
  /** Orbit number of the pair (i, j) at i * degree + j, numbered in the order of their first pair. */
  readonly labels: Int32Array;
}

/** Largest degree for a table of pairs (degree^2 labels). */
export const PAIR_DEGREE_LIMIT = 4096;

/**
 * Orbits of the group on ordered pairs: an n x n matrix commutes with the action iff it is constant on them, so
 * these are the free weights of a linear equivariant layer.
 * @throws InputError where the degree is too large for a table of all pairs
 */
export function pairOrbits(generators: readonly Permutation[], degree: number): PairOrbits {
  if (degree > PAIR_DEGREE_LIMIT)
    reject({
      what: `degree ${degree} is too large for a table of index pairs`,
      allowed: `degree at most ${PAIR_DEGREE_LIMIT}`,
    });
  const labels = new Int32Array(degree * degree).fill(-1);
  const queue = new Int32Array(degree * degree);
  let count = 0;
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] >= 0) continue;
    labels[start] = count;
    queue[0] = start;
    for (let head = 0, end = 1; head < end; head++) {
      const i = Math.floor(queue[head] / degree);
      const j = queue[head] - i * degree;
      for (const g of generators) {
        const image = g[i] * degree + g[j];
        if (labels[image] >= 0) continue;
        labels[image] = count;
        queue[end++] = image;
      }
    }
    count++;
  }
  return { degree, count, labels };
}
