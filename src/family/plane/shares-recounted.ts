/**
 * For verifiers: how the alternating polygon F(U x), U a plane in R^n, is spread over the degrees of spherical
 * harmonics, by the radial integrals of its Fourier components (the certifier sums coefficients of Legendre
 * polynomials). F has the angles m = k, 3k, 5k, ..., with the part (m^2 - 1)^-2 / sum of these of ||F||^2, and the part
 * of angle m that is of degree l is
 *
 *     n (n-2) / 4 * G(q)^2 G(c+j) ((m-1)/2)_j^2 (2j+c+m) G(j+c+m) / (j! G(q+c+j)^2 G(j+m+1)),
 *
 * j = (l - m)/2, c = (n-2)/2, q = (m+3)/2, G the gamma function. Steps from j to j + 1 and from c to c + 1 are rational
 * factors.
 */

import { unitRoundoff } from "../../numeric/rounding.ts";

export interface Shares {
  /** The part of ||F||^2 in degree l, l = 0..degree. */
  readonly shares: Float64Array;
  /** Bound on the relative error of each. */
  readonly error: number;
}

export function sharesByAngles(n: number, k: number, degree: number): Shares {
  const shares = new Float64Array(degree + 1);
  const c = (n - 2) / 2;
  // from the small terms to the large, the rest beyond as an integral
  const last = k * (2 * Math.floor(1e5 / k) + 1);
  let norm = 1 / (6 * k * (last + k) ** 3);
  for (let m = last; m >= k; m -= 2 * k) norm += 1 / (m * m - 1) ** 2;
  for (let m = k; m <= degree; m += 2 * k) {
    let term = lowest(n, m) / (norm * (m * m - 1) ** 2);
    for (let j = 0; m + 2 * j <= degree; j++) {
      shares[m + 2 * j] += term * (2 * j + c + m);
      const up = (c + j) * (c + j + m) * ((m - 1) / 2 + j) ** 2;
      term *= up / ((j + 1) * (j + m + 1) * ((m + 3) / 2 + c + j) ** 2);
    }
  }
  return { shares, error: (n + 4 * degree + 100) * unitRoundoff };
}

/** n/2 G(c+1) G(c+m) G(q)^2 / (G(q+c)^2 G(m+1)), from c = 0 or 1/2 on. */
function lowest(n: number, m: number): number {
  const q = (m + 3) / 2;
  let [value, c] =
    n % 2 === 0 ? [1 / m, 0] : [(Math.PI ** 2 / 2) * central(m) * central(m / 2 + 1) ** 2, 1 / 2];
  for (; c < (n - 2) / 2; c++) value *= ((c + 1) * (c + m)) / ((q + c) * (q + c));
  return (value * n) / 2;
}

/** G(p + 1/2) / (sqrt(pi) G(p + 1)). */
function central(p: number): number {
  let value = 1;
  for (let i = 1; i <= p; i++) value *= (i - 1 / 2) / i;
  return value;
}
