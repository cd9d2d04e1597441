/**
 * How a sum of relus f(x) = sum_j a_j |w_j| relu(u_j . x) is spread over the degrees of spherical harmonics of R^d.
 * relu is |x| times a function of the angle, so by Funk and Hecke the part of degree l has the square
 *
 *     e_l = dim H_l m_l S_l,   m_l = d b_l^2,   S_l = sum_jk a_j a_k |w_j| |w_k| P_l(u_j . u_k),
 *
 * b_l = E relu(t) P_l(t), t a coordinate of a uniform point of the sphere, P_l the Legendre polynomial of R^d with
 * P_l(1) = 1: b_1 = 1/(2d), b_l = 0 for other odd l, b_0 = E|t| / 2 and b_(l+2) / b_l = -(l-1)/(l+d+1) for even ones.
 *
 * A sum of such functions over the nodes of a graph, whose vectors are correlated, multiplies e_l by a number w_l of
 * the graph, as correlations r weigh the Hermite degrees t of relu by r^t; m_l below is meant with it. e_l is then the
 * sum of the eigenvalues of a part of T, which its largest does not exceed.
 *
 * The mean of f(Q x) over rotations Q is the part of degree 0. Of the rest, T = E f_Q (x) f_Q commutes with rotations
 * and is e_l / dim H_l = m_l S_l on the part's harmonics of degree l, by Schur's lemma: these are its eigenvalues.
 *
 * The mean over a group G projects on what G leaves alone. Of members P f_Q that are weighted by their squared norms, T
 * is P (E f_Q (x) f_Q) P over its trace: the eigenvalues m_l S_l stay where there is an invariant harmonic of degree l,
 * dim H_l^G times each, so that d_eff = (sum over l >= 1 of dim H_l^G m_l S_l) / max m_l S_l.
 */

import { meanAbsolute } from "../family/plane/polygon-spectrum.ts";
import { pairWeight } from "../family/plane/harmonic-gain.ts";
import { harmonicDimension } from "../family/plane/harmonics.ts";
import { kappa } from "../numeric/arc-cosine.ts";
import { roundings } from "../numeric/rounding.ts";
import { furthestDegree } from "./evidence.ts";
import type { Units } from "./unit-vectors.ts";

/** Correlations of the vectors that are added up, each with a weight. */
export type Correlations = readonly { readonly r: number; readonly weight: number }[];

/** What the dimension depends on besides the network. */
export interface Rotations {
  readonly correlations: Correlations;
  /** dim H_l^G of degrees 0, ..., furthestDegree where a group is averaged over; absent where none is. */
  readonly invariants?: Float64Array;
}

/** m_l, l = 0, ..., furthestDegree, from above. */
export function levels(d: number, correlations: Correlations): Float64Array {
  const pairs = correlations.map(({ r, weight }) => ({ correlation: r, weight }));
  const out = new Float64Array(furthestDegree + 1);
  out[1] = correlations.reduce((sum, { r, weight }) => sum + weight * r, 0) / (4 * d);
  let b = meanAbsolute(d) / 2;
  for (let l = 0; l <= furthestDegree; l += 2) {
    out[l] = d * b * b * pairWeight(d, l, pairs);
    b *= -(l - 1) / (l + d + 1);
  }
  return out;
}

/** P_0, ..., P_degree at c, and their derivatives, where there is room for these. */
export function legendre(d: number, c: number, values: Float64Array, slopes?: Float64Array): void {
  values[0] = 1;
  values[1] = c;
  if (slopes !== undefined) [slopes[0], slopes[1]] = [0, 1];
  for (let l = 1; l + 1 < values.length; l++) {
    const [a, b] = [(2 * l + d - 2) / (l + d - 2), l / (l + d - 2)];
    values[l + 1] = a * c * values[l] - b * values[l - 1];
    if (slopes !== undefined) slopes[l + 1] = a * (values[l] + c * slopes[l]) - b * slopes[l - 1];
  }
}

export interface Spread {
  /** ||f||^2 less the part of degree 0, from below. */
  readonly square: number;
  /** m_l S_l of degrees 0, ..., furthestDegree, from above and from below. */
  readonly eigenvalues: Float64Array;
  readonly least: Float64Array;
}

/**
 * Cosines err by a few roundings a coordinate, and P_l by its slope l (l+d-2)/(d-1) times that and by 5 l^2 roundings
 * of its recurrence, whose errors grow no faster than with Chebyshev's polynomials.
 */
export function spreadOf({ inputs: d, vectors, sizes }: Units, correlations: Correlations): Spread {
  const sums = new Float64Array(furthestDegree + 1);
  const values = new Float64Array(furthestDegree + 1);
  let [whole, total] = [0, 0];
  for (let j = 0; j < sizes.length; j++)
    for (let k = 0; k < sizes.length; k++) {
      let c = 0;
      for (let i = 0; i < d; i++) c += vectors[j * d + i] * vectors[k * d + i];
      c = Math.max(-1, Math.min(1, c));
      const weight = sizes[j] * sizes[k];
      total += Math.abs(weight);
      whole += weight * second(c, correlations);
      legendre(d, c, values);
      for (let l = 0; l <= furthestDegree; l++) sums[l] += weight * values[l];
    }
  const doubt = roundings(3 * d + sizes.length ** 2 + 32) * total;
  const m = levels(d, correlations);
  const copies = correlations.reduce((sum, { weight }) => sum + weight, 0);
  const ownDoubt = (l: number): number => doubt * ((l * (l + d - 2)) / (d - 1) + 5 * (l + 2) ** 2);
  const room = (l: number): number => roundings(8 * (l + d) + 2000);
  const eigenvalues = sums.map((sum, l) => m[l] * (Math.max(0, sum) + ownDoubt(l)) * (1 + room(l)));
  const least = sums.map((sum, l) => m[l] * Math.max(0, sum - ownDoubt(l)) * (1 - room(l)));
  return { square: whole - eigenvalues[0] - doubt * copies, eigenvalues, least };
}

/** E of the product of two units of size 1 over all pairs of vectors. */
export const second = (c: number, correlations: Correlations): number =>
  correlations.reduce((sum, { r, weight }) => sum + weight * kappa(r * c), 0);

/**
 * The trace, (||f||^2 - e_0) or what a group leaves of it in the degrees up to `furthestDegree`, over the largest
 * eigenvalue: degrees beyond have at most all of the square, over more harmonics.
 */
export function orbitDimension(units: Units, { correlations, invariants }: Rotations): number {
  const { square, eigenvalues, least } = spreadOf(units, correlations);
  const beyond = square / Number(harmonicDimension(units.inputs, furthestDegree + 2));
  const present = (l: number): boolean => l > 0 && invariants?.[l] !== 0;
  const most = eigenvalues.reduce((found, x, l) => (present(l) ? Math.max(found, x) : found), beyond);
  if (invariants === undefined) return square / most;
  const trace = invariants.reduce((sum, count, l) => sum + (present(l) ? count * least[l] : 0), 0);
  return (trace * (1 - roundings(furthestDegree + 8))) / most;
}
