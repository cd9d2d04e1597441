/**
 * The law of chi^2_q - chi^2_1, of squared Minkowski lengths of normal vectors with q space coordinates: mean q - 1,
 * variance 2 (q + 1). Its polynomials are in no closed form, but its moments are whole numbers: the recurrence is that
 * of their Hankel matrix, in whole numbers throughout.
 */

import { chiSquare, type PolynomialLaw, type Recurrence } from "./orthonormal.ts";

export const chiSquareDifference = (q: number): PolynomialLaw => ({
  id: `chi-square-difference(${q})`,
  support: [-Infinity, Infinity],
  recurrence: (count) => ofMoments(momentsOf(q, 2 * count), count),
  density: { minuend: chiSquare(q) },
});

/** E (x - y)^k for k = 0..most, by E x^k = q (q + 2) ... (q + 2k - 2). */
function momentsOf(q: number, most: number): bigint[] {
  const own = (degrees: number): bigint[] => {
    const out = [1n];
    for (let k = 1; k <= most; k++) out.push(out[k - 1] * BigInt(degrees + 2 * k - 2));
    return out;
  };
  const [plus, minus] = [own(q), own(1)];
  return plus.map((_, k) => {
    let [sum, choose] = [0n, 1n];
    for (let j = 0; j <= k; j++) {
      sum += (j % 2 === 0 ? choose : -choose) * plus[k - j] * minus[j];
      choose = (choose * BigInt(k - j)) / BigInt(j + 1);
    }
    return sum;
  });
}

/**
 * Eliminates the Hankel matrix L D L^T without fractions (Bareiss 1968), whose pivots are its leading minors:
 * b_t = D_t / D_(t-1), a_t = L_(t+1,t) - L_(t,t-1).
 */
function ofMoments(moments: readonly bigint[], count: number): Recurrence {
  const size = count + 1;
  const m = Array.from({ length: size }, (_, i) => moments.slice(i, i + size));
  const a = new Float64Array(count);
  const b = new Float64Array(count).fill(1);
  let [before, beforeThat, below] = [1n, 1n, 0];
  for (let t = 0; t < count; t++) {
    const pivot = m[t][t];
    if (t > 0) b[t] = quotient(pivot * beforeThat, before * before);
    const beside = quotient(m[t + 1][t], pivot);
    a[t] = beside - below;
    below = beside;
    for (let i = t + 1; i < size; i++)
      for (let j = t + 1; j < size; j++) m[i][j] = (m[i][j] * pivot - m[i][t] * m[t][j]) / before;
    [before, beforeThat] = [pivot, before];
  }
  return { a, b };
}

/** To all digits of a double. */
const quotient = (a: bigint, b: bigint): number => Number((a << 80n) / b) / 2 ** 80;
