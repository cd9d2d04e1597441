/** Spherical harmonics of degree k on R^d: how many there are. */

import { binomial } from "../../numeric/choose.ts";

/** dim H_k(R^d) = C(d+k-1, k) - C(d+k-3, k-2), d >= 2: homogeneous polynomials less those with a factor |x|^2. */
export const harmonicDimension = (d: number, k: number): bigint =>
  binomial(d + k - 1, k) - binomial(d + k - 3, k - 2);
