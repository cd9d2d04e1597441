/** Fixed-point arithmetic with 600 fractional bits, for checking series that cancel. */

const bits = 600n;
export const one = 1n << bits;

export const fixed = (x: number): bigint => {
  // exact: a float64 is a multiple of 2^-1074; overlaps here are above 2^-500
  const scaled = x * 2 ** 250;
  return (
    BigInt(Math.floor(scaled)) * (one >> 250n) + BigInt(Math.round((scaled % 1) * 2 ** 53)) * (one >> 303n)
  );
};
export const times = (x: bigint, y: bigint): bigint => (x * y) >> bits;
export const toNumber = (x: bigint): number => {
  const sign = x < 0n ? -1 : 1;
  const magnitude = x < 0n ? -x : x;
  const length = magnitude.toString(2).length;
  const shift = BigInt(Math.max(0, length - 60));
  return sign * Number(magnitude >> shift) * 2 ** (Number(shift) - Number(bits));
};

function arctangentOfInverse(n: bigint): bigint {
  let [power, sum, k] = [one / n, 0n, 1n];
  while (power !== 0n) {
    sum += (k % 4n === 1n ? power : -power) / k;
    power /= n * n;
    k += 2n;
  }
  return sum;
}

/** Machin's formula. */
export const pi = 16n * arctangentOfInverse(5n) - 4n * arctangentOfInverse(239n);

/** Taylor series; x within a few turns. */
export function cosine(x: bigint): bigint {
  let [term, sum, k] = [one, one, 0n];
  while (term !== 0n && term !== -1n) {
    term = -times(times(term, x), x) / ((k + 1n) * (k + 2n));
    sum += term;
    k += 2n;
  }
  return sum;
}
export const sine = (x: bigint): bigint => cosine(pi / 2n - x);
