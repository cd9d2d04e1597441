/**
 * Orthonormal polynomials h_0 = 1, h_1, h_2, ... of a probability law, by the three-term recurrence
 *
 *     z h_t = sqrt(b_{t+1}) h_{t+1} + a_t h_t + sqrt(b_t) h_{t-1}
 *
 * with positive leading coefficients gamma_t = prod_{i <= t} b_i^{-1/2}. (Szego 1939; Gautschi, "Orthogonal
 * Polynomials: Computation and Approximation", 2004, table 1.1.) Laws: standard normal (probabilists' Hermite), uniform
 * on [-1, 1] (Legendre), gamma (Laguerre), and with it chi-square and the exponential.
 */

import { logGamma } from "./binomial.ts";

/** The recurrence's coefficients a_0..a_{n-1}, b_0..b_{n-1}; b_0 = 1, the mass. */
export interface Recurrence {
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** A law on the reals by the recurrence of its orthonormal polynomials. */
export interface PolynomialLaw {
  /** e.g. `hermite`, `legendre`, `laguerre(-0.5,2)`. */
  readonly id: string;
  /** Smallest and largest value, infinite where there is none. */
  readonly support: readonly [number, number];
  /** The first `count` coefficients. */
  recurrence(count: number): Recurrence;
  /** What its restriction to an interval is integrated by. */
  readonly density: Density | Difference;
}

/** A density in closed form. */
export interface Density {
  /** It is (z - support[0])^exponent times `smooth(z)`; exponent 0 except for gamma laws. */
  readonly exponent: number;
  smooth(z: number): number;
  /** A length on which `smooth` changes little, for quadrature panels. */
  readonly scale: number;
}

/** The law of x - t^2, x of another law on the positive numbers, t standard normal: its density has a kink at 0. */
export interface Difference {
  readonly minuend: PolynomialLaw;
}

/** The standard normal law. */
export const hermite: PolynomialLaw = {
  id: "hermite",
  support: [-Infinity, Infinity],
  recurrence: (count) =>
    coefficients(
      count,
      () => 0,
      (t) => t,
    ),
  density: {
    exponent: 0,
    smooth: (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI),
    scale: 0.5,
  },
};

/** The uniform law on [-1, 1]. */
export const legendre: PolynomialLaw = {
  id: "legendre",
  support: [-1, 1],
  recurrence: (count) =>
    coefficients(
      count,
      () => 0,
      (t) => (t * t) / (4 * t * t - 1),
    ),
  density: { exponent: 0, smooth: () => 0.5, scale: 1 },
};

/** The law of scale * w with w of density w^alpha e^-w / Gamma(alpha + 1): generalised Laguerre polynomials. */
export function laguerre(alpha: number, scale = 1): PolynomialLaw {
  if (!(alpha > -1) || !(scale > 0)) throw new RangeError(`no gamma law has alpha ${alpha}, scale ${scale}`);
  const norm = Math.exp(-logGamma(alpha + 1) - (alpha + 1) * Math.log(scale));
  return {
    id: `laguerre(${alpha},${scale})`,
    support: [0, Infinity],
    recurrence: (count) =>
      coefficients(
        count,
        (t) => scale * (2 * t + alpha + 1),
        (t) => scale * scale * t * (t + alpha),
      ),
    density: { exponent: alpha, smooth: (z) => norm * Math.exp(-z / scale), scale: scale / 2 },
  };
}

/** chi^2 with q degrees of freedom, the law of |v|^2 for v ~ N(0, I_q). */
export const chiSquare = (q: number): PolynomialLaw => laguerre(q / 2 - 1, 2);

/** The exponential law of mean 1. */
export const exponential: PolynomialLaw = laguerre(0, 1);

function coefficients(count: number, a: (t: number) => number, b: (t: number) => number): Recurrence {
  return {
    a: Float64Array.from({ length: count }, (_, t) => a(t)),
    b: Float64Array.from({ length: count }, (_, t) => (t === 0 ? 1 : b(t))),
  };
}

/**
 * h_0..h_degree at every z.
 * @param recurrence at least degree + 1 coefficients
 * @param out filled with h_t(z_i) at t * count + i
 */
export function evaluate(
  { a, b }: Recurrence,
  degree: number,
  z: ArrayLike<number>,
  out = new Float64Array((degree + 1) * z.length),
): Float64Array {
  requireLength(a, degree + 1);
  const count = z.length;
  for (let i = 0; i < count; i++) {
    let [before, now] = [0, 1];
    out[i] = 1;
    for (let t = 0; t < degree; t++) {
      const back = t === 0 ? 0 : Math.sqrt(b[t]) * before;
      const next = ((z[i] - a[t]) * now - back) / Math.sqrt(b[t + 1]);
      [before, now] = [now, next];
      out[(t + 1) * count + i] = next;
    }
  }
  return out;
}

/** gamma_0..gamma_degree, the leading coefficients. */
export function leadingCoefficients({ b }: Recurrence, degree: number): Float64Array {
  requireLength(b, degree + 1);
  const gamma = new Float64Array(degree + 1);
  gamma[0] = 1;
  for (let t = 1; t <= degree; t++) gamma[t] = gamma[t - 1] / Math.sqrt(b[t]);
  return gamma;
}

/**
 * c_t = E[h_t^2 h_2t] = gamma_t^2 / gamma_2t for t = 0..most: z^t's square leads h_t^2, and all lower terms are
 * orthogonal to h_2t. Design mathematics, section 5.
 */
export function squareConstants(law: PolynomialLaw, most: number): Float64Array {
  const { b } = law.recurrence(2 * most + 1);
  return Float64Array.from({ length: most + 1 }, (_, t) => {
    let c = 1;
    for (let i = 1; i <= t; i++) c *= Math.sqrt(b[t + i] / b[i]);
    return c;
  });
}

function requireLength(coefficients: Float64Array, count: number): void {
  if (coefficients.length < count)
    throw new RangeError(`${coefficients.length} recurrence coefficients where ${count} are needed`);
}
