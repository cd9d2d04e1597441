/** Binomial coefficients in big integers. */

/** The binomial coefficient C(n, k), 0 outside 0..n. */
export function binomial(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let value = 1n;
  for (let i = 1; i <= Math.min(k, n - k); i++)
    value = (value * BigInt(n - Math.min(k, n - k) + i)) / BigInt(i);
  return value;
}
