/**
 * Two remainders side by side in one vector, as `count-kernel.ts` computes with them: sums of products with numbers of
 * ways, which are reduced when they are kept.
 */

import { long, pair, vector, type Code, type SimdFunction } from "../../base/simd.ts";
import { bitLength } from "../../numeric/integers.ts";

/** Two numbers, one for each modulus. */
export type Pair = readonly [bigint, bigint];

export interface CountArithmetic {
  /** Two numbers as they lie in memory, and back. */
  lanes(numbers: Pair): Float64Array | BigUint64Array;
  numbers(bytes: DataView, at: number): Pair;
  /** Numbers of ways, each in 64 bits. */
  words(ways: Float64Array): Float64Array;
  /** What `kept` is given. */
  readonly constants: readonly (Float64Array | BigUint64Array)[];
  readonly add: (a: Code, b: Code) => Code;
  readonly mul: (a: Code, b: Code) => Code;
  /** A sum, as it is kept: times the factors, where there are any, and reduced. */
  kept(f: SimdFunction, sum: Code, constants: readonly Code[], factors: Code): Code;
}

const all = 2n ** 64n - 1n;

/**
 * Modulo 2^64 and numbers 2^e - 1, in 64 bits, for p = 1/2: there are no factors. Reduced is below 2^e + 2^(64 - e):
 * the bits from e on are added to those below.
 */
export function integerArithmetic(moduli: Pair): CountArithmetic {
  const lanes = (numbers: Pair): BigUint64Array => BigUint64Array.from(numbers);
  const [first, second] = moduli.map((m) => ({
    exponent: bitLength(m),
    below: m > all ? all : m,
    carried: m > all ? 0n : all,
  }));
  return {
    lanes,
    numbers: (bytes, at) => [bytes.getBigUint64(at, true), bytes.getBigUint64(at + 8, true)],
    words(ways) {
      const words = new Uint32Array(2 * ways.length);
      for (const [k, x] of ways.entries()) words[2 * k] = x;
      return new Float64Array(words.buffer);
    },
    constants: [lanes([first.below, second.below]), lanes([first.carried, 0n]), lanes([0n, second.carried])],
    add: long.add,
    mul: long.mul,
    kept: (_, sum, [below, ofFirst, ofSecond]) =>
      long.add(
        vector.and(sum, below),
        vector.or(
          vector.and(long.shiftRight(sum, first.exponent), ofFirst),
          vector.and(long.shiftRight(sum, second.exponent), ofSecond),
        ),
      ),
  };
}

/** Modulo numbers below 2^26, in float64: products of two remainders are exact. */
export function floatArithmetic(moduli: Pair): CountArithmetic {
  const lanes = (numbers: Pair): Float64Array => Float64Array.from(numbers, Number);
  return {
    lanes,
    numbers: (bytes, at) => [BigInt(bytes.getFloat64(at, true)), BigInt(bytes.getFloat64(at + 8, true))],
    words: (ways) => ways,
    constants: [lanes(moduli), lanes(moduli).map(belowInverse)],
    add: pair.add,
    mul: pair.mul,
    kept(f, sum, [modulus, inverse], factors) {
      const reduced = (x: Code): Code => {
        const whole = f.keep(x);
        const rest = f.keep(pair.sub(whole, pair.mul(pair.floor(pair.mul(whole, inverse)), modulus)));
        return pair.sub(rest, vector.without(modulus, pair.greater(modulus, rest)));
      };
      return reduced(pair.mul(reduced(sum), factors));
    },
  };
}

/** So little below 1 / m that quotients found by it are never too large; below 2^53 they are one too small at most. */
const belowInverse = (m: number): number => (1 / m) * (1 - 2 ** -51);
