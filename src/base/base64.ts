/** Arrays of 32-bit floats as text: base64 of their bytes, little-endian. */

import { InputError, reject } from "./errors.ts";

/** The values, rounded to 32 bits, as base64. */
export function encodeFloats(values: ArrayLike<number>): string {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x3000)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + 0x3000)));
  return text;
}

/** @throws InputError for what is no base64 of just so many finite float32 */
export function decodeFloats(text: string, count: number, where: string): Float32Array {
  const wanted = 4 * Math.ceil((4 * count) / 3);
  if (text.length !== wanted)
    reject({
      where,
      what: `${text.length} characters of base64`,
      allowed: `${wanted}, for ${count} float32`,
    });
  try {
    const values = new Float32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
    if (values.length !== count || !values.every(Number.isFinite))
      reject({ where, what: "a number that is not finite" });
    return values;
  } catch (error) {
    if (error instanceof InputError) throw error;
    return reject({ where, what: "no base64 of float32" });
  }
}
