/**
 * For verifiers: whether d_eff is at least `gain` dim H_k over all planes, by shares from radial integrals, dimensions
 * from their generating function and, on a graph, a series for every pair of nodes.
 */

import type { Graph } from "../parameter/graph-parameter.ts";
import { compare, exactly, multiply, rational } from "../../numeric/rational.ts";
import { harmonicDimensionBySeries } from "./harmonics-recounted.ts";
import { plainProduct, sumsOf, type Sums } from "./plain-product.ts";
import { sharesByAngles } from "./shares-recounted.ts";

const degreesBeyond = 300;

/**
 * Whether dim H_l >= gain dim H_k share_l for every l, rounding included.
 * @param times upper bounds on what the shares of one vector's function are multiplied by
 * @returns the degree at which it is not proved; undefined where it is proved for all
 */
export function gainFailsAt(
  n: number,
  k: number,
  gain: number,
  times: (l: number) => number = () => 1,
): number | undefined {
  const { shares, error } = sharesByAngles(n, k, k + degreesBeyond);
  const claimed = multiply(rational(harmonicDimensionBySeries(n, k)), exactly(gain));
  for (let l = k; l <= k + degreesBeyond; l += 2) {
    const dimension = rational(harmonicDimensionBySeries(n, l));
    // no share is above 1, and there are more and more harmonics
    if (compare(dimension, claimed) >= 0) return undefined;
    const share = shares[l] * times(l) * (1 + 2 * error);
    if (compare(dimension, multiply(claimed, exactly(share))) < 0) return l;
  }
  return k + degreesBeyond + 2;
}

/** Upper bounds on what a graph multiplies the shares by: the sum over pairs of nodes, over that of the norm. */
export function graphSharesByPairs(d: number, k: number, graph: Graph): (l: number) => number {
  const sums = sumsOf(graph);
  const [whole, one] = [plainProduct(k, sums), plainProduct(k)];
  const least = (whole.normSquared * (1 - whole.normError)) / (one.normSquared * (1 + one.normError));
  return (l) => (pairsUpTo(d, l, sums) / least) * (1 + 1e-11);
}

/** What sums over correlated vectors multiply the part of type l of one vector's function by, l even; from above. */
export function pairsUpTo(d: number, l: number, sums: Sums): number {
  const first = lowest(d, l);
  return sums.reduce((sum, { r, weight }) => sum + weight * pairUpTo(d, l, r, first), 0);
}

/** sum_j q_j r^(l+2j) of fractions q_j that add up to 1, from above. */
function pairUpTo(d: number, l: number, r: number, first: number): number {
  if (r === 1) return 1;
  let [term, sum, fractions, q] = [first * r ** l, 0, 0, first];
  for (let j = 0; j < 2000; j++) {
    sum += term;
    fractions += q;
    const ratio = (l - 1 + 2 * j) ** 2 / (4 * (j + 1) * (l + d / 2 + j));
    q *= ratio;
    term *= ratio * r * r;
    // what is left weighs at most as much as its first term does
    const rest = Math.max(0, 1 - fractions) * r ** (l + 2 * j + 2);
    if (rest < sum * 1e-12 || j === 1999) return sum + rest;
  }
  return 1;
}

/**
 * G((l+d+1)/2)^2 / (G(d/2+1) G(l+d/2)), l even, as the product of (x+1/2)^2 / (x (x+1)) and of
 * G(c+1/2)^2 / (G(c) G(c+1)), which tends to 1 as c grows: by its expansion from c = 40 on.
 */
function lowest(d: number, l: number): number {
  // from c = d/2 up to where the expansion holds
  let [value, c] = [1, d / 2];
  for (; c < 40; c++) value *= (c * (c + 1)) / (c + 1 / 2) ** 2;
  const y = 1 / c;
  value *= 1 - y * (1 / 4 - y * (1 / 32 + y * (1 / 128 - (5 * y) / 2048 - (23 * y * y) / 8192)));
  for (let i = 0; i < l / 2; i++) value *= (d / 2 + 1 / 2 + i) ** 2 / ((d / 2 + 2 * i) * (d / 2 + 2 * i + 1));
  return value;
}
