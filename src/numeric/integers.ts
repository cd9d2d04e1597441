/** Integers, big ones above all: their lengths, logarithms, common divisors and how they are shown. */

/** Number of binary digits of |x|; 0 for 0. */
export function bitLength(x: bigint): number {
  const hex = (x < 0n ? -x : x).toString(16);
  return hex === "0" ? 0 : 4 * (hex.length - 1) + (32 - Math.clz32(parseInt(hex[0], 16)));
}

/** log2 of a positive integer of any size, relative error about 2^-52; exact at powers of two. */
export function log2Integer(x: bigint): number {
  if (x <= 0n) throw new RangeError(`log2 of ${x}`);
  const shift = Math.max(0, bitLength(x) - 64);
  const top = x >> BigInt(shift);
  return Math.log2(Number(top)) + shift;
}

/** The greatest common divisor, at least 0. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The greatest common divisor of numbers that are integers at least 0. */
export const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

/** The largest integer whose cube is at most x, for x >= 0: Newton's method from above. */
export function cubeRoot(x: bigint): bigint {
  if (x === 0n) return 0n;
  let root = 1n << BigInt(Math.ceil(bitLength(x) / 3));
  for (;;) {
    const next = (2n * root + x / (root * root)) / 3n;
    if (next >= root) return root;
    root = next;
  }
}

/** A natural number's digits; from 10^20 on its first three and its size. */
export function briefInteger(value: bigint): string {
  const digits = `${value}`;
  return digits.length <= 20 ? digits : `${digits[0]}.${digits.slice(1, 3)}e${digits.length - 1}`;
}

/** 1 for a 32-bit word with an odd number of ones, else 0. */
export function parity(word: number): number {
  let x = word ^ (word >>> 16);
  x ^= x >>> 8;
  x ^= x >>> 4;
  return (0x6996 >>> (x & 15)) & 1;
}
