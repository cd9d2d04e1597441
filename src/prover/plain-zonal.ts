/**
 * A verifier's dimension of all rotations of one network: Legendre polynomials of R^d as cosine polynomials, whose
 * coefficients are positive, and the numbers b_l = E relu(t) P_l(t) by Gauss's rule on the angle, where the certifier
 * has recurrences for both.
 */

import { pairsUpTo } from "../family/plane/gain-recounted.ts";
import { harmonicDimensionBySeries } from "../family/plane/harmonics-recounted.ts";
import type { Sums } from "../family/plane/plain-product.ts";
import { legendre } from "../numeric/orthonormal.ts";
import { gaussOf } from "../numeric/quadrature.ts";
import { roundings } from "../numeric/rounding.ts";
import { elementTypes } from "../symmetry/element-types.ts";
import { harmonicsByFixedPoints } from "../symmetry/fixed-points.ts";
import type { Progress } from "../base/progress.ts";
import { viewsOf, type Members, type Views } from "./class.ts";
import { furthestDegree } from "./evidence.ts";
import type { Setting } from "./params.ts";

/** Degrees that are looked at one by one: 1, and even ones. */
const degrees = [0, 1, ...Array.from({ length: 34 }, (_, i) => 2 * i + 2)];
const last = degrees[degrees.length - 1];
/** Bound on the relative error of the integrals, whose rule converges to 1e-15 for such degrees. */
const integralError = 1e-12;

/** The coefficients p_i of cos((l - 2i) angle) in P_l, from i = 0 on: they add up to 1. */
function cosineCoefficients(d: number, l: number): Float64Array {
  // those of (1 - z)^-lambda (1 - 1/z)^-lambda, lambda = (d - 2) / 2, where d = 2 leaves the two ends
  const half = new Float64Array(l + 1);
  half[0] = 1;
  for (let i = 1; i <= l; i++) half[i] = (half[i - 1] * ((d - 2) / 2 + i - 1)) / i;
  const out = Float64Array.from({ length: l + 1 }, (_, i) =>
    d === 2 ? Number(i === 0 || i === l) : half[i] * half[l - i],
  );
  const total = out.reduce((a, b) => a + b, 0);
  return out.map((x) => x / total);
}

/** E relu relu of correlation c, by its definition. */
const kappa = (c: number): number =>
  (Math.sqrt((1 - c) * (1 + c)) + c * (Math.PI - Math.acos(c))) / (2 * Math.PI);

const cosineSum = (p: Float64Array, angle: number): number =>
  p.reduce((sum, x, i) => sum + x * Math.cos((p.length - 1 - 2 * i) * angle), 0);

/** b_l of the listed degrees: integrals over the half turn where relu is not 0, in panels. */
function reluCoefficients(d: number, polynomials: readonly Float64Array[]): Float64Array {
  const [panels, rule] = [32, gaussOf(legendre, 24)];
  const out = new Float64Array(polynomials.length);
  let mass = 0;
  for (let panel = 0; panel < panels; panel++)
    for (let i = 0; i < rule.nodes.length; i++) {
      const angle = ((panel + (1 + rule.nodes[i]) / 2) * Math.PI) / 2 / panels;
      const weight = rule.weights[i] * Math.sin(angle) ** (d - 2);
      mass += 2 * weight;
      for (const [at, p] of polynomials.entries()) out[at] += weight * Math.cos(angle) * cosineSum(p, angle);
    }
  return out.map((x) => x / mass);
}

/** What a network's rotations depend on besides it. */
export interface PlainRotations {
  readonly sums: Sums;
  /** Invariant harmonics of every degree up to the last, where a group is averaged over. */
  readonly fixed?: readonly bigint[];
}

/** @param seed draws the graph, where one is drawn */
export function* plainRotations(setting: Setting, seed: number): Generator<Progress, PlainRotations> {
  if (!("group" in setting)) return { sums: sumsOfViews(viewsOf(setting, seed)) };
  const types = yield* elementTypes(setting.group);
  const onInputs = types.map(({ cycles, count }) => ({
    // a group's points have so many numbers each
    cycles: cycles.map(([length, times]) => [length, times * setting.columns] as const),
    count,
  }));
  return { sums: [{ r: 1, weight: 1 }], fixed: yield* harmonicsByFixedPoints(onInputs, last) };
}

/** What is added up: vectors of correlations r, each pair weighing the product of their lengths. */
function sumsOfViews({ views }: Views): Sums {
  const first = views.map(([row]) => new Map(row.map(({ at, times }) => [at, times])));
  const product = (x: Map<number, number>, y: Map<number, number>): number =>
    Array.from(x, ([at, times]) => times * (y.get(at) ?? 0)).reduce((a, b) => a + b, 0);
  const pairs = first.flatMap((x) =>
    first.map((y) => ({ common: product(x, y), weight: Math.sqrt(product(x, x) * product(y, y)) })),
  );
  return pairs.flatMap(({ common, weight }) =>
    common === 0 ? [] : [{ r: Math.min(1, common / weight), weight }],
  );
}

/** A lower bound, from one member's weights on R^d. */
export function plainOrbitDimension(
  { width, unitInputs: d, weights }: Members,
  { sums, fixed }: PlainRotations,
): number {
  const polynomials = degrees.map((l) => cosineCoefficients(d, l));
  const b = reluCoefficients(d, polynomials);
  const rows = Array.from({ length: width }, (_, j) => weights.subarray(j * d, (j + 1) * d));
  const lengths = rows.map((w) => Math.sqrt(w.reduce((sum, x) => sum + x * x, 0)));
  const parts = new Float64Array(degrees.length);
  let [whole, total] = [0, 0];
  for (let j = 0; j < width; j++)
    for (let k = 0; k < width; k++) {
      const size = lengths[j] * lengths[k];
      if (size === 0) continue;
      const cosine = rows[j].reduce((sum, x, i) => sum + x * rows[k][i], 0) / size;
      const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
      const weight = weights[width * d + j] * weights[width * d + k] * size;
      total += Math.abs(weight);
      whole += weight * sums.reduce((sum, pair) => sum + pair.weight * kappa(pair.r * Math.cos(angle)), 0);
      for (const [at, p] of polynomials.entries()) parts[at] += weight * cosineSum(p, angle);
    }
  const doubt = roundings(4 * d + width ** 2 + 64) * total;
  // P_l moves by its slope at 1 at most where a cosine errs, and is rounded in l terms; an angle errs by the root of
  // that near 0 and pi, where P_l is flat in it
  const own = degrees.map((l) => doubt * ((l * (l + d - 2)) / (d - 1) + 4 * l + 8));
  const factors = degrees.map((l, at) => {
    const times = l === 1 ? sums.reduce((sum, { r, weight }) => sum + r * weight, 0) : pairsUpTo(d, l, sums);
    return d * b[at] ** 2 * times;
  });
  const above = factors.map(
    (factor, at) => factor * (1 + integralError) * (Math.max(0, parts[at]) + own[at]),
  );
  const square = whole - above[0] - doubt * sums.reduce((sum, { weight }) => sum + weight, 0);
  const beyond = square / Number(harmonicDimensionBySeries(d, last + 2));
  const present = degrees.map((l) => l > 0 && fixed?.[l] !== 0n);
  const most = above.reduce((found, x, at) => (present[at] ? Math.max(found, x) : found), beyond);
  if (fixed === undefined) return (square / most) * (1 - 1e-12);
  const trace = factors.reduce((sum, factor, at) => {
    const least = factor * (1 - integralError) * Math.max(0, parts[at] - own[at]);
    return present[at] && degrees[at] <= furthestDegree ? sum + Number(fixed[degrees[at]]) * least : sum;
  }, 0);
  return (trace / most) * (1 - 1e-12);
}
