/**
 * Explicit splittable random keys: Threefry-2x32 with 20 rounds (Salmon et al. 2011), in counter mode.
 *
 * There is no global generator. A key names a stream; `foldIn` and `split` derive keys; `bits` expands a key
 * into words bit-identical to jax-js `random.bits`, so Node and browser draw the same things.
 */

import { canonicalJson } from "./json.ts";

/** Two unsigned 32-bit words. */
export type Key = readonly [number, number];

/** Threefry-2x32 on the counter (c0, c1); writes both words to `out[at]`, `out[at + 1]`. */
function block(k0: number, k1: number, c0: number, c1: number, out: Uint32Array, at: number): void {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  let a = (c0 + k0) | 0;
  let b = (c1 + k1) | 0;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a; // prettier-ignore
  a = (a + k1) | 0;
  b = (b + k2 + 1) | 0; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a; // prettier-ignore
  a = (a + k2) | 0;
  b = (b + k0 + 2) | 0; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a; // prettier-ignore
  a = (a + k0) | 0;
  b = (b + k1 + 3) | 0; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a; // prettier-ignore
  a = (a + k1) | 0;
  b = (b + k2 + 4) | 0; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a; // prettier-ignore
  out[at] = a + k2;
  out[at + 1] = b + k0 + 5;
}

const pair = new Uint32Array(2);

function key(k0: number, k1: number, c0: number, c1: number): Key {
  block(k0, k1, c0, c1, pair, 0);
  return [pair[0], pair[1]];
}

/**
 * The key of a named thing: a 64-bit hash of the parts' canonical JSON. Name just what defines the thing drawn
 * (`keyFor("instance", family, parameters, seed)`), never the whole trial.
 */
export function keyFor(...parts: unknown[]): Key {
  const bytes = new TextEncoder().encode(canonicalJson(parts));
  // Matyas-Meyer-Oseas over 8-byte blocks; the length ends the message, so no text is another's prefix.
  let [h0, h1] = [0x65717569, 0x68617264];
  const word = (at: number): number =>
    ((bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)) >>>
    0;
  for (let at = 0; at <= bytes.length + 7; at += 8) {
    const [m0, m1] = at < bytes.length ? [word(at), word(at + 4)] : [bytes.length, 1];
    const [x0, x1] = key(h0, h1, m0, m1);
    [h0, h1] = [(x0 ^ m0) >>> 0, (x1 ^ m1) >>> 0];
    if (at >= bytes.length) break;
  }
  return [h0, h1];
}

/** The key of part `part` of the thing that `parent` names. */
export function foldIn(parent: Key, part: number | string): Key {
  if (typeof part === "string") return keyFor(parent, part);
  return key(parent[0], parent[1], Math.floor(part / 2 ** 32), part >>> 0);
}

/** `count` independent keys. */
export function split(parent: Key, count: number): Key[] {
  return Array.from({ length: count }, (_, i) => key(parent[0], parent[1], 0, i));
}

/**
 * Fills `out` with the words numbered `start`, `start + 1`, ... of the key's stream, bit-identical to jax-js
 * `random.bits(key)` at those flat indices.
 */
export function bits(of: Key, out: Uint32Array, start = 0): Uint32Array {
  for (let i = 0; i < out.length; i++) {
    block(of[0], of[1], 0, start + i, pair, 0);
    out[i] = pair[0] ^ pair[1];
  }
  return out;
}

/** A sequential reader of one key's stream, for draws of unknown length. */
export interface Stream {
  /** The next 32 bits. */
  word(): number;
  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number;
  /** Standard normal (Box-Muller, both halves used). */
  normal(): number;
  /** Uniform integer in [0, bound), without modulo bias; bound at most 2^32. */
  below(bound: number): number;
}

export function stream(of: Key): Stream {
  const buffer = new Uint32Array(256);
  let [at, counter] = [buffer.length, 0];
  let spare = NaN;
  const word = (): number => {
    if (at === buffer.length) {
      bits(of, buffer, counter);
      counter += buffer.length;
      at = 0;
    }
    return buffer[at++];
  };
  const uniform = (): number => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
  return {
    word,
    uniform,
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = NaN;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    below(bound) {
      const limit = 2 ** 32 - (2 ** 32 % bound);
      for (;;) {
        const w = word();
        if (w < limit) return w % bound;
      }
    },
  };
}

/** Fills `out` with uniforms in [0, 1). */
export function uniforms<T extends Float32Array | Float64Array>(of: Key, out: T): T {
  const s = stream(of);
  for (let i = 0; i < out.length; i++) out[i] = s.uniform();
  return out;
}

/** Fills `out` with independent standard normals. */
export function normals<T extends Float32Array | Float64Array>(of: Key, out: T): T {
  const s = stream(of);
  for (let i = 0; i < out.length; i++) out[i] = s.normal();
  return out;
}

/** A uniformly random permutation of 0..n-1 (Fisher-Yates). */
export function permutation(of: Key, n: number): Int32Array {
  const s = stream(of);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = s.below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
