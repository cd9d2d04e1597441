/**
 * How much of a hidden plane the gradient of a two-layer network sees, in closed form (after Shalev-Shwartz et al.
 * 2017).
 *
 * For f_w(x) = sum_j a_j relu(w_j . x) on R^d, x standard normal, and targets F(U x), U a uniform plane, the signal is
 *
 *     phi(w) = E_U sum_i <d_i f_w, f_U>^2 / (sum_i ||d_i f_w||^2 ||f_U||^2) = tr(K T) / tr K <= 1 / d_eff,
 *
 * K(x,x') = sum_i d_i f_w(x) d_i f_w(x'), T = E f_U (x) f_U / ||f||^2. T commutes with rotations, so that of the w_j
 * only their lengths matter and K may be taken for its mean over directions, |x||x'| (A kappa(c) + B c kappa'(c)) with
 * A = sum |w_j|^2 / d, B = sum a_j^2. On |x| H_l(R^d) it is mu_l and T is share_l / dim H_l, hence phi = sum_l share_l
 * mu_l / tr K: exact at every weight vector. Averages over a permutation group G keep dim H_l^G of dim H_l, in the mean
 * over directions.
 *
 * The eigenvalues are squares by Funk and Hecke: kappa is the mean of relu(w.x) relu(w.x') over Gaussian w, its
 * derivative that of 1[w.x > 0] 1[w.x' > 0], and a factor c is the Legendre polynomials' own recurrence. Nothing
 * cancels.
 */

import { invariantHarmonics } from "../../symmetry/harmonic-invariants.ts";
import type { CycleIndex } from "../../symmetry/cycle-index.ts";
import { harmonicDimension } from "./harmonics.ts";
import { harmonicShares, meanAbsolute } from "./polygon-spectrum.ts";

/** What the closed form reads of a two-layer network's weights. */
export interface NeuronNorms {
  /** A = sum_j |w_j|^2 / d. */
  readonly weights: number;
  /** B = sum_j a_j^2. */
  readonly outputs: number;
}

export interface PlaneSignalOptions {
  readonly d: number;
  readonly k: number;
  readonly norms: NeuronNorms;
  /** The biases, all 0, are trained too: their gradients carry no signal but count. */
  readonly biases: boolean;
  /** The group that targets are averaged over, by its cycle index; they are weighted by their squared norms. */
  readonly targets?: CycleIndex;
  /** The student is averaged over that group as well. */
  readonly averaged?: boolean;
}

/** One degree l of spherical harmonics. */
export interface SignalPart {
  readonly degree: number;
  /** Part of the gradient's energy, mu_l dim H_l / tr K. */
  readonly gradient: number;
  /** Part of the targets' energy, share_l. */
  readonly target: number;
}

export interface PlaneSignal {
  readonly phi: number;
  /** The same of gradients less their means. */
  readonly centred: number;
  /** The first even degrees, and 1. */
  readonly parts: readonly SignalPart[];
}

/** Degrees that are added up, and those that are listed. */
const LARGEST_DEGREE = 300;
const LISTED_DEGREE = 12;

/** @throws InputError for a group whose cycle types are too many to list */
export function planeSignal(options: PlaneSignalOptions): PlaneSignal {
  const { d, k, norms, biases, targets, averaged = false } = options;
  const { weights: a, outputs: b } = norms;
  const { kappa, tilted, steps } = arcCosineSpectrum(d, LARGEST_DEGREE);
  const shares = harmonicShares(d, k, LARGEST_DEGREE);
  const fixed = targets === undefined ? undefined : invariantHarmonics(targets, LARGEST_DEGREE);
  const radial = 2 / (Math.PI * d * meanAbsolute(d) ** 2); // (E |x|)^2 / E |x|^2
  const order = targets === undefined ? 1 : Number(targets.order);
  let [signal, energy, shareLeft] = [0, 0, 1];
  // tr K, and what of it averaging leaves; beyond the last degree that is 1 in |G|
  const whole = (d * (a + b)) / 2 + (biases ? b / 2 : 0);
  let [left, kept, constant] = [whole, 0, 0];
  const parts: SignalPart[] = [];
  for (let l = 0; l <= LARGEST_DEGREE; l++) {
    const all = Number(harmonicDimension(d, l));
    if (!Number.isFinite(all)) break;
    const dimension = fixed === undefined ? all : Number(fixed[l]);
    const mu = d * (a * kappa[l] + b * tilted[l]) + (biases ? b * steps[l] : 0);
    left -= mu * all;
    kept += mu * (averaged ? dimension : all);
    // of |x| the mean is left out, of the biases' constant all
    if (l === 0) constant = radial * d * (a * kappa[l] + b * tilted[l]) + (biases ? b * steps[l] : 0);
    shareLeft -= shares[l] * all;
    signal += shares[l] * dimension * mu;
    energy += shares[l] * dimension;
    if (l <= LISTED_DEGREE && mu > 0)
      parts.push({ degree: l, gradient: mu * (averaged ? dimension : all), target: shares[l] * dimension });
  }
  const output = biases ? 1 : 0;
  const trace = output + kept + Math.max(0, left) / (averaged ? order : 1);
  energy += Math.max(0, shareLeft) / order;
  return {
    phi: signal / energy / trace,
    centred: signal / energy / (trace - constant - output),
    parts: parts.map(({ degree, gradient, target }) => ({
      degree,
      gradient: (gradient + (degree === 0 ? output : 0)) / trace,
      target: target / energy,
    })),
  };
}

/**
 * Eigenvalues on H_l(R^d), l = 0..degree, of kappa(c), c kappa'(c) and kappa'(c), c the cosine of two points of the
 * sphere.
 */
export function arcCosineSpectrum(
  d: number,
  degree: number,
): { kappa: Float64Array; tilted: Float64Array; steps: Float64Array } {
  const [kappa, tilted, steps] = [0, 1, 2].map(() => new Float64Array(degree + 2));
  // E |t| P_l(t) for even l and E sign(t) P_l(t) for odd l, by their recurrences in steps of 2
  let [even, odd] = [meanAbsolute(d), meanAbsolute(d)];
  for (let l = 0; l <= degree; l += 2) {
    kappa[l] = d * (even / 2) ** 2;
    steps[l + 1] = (odd / 2) ** 2;
    even *= -(l - 1) / (l + d + 1);
    odd *= -(l + 1) / (l + d + 1);
  }
  kappa[1] = 1 / (4 * d);
  steps[0] = 1 / 4;
  // t P_l = ((l + d - 2) P_{l+1} + l P_{l-1}) / (2l + d - 2)
  tilted[0] = steps[1];
  for (let l = 1; l <= degree; l++)
    tilted[l] = ((l + d - 2) * steps[l + 1] + l * steps[l - 1]) / (2 * l + d - 2);
  return { kappa, tilted, steps };
}
