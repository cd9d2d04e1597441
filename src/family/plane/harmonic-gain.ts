/**
 * How far a continuum of planes is above dim H_k. The second moment T of the normalised functions of uniform planes
 * commutes with rotations, so on the harmonics of degree l its largest eigenvalue is at most its trace there, share_l,
 * over dim H_l, share_l the part of ||f||^2 of that type. Hence d_eff >= min over l of dim H_l / share_l.
 *
 * Sums over the nodes of a graph weigh Hermite degree t by W_t = sum_ij sqrt(C_ii C_jj) r_ij^t. One vector's part of
 * type l is |x| times a harmonic, of which the fraction
 *
 *     q_j = 2 G((l+d+1)/2)^2 ((l-1)/2)_j^2 / (d j! G(d/2) G(l+d/2+j)),  t = l + 2j,
 *
 * is of Hermite degree t; they add up to 1 by Gauss's theorem.
 */

import { polygonNormSquared } from "./polygon-norm.ts";
import { polygonProduct } from "./polygon-product.ts";
import type { Correlations } from "./polygon-series.ts";
import { harmonicDimension } from "./harmonics.ts";
import { harmonicShares, meanAbsolute, spectrumError } from "./polygon-spectrum.ts";

/** Degrees beyond k that are looked at; those beyond have more dimensions, and at most all of the norm. */
export const furthestShare = 300;
/** Terms of a graph's fractions before the rest is bounded. */
const terms = 200;
/** Room for other arithmetic to prove the same. */
const margin = 2e-8;
/** How much less accurate a verifier's norms, by the plain sum, may be than the closed form's bound. */
const plainSums = 16;

/**
 * Lower bound, at least 1, on the minimum over l of dim H_l / (share_l dim H_k).
 * @param times what type l's share of one vector's function is multiplied by; 0 where the type does not count
 */
export function harmonicGain(n: number, k: number, times: (l: number) => number = () => 1): number {
  const last = k + furthestShare;
  const shares = harmonicShares(n, k, last);
  const least = Number(harmonicDimension(n, k));
  if (!(shares[k] > 1e-290) || !Number.isFinite(least)) return 1;
  let best = Infinity;
  for (let l = k; l <= last + 2; l += 2) {
    // no share is above 1
    const most = Number(harmonicDimension(n, l)) / least;
    if (l > last || most >= best)
      return Math.max(1, Math.min(best, most) * (1 - margin - spectrumError(n, last)));
    best = Math.min(best, Math.max(most, 1 / (shares[l] * times(l) * least)));
  }
  return 1;
}

/** What a graph multiplies the shares of one vector's function by. */
export function graphShares(d: number, k: number, correlations: Correlations): (l: number) => number {
  const product = polygonProduct(k, correlations);
  const room = 1 + plainSums * (product.closedFormError(1) / product.normSquared);
  const norm = product.normSquared / polygonNormSquared(k) / room;
  return (l) => pairWeight(d, l, correlations) / norm;
}

/** What sums over correlated vectors multiply the part of type l of one vector's function by, l even; from above. */
export function pairWeight(d: number, l: number, correlations: Correlations): number {
  const weightAt = (t: number): number =>
    correlations.reduce((sum, { correlation, weight }) => sum + weight * correlation ** t, 0);
  let [q, left, sum] = [lowestFraction(d, l), 1, 0];
  for (let j = 0; j < terms; j++) {
    sum += q * weightAt(l + 2 * j);
    left -= q;
    q *= ((l - 1) / 2 + j) ** 2 / ((j + 1) * (l + d / 2 + j));
  }
  // higher degrees weigh less
  return sum + Math.max(0, left) * weightAt(l + 2 * terms);
}

/** q_0, l even: 2 / (pi d (E|t|)^2) at l = 0, t a coordinate on the sphere. */
function lowestFraction(d: number, l: number): number {
  let q = 2 / (Math.PI * d * meanAbsolute(d) ** 2);
  for (let i = 0; i < l; i += 2) q *= ((i + d + 1) / 2) ** 2 / ((i + d / 2) * (i + 1 + d / 2));
  return q;
}
