/**
 * Inner products of alternating polygons as their definition has them, for verifiers: the double sum of the arc-cosine
 * kernel over the directions, nothing else (the certifiers use series, tables and matrix products).
 *
 *     E F(U x) F(V x') = sum_{m,l = 1..2k} (-1)^{m+l} kappa(r w_m^T U V^T w_l), x and x' of correlation r
 *
 * Opposite directions together leave 4 times the even part of kappa over half a turn, of which the constant cancels.
 */

import type { Graph } from "../parameter/graph-parameter.ts";
import { unitRoundoff } from "../../numeric/rounding.ts";
import { directions } from "./polygon.ts";

/** The correlations that are summed over, each with a weight. */
export type Sums = readonly { readonly r: number; readonly weight: number }[];

/** An overlap U V^T = [[a, b], [c, d]]. */
export type Overlap = readonly [a: number, b: number, c: number, d: number];

/** Of the sums (A X)_i: C = A A^T, r_ij = C_ij / sqrt(C_ii C_jj) with weight sqrt(C_ii C_jj). */
export function sumsOf({ n, adjacency }: Graph): Sums {
  const C = (i: number, j: number): number => {
    let sum = 0;
    for (let l = 0; l < n; l++) sum += adjacency[i * n + l] * adjacency[j * n + l];
    return sum;
  };
  const gathered = new Map<string, { r: number; weight: number }>();
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const [common, size] = [C(i, j), Math.sqrt(C(i, i) * C(j, j))];
      if (common === 0) continue;
      const r = Math.min(1, common / size);
      const name = r.toPrecision(12);
      const known = gathered.get(name) ?? { r, weight: 0 };
      gathered.set(name, { r: known.r, weight: known.weight + size });
    }
  return [...gathered.values()];
}

export interface PlainProduct {
  readonly value: (overlap: Overlap) => number;
  /** Bound on the error of a value at overlaps of largest singular value at most s. */
  readonly error: (s: number) => number;
  /** The squared norm of every member, with its relative error. */
  readonly normSquared: number;
  readonly normError: number;
}

/** kappa(c) + kappa(-c), halved and without its constant 1/(2 pi). */
function evenPart(c: number): number {
  const square = c * c;
  return (c * Math.asin(c) - square / (1 + Math.sqrt((1 - c) * (1 + c)))) / (2 * Math.PI);
}

/** @param sums absent: those of a single vector */
export function plainProduct(k: number, sums: Sums = [{ r: 1, weight: 1 }]): PlainProduct {
  const w = directions(k);
  const value = ([a, b, c, d]: Overlap): number => {
    let total = 0;
    for (let m = 0; m < k; m++) {
      const [x, y] = [w[2 * m], w[2 * m + 1]];
      const [u, v] = [x * a + y * c, x * b + y * d];
      for (let l = 0; l < k; l++) {
        const cosine = u * w[2 * l] + v * w[2 * l + 1];
        let at = 0;
        for (const { r, weight } of sums) at += weight * evenPart(Math.max(-1, Math.min(1, r * cosine)));
        total += (m + l) % 2 === 0 ? at : -at;
      }
    }
    return 4 * total;
  };
  const squares = sums.reduce((sum, { r, weight }) => sum + weight * r * r, 0);
  // a cosine errs by 8 roundings of s, which moves the even part by a quarter of s as much; the part itself, at most
  // 0.18 s^2, by 6; the sums of k^2 k terms and of the correlations by as many as they have terms
  const perTerm = k + 8 + sums.length / 5;
  const error = (s: number): number => 4 * k * k * squares * s * s * perTerm * unitRoundoff;
  const normSquared = value([1, 0, 0, 1]);
  return { value, error, normSquared, normError: error(1) / normSquared };
}

/** |A| + |B|, the largest singular value, rounded up. */
export const largestSingularValue = ([a, b, c, d]: Overlap): number =>
  ((Math.hypot(a + d, b - c) + Math.hypot(a - d, b + c)) / 2) * (1 + 8 * unitRoundoff);
