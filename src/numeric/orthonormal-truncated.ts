/**
 * Orthonormal polynomials of a law restricted to an interval, and the bounded test functions made from them that
 * Growing-Basis uses in place of h_2t: phi_t = the degree-2t orthonormal polynomial of the restricted law, times the
 * interval's indicator. It is orthogonal to every h_a h_b with a + b < 2t as h_2t is.
 */

import { evaluate, leadingCoefficients, type PolynomialLaw, type Recurrence } from "./orthonormal.ts";
import type { Rule } from "./quadrature.ts";
import { intervalRule } from "./quadrature-panels.ts";

export interface TruncatedLaw {
  readonly interval: readonly [number, number];
  /** The interval's probability under the whole law. */
  readonly mass: number;
  /** Of the conditional law on the interval. */
  readonly recurrence: Recurrence;
}

/**
 * The law conditioned on an interval (clipped to the support, finite after that), with the first `count` recurrence
 * coefficients by the discretised Stieltjes procedure (Gautschi 1982).
 */
export function truncate(
  law: PolynomialLaw,
  interval: readonly [number, number],
  count: number,
): TruncatedLaw {
  const rule = intervalRule(law, interval);
  const mass = rule.weights.reduce((sum, w) => sum + w, 0);
  const lo = Math.max(interval[0], law.support[0]);
  const hi = Math.min(interval[1], law.support[1]);
  return { interval: [lo, hi], mass, recurrence: stieltjes(rule, mass, count) };
}

/**
 * The interval of this mass that reaches equally many standard deviations to both sides of the law's mean, clipped to
 * the support; all of a bounded support.
 */
export function interval(law: PolynomialLaw, mass: number): readonly [number, number] {
  if (law.support.every(Number.isFinite)) return law.support;
  const { a, b } = law.recurrence(2);
  const reach = (width: number): readonly [number, number] => [
    Math.max(law.support[0], a[0] - width * Math.sqrt(b[1])),
    Math.min(law.support[1], a[0] + width * Math.sqrt(b[1])),
  ];
  let [low, high] = [0, 60];
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    if (truncate(law, reach(middle), 1).mass >= mass) high = middle;
    else low = middle;
  }
  return reach(high);
}

/** The first `count` coefficients of a law given by nodes, in any order, and weights of this mass (Gautschi 1982). */
export function stieltjes({ nodes, weights }: Rule, mass: number, count: number): Recurrence {
  const a = new Float64Array(count);
  const b = new Float64Array(count).fill(1);
  let before = new Float64Array(nodes.length);
  let now = new Float64Array(nodes.length).fill(1);
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < nodes.length; i++) a[t] += (weights[i] / mass) * nodes[i] * now[i] ** 2;
    if (t + 1 === count) break;
    const next = new Float64Array(nodes.length);
    let norm = 0;
    for (let i = 0; i < nodes.length; i++) {
      next[i] = (nodes[i] - a[t]) * now[i] - (t === 0 ? 0 : Math.sqrt(b[t]) * before[i]);
      norm += (weights[i] / mass) * next[i] ** 2;
    }
    b[t + 1] = norm;
    for (let i = 0; i < nodes.length; i++) next[i] /= Math.sqrt(norm);
    [before, now] = [now, next];
  }
  return { a, b };
}

export interface TestFunctions {
  readonly interval: readonly [number, number];
  readonly mass: number;
  /** c_t = E[h_t^2 phi_t] = mass * gamma_t^2 / gamma~_2t > 0 for t = 0..most. */
  readonly constants: Float64Array;
  /** sup |phi_t| for t = 0..most. */
  readonly suprema: Float64Array;
  /** phi_0..phi_most at every z: phi_t(z_i) at t * count + i. */
  evaluate(z: ArrayLike<number>): Float64Array;
}

const GRID = 8192;

/** phi_0..phi_most of a law and an interval. */
export function testFunctions(
  law: PolynomialLaw,
  interval: readonly [number, number],
  most: number,
): TestFunctions {
  const truncated = truncate(law, interval, 2 * most + 1);
  const [lo, hi] = truncated.interval;
  const gamma = leadingCoefficients(law.recurrence(most + 1), most);
  const within = leadingCoefficients(truncated.recurrence, 2 * most);
  const at = (z: ArrayLike<number>): Float64Array => {
    const all = evaluate(truncated.recurrence, 2 * most, z);
    const out = new Float64Array((most + 1) * z.length);
    for (let t = 0; t <= most; t++)
      for (let i = 0; i < z.length; i++)
        if (z[i] >= lo && z[i] <= hi) out[t * z.length + i] = all[2 * t * z.length + i];
    return out;
  };
  // Extremes crowd at the ends, as the Chebyshev points do.
  const grid = Float64Array.from(
    { length: GRID + 1 },
    (_, i) => (lo + hi - (hi - lo) * Math.cos((Math.PI * i) / GRID)) / 2,
  );
  grid[0] = lo; // exactly, as the other end
  grid[GRID] = hi;
  const values = at(grid);
  return {
    interval: truncated.interval,
    mass: truncated.mass,
    constants: gamma.map((g, t) => (truncated.mass * g * g) / within[2 * t]),
    suprema: gamma.map((_, t) => {
      let largest = 0;
      for (let i = 0; i < grid.length; i++)
        largest = Math.max(largest, Math.abs(values[t * grid.length + i]));
      return largest;
    }),
    evaluate: at,
  };
}
