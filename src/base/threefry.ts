/** Threefry-2x32 with 20 rounds (Salmon et al. 2011), four counters at a time: the one loop all draws come from. */

import { reject } from "./errors.ts";
import { lazy } from "./lazy.ts";
import { integer, memoryOf, quad, SimdFunction, vector } from "./simd.ts";

/** Two unsigned 32-bit words. */
export type Key = readonly [number, number];

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
];
const parity = 0x1bd11bda;

/** (two words of the key, high counter, low counter, words, end of the words), addresses in bytes. */
function write(lanes: Int32Array): SimdFunction {
  const f = new SimdFunction(6);
  const [k0, k1, high, low, out, end] = [0, 1, 2, 3, 4, 5].map((i) => f.parameter(i));
  const k2 = integer.xor(integer.xor(k0, k1), integer.of(parity));
  const keys = [k0, k1, k2].map((k) => f.keep(quad.splat(k)));
  const numbers = f.keep(vector.load(integer.of(lanes.byteOffset)));
  const first = f.keep(quad.add(quad.splat(high), keys[0]));
  f.repeat(() => {
    let a = first;
    let b = f.keep(quad.add(quad.add(quad.splat(low), numbers), keys[1]));
    for (let group = 1; group <= 5; group++) {
      for (const by of rotations[(group - 1) % 2]) {
        a = f.keep(quad.add(a, b));
        b = f.keep(vector.xor(quad.rotateLeft(b, by), a));
      }
      a = f.keep(quad.add(a, keys[group % 3]));
      b = f.keep(quad.add(quad.add(b, keys[(group + 1) % 3]), quad.splat(integer.of(group))));
    }
    f.do(vector.store(out, quad.zipFirst(a, b)));
    f.do(vector.store(out, quad.zipLast(a, b), 16));
    f.advance(3, integer.of(4));
    f.advance(4, integer.of(32));
    return integer.less(out, end);
  });
  return f;
}

/** Words made at a time: few enough to stay in the first-level cache. */
const together = 1024;

type Generate = (key: Key, high: number, low: number, out: Uint32Array) => void;

function make(): Generate {
  const { memory, arrays } = memoryOf([Int32Array, 4], [Uint32Array, together]);
  const [lanes, words] = arrays;
  lanes.set([0, 1, 2, 3]);
  const run = write(lanes).compile(memory);
  const start = words.byteOffset;
  return ([k0, k1], high, low, out) => {
    for (let from = 0; from < out.length; from += together) {
      const count = Math.min(together, out.length - from);
      run(k0, k1, high, low + from / 2, start, start + 4 * count);
      if (count === 2) {
        out[0] = words[0];
        out[1] = words[1];
      } else out.set(words.subarray(0, count), from);
    }
  };
}

const generator = lazy(make);

/** On the counters (high, low), (high, low + 1), ...: both words of each, in turn, into `out`. */
export function threefry(key: Key, high: number, low: number, out: Uint32Array): void {
  if (key[0] >>> 0 !== key[0] || key[1] >>> 0 !== key[1])
    reject({ where: "key", what: `[${key.join(", ")}] is no key`, allowed: "two integers 0 to 2^32 - 1" });
  generator()(key, high, low, out);
}
