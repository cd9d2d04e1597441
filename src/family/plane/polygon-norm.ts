/**
 * The squared norm of the alternating polygon F under the standard normal law, and the mean degree of its components.
 */

/**
 * ||F||^2 = sec^2 x - tan(x) / x at x = pi/2k, by the Taylor coefficients T_n of the tangent: sum 2 n T_n x^2n, all
 * terms positive. Equal to (16 k^2 / pi^2) sum over odd l of (l^2 k^2 - 1)^-2.
 */
export function polygonNormSquared(k: number): number {
  const square = (Math.PI / (2 * k)) ** 2;
  const tangent = [1];
  let [sum, power] = [0, 1];
  for (let n = 1; ; n++) {
    let convolution = 0;
    for (let i = 0; i < n; i++) convolution += tangent[i] * tangent[n - 1 - i];
    tangent.push(convolution / (2 * n + 1));
    power *= square;
    const term = 2 * n * tangent[n] * power;
    sum += term;
    if (term < sum * 2 ** -56) return sum;
  }
}

/**
 * E |grad F|^2 / ||F||^2: the mean degree of F's Hermite components; the gradient's length is sec(pi/2k) everywhere.
 */
export const meanDegree = (k: number): number =>
  1 / (Math.cos(Math.PI / (2 * k)) ** 2 * polygonNormSquared(k));
