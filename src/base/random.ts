/**
 * Explicit splittable random keys: Threefry-2x32 with 20 rounds (Salmon et al. 2011), in counter mode.
 *
 * There is no global generator. A key names a stream; `foldIn` and `split` derive keys; `bits` expands a key
 * into words bit-identical to jax-js `random.bits`, so Node and browser draw the same things.
 */

import { reject } from "./errors.ts";
import { canonicalJson } from "./json.ts";
import { threefry, threefryAt, type Key } from "./threefry.ts";
import { fillNormals, place, redraw, type Further } from "./ziggurat.ts";

export type { Key } from "./threefry.ts";

const pair = new Uint32Array(2);

function derive(parent: Key, high: number, low: number): Key {
  threefry(parent, high, low, pair);
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
    const [x0, x1] = derive([h0, h1], m0, m1);
    [h0, h1] = [(x0 ^ m0) >>> 0, (x1 ^ m1) >>> 0];
    if (at >= bytes.length) break;
  }
  return [h0, h1];
}

const requireInteger = (name: string, value: number, least: number, most: number): void => {
  if (!Number.isInteger(value) || value < least || value > most)
    reject({ where: "random", what: `${name} is ${value}`, allowed: `an integer ${least} to ${most}` });
};

/** A key that nobody can foresee, by the secure randomness of the platform: for what a verifier draws. */
export function secretKey(): Key {
  const [a, b] = globalThis.crypto.getRandomValues(new Uint32Array(2));
  return [a, b];
}

/** The key of part `part`, a name or an integer from 0, of the thing that `parent` names. */
export function foldIn(parent: Key, part: number | string): Key {
  if (typeof part === "string") return keyFor(parent, part);
  requireInteger("the number of a part", part, 0, Number.MAX_SAFE_INTEGER);
  return derive(parent, Math.floor(part / 2 ** 32), part >>> 0);
}

/** `count` independent keys. */
export function split(parent: Key, count: number): Key[] {
  requireInteger("the number of keys", count, 0, 2 ** 32);
  return Array.from({ length: count }, (_, i) => derive(parent, 0, i));
}

/** The words a bulk draw expands at a time: few enough to stay in the first-level cache. */
const chunk = new Uint32Array(1024);
/** Counters of a chunk's numbers, and the words at them. */
const [lows, ofLows] = [new Uint32Array(chunk.length), new Uint32Array(2 * chunk.length)];

/** High counter words of the draws and of a normal's further attempts; keys are derived below 2^31. */
const draws = 2 ** 31;
const attempts = 3 * 2 ** 30;

/**
 * Fills `out` with the words numbered `start`, `start + 1`, ... of the key's stream, bit-identical to jax-js
 * `random.bits(key)` at those flat indices.
 */
export function bits(of: Key, out: Uint32Array, start = 0): Uint32Array {
  for (let from = 0; from < out.length; from += chunk.length / 2) {
    threefry(of, 0, start + from, chunk);
    const end = Math.min(out.length, from + chunk.length / 2);
    for (let i = from, at = 0; i < end; i++, at += 2) out[i] = chunk[at] ^ chunk[at + 1];
  }
  return out;
}

/** 53 bits of two words as a number in [0, 1). */
const unit = (high: number, low: number): number => ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;

/** A sequential reader of one key's draws, for draws of unknown length. */
export interface Stream {
  /** The next 32 bits. */
  word(): number;
  /** The next `count` words, into the beginning of `out`. */
  words(out: Uint32Array, count: number): void;
  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in [0, bound), without modulo bias; bound at most 2^32. */
  below(bound: number): number;
}

/**
 * The numbers of a key, one after the other: words, uniforms, integers, normals. Equal keys give equal streams,
 * everywhere.
 */
export function stream(of: Key): Stream {
  const buffer = new Uint32Array(256);
  let [at, counter] = [buffer.length, 0];
  const refill = (): void => {
    threefry(of, draws, counter, buffer);
    counter += buffer.length / 2;
    at = 0;
  };
  const word = (): number => {
    if (at === buffer.length) refill();
    return buffer[at++];
  };
  const words = (out: Uint32Array, count: number): void => {
    for (let done = 0; done < count;) {
      if (at === buffer.length) refill();
      const end = Math.min(buffer.length, at + count - done);
      out.set(buffer.subarray(at, end), done);
      done += end - at;
      at = end;
    }
  };
  const uniform = (): number => unit(word(), word());
  return {
    word,
    words,
    uniform,
    normal() {
      const high = word();
      return redraw(high & 255, place(high, word()), uniform);
    },
    below(bound) {
      requireInteger("the bound", bound, 1, 2 ** 32);
      const limit = 2 ** 32 - (2 ** 32 % bound);
      for (;;) {
        const w = word();
        if (w < limit) return w % bound;
      }
    },
  };
}

/** Fills `out` with uniforms in [0, 1), on the grid of 2^-24 in float32 and of 2^-53 in float64. */
export function uniforms<T extends Float32Array | Float64Array>(of: Key, out: T): T {
  const words = out instanceof Float32Array ? 1 : 2;
  const step = chunk.length / words;
  for (let from = 0; from < out.length; from += step) {
    threefry(of, draws, (from * words) / 2, chunk);
    const end = Math.min(out.length, from + step);
    if (words === 1) for (let i = from, at = 0; i < end; i++) out[i] = (chunk[at++] >>> 8) * 2 ** -24;
    else for (let i = from, at = 0; i < end; i++, at += 2) out[i] = unit(chunk[at], chunk[at + 1]);
  }
  return out;
}

/**
 * Fills `out` with independent standard normals. Each is a function of the key and its index alone: from one word in
 * float32, whose 24 bits of place are a float32's own precision, from two in float64; 2 in 100 need further attempts.
 */
export function normals<T extends Float32Array | Float64Array>(of: Key, out: T): T {
  const words = out instanceof Float32Array ? 1 : 2;
  const step = chunk.length / words;
  let from = 0;
  const further: Further = (indices, count, attempt, into) => {
    for (let k = 0; k < count; k++) lows[k] = from + indices[k];
    threefryAt(of, attempts + attempt, lows, count, ofLows);
    for (let k = 0, at = 0; k < count; k++, at += 2) into[k] = unit(ofLows[at], ofLows[at + 1]);
  };
  for (; from < out.length; from += step) {
    threefry(of, draws, (from * words) / 2, chunk);
    fillNormals(chunk, out.subarray(from, from + step), further);
  }
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
