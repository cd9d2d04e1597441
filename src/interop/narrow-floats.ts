/** Floats of 16 bits as numbers; each is exactly a float32. */

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
export function fromHalf(word: number): number {
  const [sign, exponent, fraction] = [word >> 15 === 1 ? -1 : 1, (word >> 10) & 31, word & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** bfloat16, the upper halves of float32. */
export const fromBfloats = (words: Uint16Array): Float32Array =>
  new Float32Array(Uint32Array.from(words, (word) => word << 16).buffer);
