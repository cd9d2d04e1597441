/** The law of a sample as a law with orthonormal polynomials: up to one degree below the number of different values. */

import type { Recurrence } from "./orthonormal.ts";
import { stieltjes } from "./orthonormal-truncated.ts";

/** Orthonormal polynomials of a sample. */
export interface SampledPolynomials {
  /** Largest degree that there is; 0 for a constant. */
  readonly degree: number;
  /** Its degree + 1 coefficients. */
  readonly recurrence: Recurrence;
}

/** Values so many times closer than their range are one. */
const RESOLUTION = 1e-9;

/** @param most the largest degree that is wanted */
export function sampledPolynomials(values: Float64Array, most: number): SampledPolynomials {
  const sorted = Float64Array.from(values).sort();
  const gap = RESOLUTION * (sorted[sorted.length - 1] - sorted[0]);
  let different = 1;
  for (let i = 1; i < sorted.length && different <= most; i++)
    if (sorted[i] - sorted[i - 1] > gap) different++;
  const degree = Math.min(most, different - 1);
  const weights = new Float64Array(sorted.length).fill(1);
  return { degree, recurrence: stieltjes({ nodes: sorted, weights }, sorted.length, degree + 1) };
}
