/** Threefry-2x32 with 20 rounds (Salmon et al. 2011), eight counters at a time: the one loop all draws come from. */

import { reject } from "./errors.ts";
import { lazy } from "./lazy.ts";
import { integer, memoryOf, quad, SimdFunction, vector, type Code } from "./simd.ts";

/** Two unsigned 32-bit words. */
export type Key = readonly [number, number];

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
];
const parity = 0x1bd11bda;

/** Vectors of counters that are worked on at once: one alone waits for each of its operations. */
const side = [0, 1];

/** Low counters of the vectors of a round: those from a number on, or listed at an address. */
type LowCounters = (
  of: Code,
  f: SimdFunction,
) => { readonly lows: readonly Code[]; readonly advance: number };

const fromNumber =
  (lanes: Int32Array): LowCounters =>
  (low, f) => ({
    lows: side.map((i) =>
      quad.add(quad.splat(low), f.keep(vector.load(integer.of(lanes.byteOffset + 16 * i)))),
    ),
    advance: 4 * side.length,
  });

const listed: LowCounters = (list) => ({
  lows: side.map((i) => vector.load(list, 16 * i)),
  advance: 16 * side.length,
});

/** (two words of the key, high counter, low counters, words, end of the words), addresses in bytes. */
function write(counters: LowCounters): SimdFunction {
  const f = new SimdFunction(6);
  const [k0, k1, high, low, out, end] = [0, 1, 2, 3, 4, 5].map((i) => f.parameter(i));
  const k2 = integer.xor(integer.xor(k0, k1), integer.of(parity));
  const keys = [k0, k1, k2].map((k) => f.keep(quad.splat(k)));
  const { lows, advance } = counters(low, f);
  const first = f.keep(quad.add(quad.splat(high), keys[0]));
  const added = [1, 2, 3, 4, 5].map((group) =>
    f.keep(quad.add(keys[(group + 1) % 3], quad.splat(integer.of(group)))),
  );
  f.repeat(() => {
    let a = side.map(() => first);
    let b = lows.map((x) => f.keep(quad.add(x, keys[1])));
    for (let group = 1; group <= 5; group++) {
      for (const by of rotations[(group - 1) % 2]) {
        a = a.map((x, i) => f.keep(quad.add(x, b[i])));
        b = b.map((x, i) => f.keep(vector.xor(quad.rotateLeft(x, by), a[i])));
      }
      a = a.map((x) => f.keep(quad.add(x, keys[group % 3])));
      b = b.map((x) => f.keep(quad.add(x, added[group - 1])));
    }
    for (const i of side) {
      f.do(vector.store(out, quad.zipFirst(a[i], b[i]), 32 * i));
      f.do(vector.store(out, quad.zipLast(a[i], b[i]), 32 * i + 16));
    }
    f.advance(3, integer.of(advance));
    f.advance(4, integer.of(32 * side.length));
    return integer.less(out, end);
  });
  return f;
}

/** Words made at a time: few enough to stay in the first-level cache. */
const together = 1024;

type Generate = (key: Key, high: number, low: number, out: Uint32Array) => void;

function make(): Generate {
  const { memory, arrays } = memoryOf([Int32Array, 4 * side.length], [Uint32Array, together]);
  const [lanes, words] = arrays;
  lanes.forEach((_, i) => (lanes[i] = i));
  const run = write(fromNumber(lanes)).compile(memory);
  const start = words.byteOffset;
  return ([k0, k1], high, low, out) => {
    for (let from = 0; from < out.length; from += together) {
      const count = Math.min(together, out.length - from);
      run(k0, k1, high, low + from / 2, start, start + 4 * count);
      if (count === 2) {
        out[0] = words[0];
        out[1] = words[1];
      } else out.set(count === together ? words : words.subarray(0, count), from);
    }
  };
}

function makeListed() {
  const { memory, arrays } = memoryOf([Uint32Array, together], [Uint32Array, 2 * together]);
  const [list, words] = arrays;
  const run = write(listed).compile(memory);
  const start = words.byteOffset;
  return ([k0, k1]: Key, high: number, lows: Uint32Array, count: number, out: Uint32Array): void => {
    for (let i = 0; i < count; i++) list[i] = lows[i];
    run(k0, k1, high, list.byteOffset, start, start + 8 * count);
    for (let i = 0; i < 2 * count; i++) out[i] = words[i];
  };
}

const [generator, listedGenerator] = [lazy(make), lazy(makeListed)];

function requireKey(key: Key): void {
  if (key[0] >>> 0 !== key[0] || key[1] >>> 0 !== key[1])
    reject({ where: "key", what: `[${key.join(", ")}] is no key`, allowed: "two integers 0 to 2^32 - 1" });
}

/** On the counters (high, low), (high, low + 1), ...: both words of each, in turn, into `out`. */
export function threefry(key: Key, high: number, low: number, out: Uint32Array): void {
  requireKey(key);
  generator()(key, high, low, out);
}

/** As `threefry` on the counters (high, lows[0]), ..., (high, lows[count - 1]); 1024 at most. */
export function threefryAt(key: Key, high: number, lows: Uint32Array, count: number, out: Uint32Array): void {
  requireKey(key);
  listedGenerator()(key, high, lows, count, out);
}
