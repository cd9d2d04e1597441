/** The tail of the standard normal law. */

/** phi(b), the density. */
export const normalDensity = (b: number): number => Math.exp((-b * b) / 2) / Math.sqrt(2 * Math.PI);

/**
 * Mills' ratio Pr[x > b] / phi(b), b >= 0: by the power series of the distribution function for small b, by Laplace's
 * continued fraction 1/(b + 1/(b + 2/(b + 3/(b + ...)))) for large; a few roundings in error.
 */
export function millsRatio(b: number): number {
  if (b >= 3) {
    let tail = b;
    for (let level = 200; level >= 1; level--) tail = b + level / tail;
    return 1 / tail;
  }
  let [sum, term] = [b, b];
  for (let k = 1; term > 1e-18 * sum; k++) {
    term *= (b * b) / (2 * k + 1);
    sum += term;
  }
  return 0.5 / normalDensity(b) - sum;
}
