/**
 * The neuron sigma_b(t) = relu(t - b) without its part up to a degree, t standard normal: with orthonormal Hermite
 * polynomials h_l its coefficients are
 *
 *     c_0 = phi(b) - b Pr[t > b],    c_1 = Pr[t > b],    c_l = h_(l-2)(b) phi(b) / sqrt(l (l - 1)),
 *
 * and ||sigma_b||^2 = (1 + b^2) Pr[t > b] - b phi(b).
 */

import { evaluate, hermite } from "../../numeric/orthonormal.ts";
import { millsRatio, normalDensity } from "../../numeric/normal-tail.ts";

/** h_0, ..., h_degree at every t: h_l(t_i) at l * count + i. */
export const hermiteValues = (t: ArrayLike<number>, degree: number): Float64Array =>
  evaluate(hermite.recurrence(degree + 1), degree, t);

/** Coefficients c_0, ..., c_degree of sigma_b. */
export function coefficients(b: number, degree: number): Float64Array {
  const density = normalDensity(b);
  const tail = millsRatio(b) * density;
  const h = hermiteValues([b], Math.max(0, degree - 2));
  return Float64Array.from({ length: degree + 1 }, (_, l) => {
    if (l === 0) return density - b * tail;
    return l === 1 ? tail : (h[l - 2] * density) / Math.sqrt(l * (l - 1));
  });
}

/** ||sigma_b||^2. */
export const normSquared = (b: number): number => normalDensity(b) * ((1 + b * b) * millsRatio(b) - b);

/** What is left of ||sigma_b||^2 without the degrees up to `order`. */
export const remaining = (b: number, order: number): number =>
  normSquared(b) - coefficients(b, order).reduce((sum, c) => sum + c * c, 0);
