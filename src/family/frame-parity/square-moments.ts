/**
 * What the square of a parity of relus tells about one of its coordinates, or several: with h_2(x) = (x^2 - 1) / sqrt
 * 2,
 *
 *     alpha_{k,r} = E[g_S^2 prod_{i <= r} h_2(x_i)] / ||g_S||^2.
 *
 * Let x_i have variance 1 + t_i for i <= r. Then d/dt_i at 0 is E[. (x_i^2 - 1)] / 2, and as all units' weights are
 * +-1/sqrt k,
 *
 *     E_t g^2 = 2^k sum over signs e of (prod e_i) D kappa(N / D),   D = 1 + sum t_i / k,   N = sum (1 + t_i) e_i / k.
 *
 * With kappa(c) = sum a_j c^j each term is D^(1-j) N^j, differentiated by Leibniz' rule. Powers j < k cancel in the
 * sum over signs exactly, so they are left out; for equal signs N = +-D, and the term is D times a number.
 */

import { evenKappa, kappaCoefficients } from "../../numeric/arc-cosine.ts";
import { binomial } from "../../numeric/choose.ts";
import { parityNormSquared } from "./relu-parity.ts";

const choose = (n: number, k: number): number => Number(binomial(n, k));

/** x (x - 1) ... (x - n + 1). */
const falling = (x: number, n: number): number => (n === 0 ? 1 : falling(x, n - 1) * (x - n + 1));

/** The sum of products of `size` of r signs, of which `minus` are -1. */
function elementary(r: number, minus: number, size: number): number {
  let sum = 0;
  for (let i = 0; i <= Math.min(minus, size); i++)
    sum += (i % 2 === 0 ? 1 : -1) * choose(minus, i) * choose(r - minus, size - i);
  return sum;
}

/** alpha_{k,r} for even k and 1 <= r <= k. */
export function squareMoment(k: number, r: number): number {
  const coefficients = kappaCoefficients(3000);
  const derivative = (minus: number, s: number): number => {
    if (Math.abs(s) === 1) {
      let rest = evenKappa(1);
      for (let j = 2; j < k; j += 2) rest -= coefficients[j]; // the constant is not in it
      return r === 1 ? rest / k : 0;
    }
    let sum = 0;
    for (let a = 0; a <= r; a++) {
      const signs = elementary(r, minus, r - a);
      if (signs === 0) continue;
      let series = 0;
      for (let j = k; j < coefficients.length; j += 2) {
        const power = j - r + a;
        const term = coefficients[j] * falling(1 - j, a) * falling(j, r - a) * (power === 0 ? 1 : s ** power);
        series += term;
        if (Math.abs(term) < 1e-18 * Math.abs(series) || term === 0) break;
      }
      sum += signs * series;
    }
    return sum / k ** r;
  };
  let total = 0;
  for (let p = 0; p <= r; p++)
    for (let q = 0; q <= k - r; q++)
      total +=
        ((p + q) % 2 === 0 ? 1 : -1) * choose(r, p) * choose(k - r, q) * derivative(p, (k - 2 * (p + q)) / k);
  return (2 ** (k + r / 2) * total) / parityNormSquared(k);
}

/**
 * E[g_S g_T x_a x_b] / ||g||^2 for two sets of k points that differ in one, S = R + a and T = R + b; k even. By parts
 * in x_a and x_b a product of relus becomes the probability that both their arguments are positive,
 * 1/4 + arcsin(c) / (2 pi), with c = sum over R of the products of their signs / k.
 */
export function neighbourMoment(k: number): number {
  let sum = 0;
  for (let minus = 0; minus < k; minus++)
    sum += (minus % 2 === 0 ? 1 : -1) * choose(k - 1, minus) * Math.asin((k - 1 - 2 * minus) / k);
  return (2 ** k * sum) / (k * Math.PI * parityNormSquared(k));
}
