/**
 * SHA-256 (FIPS 180-4), synchronous and portable: browsers offer it only as a promise, Node only in a module of its
 * own. It names pieces of work by their content; for large files the runtime's own is many times faster.
 */

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}

/** The first 32 bits of the fractional part of an integer's k-th root, exactly: floor(p^(1/k) 2^32) mod 2^32. */
function rootBits(p: number, k: number): number {
  const scaled = BigInt(p) << BigInt(32 * k);
  let root = BigInt(Math.floor(p ** (1 / k) * 2 ** 32));
  while (root ** BigInt(k) > scaled) root--;
  while ((root + 1n) ** BigInt(k) <= scaled) root++;
  return Number(BigInt.asUintN(32, root));
}

const primes = firstPrimes(64);
const initial = Uint32Array.from(primes.slice(0, 8), (p) => rootBits(p, 2));
const constants = Uint32Array.from(primes, (p) => rootBits(p, 3));

const rotate = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** The message, a one bit, zeros, and its length in bits: whole blocks of 64 bytes. */
function padded(message: Uint8Array): DataView {
  const blocks = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64));
  new Uint8Array(blocks.buffer).set(message);
  blocks.setUint8(message.length, 0x80);
  blocks.setBigUint64(blocks.byteLength - 8, 8n * BigInt(message.length));
  return blocks;
}

/** One block of 64 bytes at `offset` worked into the state of eight words. */
function compress(state: Uint32Array, blocks: DataView, offset: number): void {
  const w = new Uint32Array(64);
  for (let t = 0; t < 16; t++) w[t] = blocks.getUint32(offset + 4 * t);
  for (let t = 16; t < 64; t++) {
    const s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ (w[t - 15] >>> 3);
    const s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ (w[t - 2] >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = h + s1 + ((e & f) ^ (~e & g)) + constants[t] + w[t];
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((x, i) => (state[i] += x));
}

/** The SHA-256 of bytes, or of a text's UTF-8 form (lone surrogates as U+FFFD), in 64 lower-case hexadecimal digits. */
export function sha256(message: Uint8Array | string): string {
  const blocks = padded(typeof message === "string" ? new TextEncoder().encode(message) : message);
  const state = initial.slice();
  for (let offset = 0; offset < blocks.byteLength; offset += 64) compress(state, blocks, offset);
  return Array.from(state, (x) => x.toString(16).padStart(8, "0")).join("");
}
