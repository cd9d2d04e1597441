/**
 * How the alternating polygon F(U x), U a plane in R^n, is spread over the degrees of spherical harmonics. F is
 * homogeneous of degree 1, so F(U x) = |x| phi(x / |x|) and its part in H_l(R^n) is |x| phi_l. By Funk and Hecke, with
 * P_l the Legendre polynomial of R^n (P_l(1) = 1) and a_l = E |t| P_l(t), t a coordinate of a uniform point of the
 * sphere,
 *
 *     ||phi_l||^2 = dim H_l (a_l / 2)^2 sum_{m,m'} (-1)^{m+m'} P_l(cos(pi (m - m') / k)),
 *
 * a_{l+2} / a_l = -(l-1) / (l+n+1), and P_l(cos t) is a cosine polynomial with non-negative coefficients p_i at the
 * frequencies l - 2i, of which the alternating sum keeps the odd multiples of k: nothing cancels.
 */

import { polygonNormSquared } from "./polygon-norm.ts";

/**
 * share_l / dim H_l(R^n) for l = 0..degree, where share_l is the part of ||F||^2 in H_l: non-zero for even l >= k only.
 * Relative error below `spectrumError`.
 */
export function harmonicShares(n: number, k: number, degree: number): Float64Array {
  const norm = polygonNormSquared(k);
  const out = new Float64Array(degree + 1);
  let a = meanAbsolute(n);
  for (let l = 0; l <= degree; l += 2) {
    if (l >= k) out[l] = (n * (a / 2) ** 2 * (2 * k) ** 2 * oddMultiples(n, k, l)) / norm;
    a *= -(l - 1) / (l + n + 1);
  }
  return out;
}

/** E |t| = Gamma(n/2) / (sqrt(pi) Gamma((n+1)/2)), t a coordinate of a uniform point of the sphere in R^n, n >= 1. */
export function meanAbsolute(n: number): number {
  let a = n % 2 === 1 ? 1 : 2 / Math.PI;
  for (let m = n % 2 === 1 ? 1 : 2; m < n; m += 2) a *= m / (m + 1); // in steps of 2
  return a;
}

/** The sum of the coefficients of P_l(cos t) at frequencies that are odd multiples of k, both signs. */
function oddMultiples(n: number, k: number, l: number): number {
  const lambda = (n - 2) / 2;
  let p = 1 / 2;
  for (let j = 1; j < l; j++) p *= (lambda + j) / (2 * lambda + j);
  let sum = 0;
  for (let i = 0; 2 * i < l; i++) {
    if ((l - 2 * i) % (2 * k) === k) sum += 2 * p;
    p *= ((lambda + i) * (l - i)) / ((i + 1) * (lambda + l - i - 1));
  }
  return sum;
}

/** Relative error of the shares, by the number of roundings of their recurrences. */
export const spectrumError = (n: number, degree: number): number => (2 * n + 10 * degree + 200) * 2 ** -52;
