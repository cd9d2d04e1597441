/**
 * Sums of relus of one standard normal vector, f(x) = sum_m a_m relu(v_m . x): their expectations are in closed form by
 * the arc-cosine kernel, as E relu(u.x) relu(v.x) = |u| |v| kappa(cos(u, v)). With c the cosine,
 *
 *     d/du |u| |v| kappa(c) = |v| (kappa(c) u/|u| + kappa'(c) (v/|v| - c u/|u|)),
 *     kappa'(c) = (pi - arccos c) / (2 pi).
 */

import { kappa } from "./arc-cosine.ts";

/** sum_m a_m relu(v_m . x), x in R^d. */
export interface ReluSum {
  readonly dimension: number;
  /** v_1, v_2, ..., row-major. */
  readonly vectors: Float64Array;
  readonly coefficients: Float64Array;
}

const product = (x: Float64Array, at: number, y: Float64Array, from: number, d: number): number => {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += x[at + i] * y[from + i];
  return sum;
};

/** <f, g>. */
export function reluInner(f: ReluSum, g: ReluSum): number {
  const { dimension: d } = f;
  const lengths = (of: ReluSum): number[] =>
    Array.from(of.coefficients, (_, m) => Math.sqrt(product(of.vectors, m * d, of.vectors, m * d, d)));
  const [own, others] = [lengths(f), lengths(g)];
  let sum = 0;
  for (let j = 0; j < own.length; j++)
    for (let m = 0; m < others.length; m++) {
      const size = own[j] * others[m];
      if (size === 0) continue;
      const c = cosine(product(f.vectors, j * d, g.vectors, m * d, d) / size);
      sum += f.coefficients[j] * g.coefficients[m] * size * kappa(c);
    }
  return sum;
}

const cosine = (x: number): number => Math.max(-1, Math.min(1, x));

/**
 * Adds factor d<f, g>/df to the gradient: <g, d f / d w> for every entry w of f's vectors and coefficients. A vector of
 * length 0, where relu has no derivative, is given 0.
 */
export function addReluGradient(
  f: ReluSum,
  g: ReluSum,
  factor: number,
  gradient: { readonly vectors: Float64Array; readonly coefficients: Float64Array },
): void {
  const { dimension: d } = f;
  for (let j = 0; j < f.coefficients.length; j++) {
    const length = Math.sqrt(product(f.vectors, j * d, f.vectors, j * d, d));
    if (length === 0) continue;
    let along = 0; // of u / |u|
    for (let m = 0; m < g.coefficients.length; m++) {
      const other = Math.sqrt(product(g.vectors, m * d, g.vectors, m * d, d));
      if (other === 0) continue;
      const c = cosine(product(f.vectors, j * d, g.vectors, m * d, d) / (length * other));
      const slope = (Math.PI - Math.acos(c)) / (2 * Math.PI);
      const weight = factor * g.coefficients[m];
      gradient.coefficients[j] += weight * length * other * kappa(c);
      const turn = weight * f.coefficients[j];
      along += turn * other * (kappa(c) - slope * c);
      for (let i = 0; i < d; i++) gradient.vectors[j * d + i] += turn * slope * g.vectors[m * d + i];
    }
    for (let i = 0; i < d; i++) gradient.vectors[j * d + i] += (along / length) * f.vectors[j * d + i];
  }
}

/**
 * tr K = sum of ||d f / d w||^2 over all entries: half of every squared length for the coefficients, and d/2 of every
 * squared coefficient, as E x_i^2 1[u.x > 0] = 1/2.
 */
export function reluTrace({ dimension, vectors, coefficients }: ReluSum): number {
  const square = (x: Float64Array): number => x.reduce((sum, v) => sum + v * v, 0);
  return (square(vectors) + dimension * square(coefficients)) / 2;
}
