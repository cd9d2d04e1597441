import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chineseRemainder,
  isPrime,
  powersModulo,
  primesFor,
  remainder,
  timesModulo,
} from "../../src/numeric/primes.ts";

describe("primes", () => {
  it("are those of the sieve", () => {
    const sieve = new Uint8Array(100_000).fill(1, 2);
    for (let i = 2; i < sieve.length; i++) for (let j = 2 * i; j < sieve.length; j += i) sieve[j] = 0;
    expect([...sieve.keys()].filter((x) => isPrime(x) !== (sieve[x] === 1))).toEqual([]);
  });

  it("are told from pseudoprimes and known beyond", () => {
    // strong pseudoprimes to the bases 2; 2, 3; 2, 3, 5; 2, 3, 5, 7 (Jaeschke 1993), and squares
    for (const x of [2047, 1_373_653, 25_326_001, 3_215_031_751, 65_521 ** 2]) expect(isPrime(x)).toBe(false);
    for (const x of [2 ** 31 - 1, 2 ** 32 - 5, 2 ** 26 - 5]) expect(isPrime(x)).toBe(true);
    expect(primesFor(2n ** 40n)).toEqual([2 ** 32 - 5, 2 ** 32 - 17]);
  });

  it("give back integers from their remainders", () => {
    const primes = primesFor(2n ** 400n);
    const combine = chineseRemainder(primes);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 400n }), (x) => {
        expect(combine(primes.map((p) => Number(x % BigInt(p))))).toBe(x);
      }),
    );
  });

  it("have exact arithmetic", () => {
    const modulus = 2 ** 32 - 5;
    const below = fc.integer({ min: 0, max: modulus - 1 });
    fc.assert(
      fc.property(below, below, fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (a, b, x) => {
        const big = BigInt(modulus);
        expect(timesModulo(a, b, modulus, 1 / modulus)).toBe(Number((BigInt(a) * BigInt(b)) % big));
        expect(remainder(x, modulus, 1 / modulus)).toBe(Number(BigInt(x) % big));
        expect(powersModulo(BigInt(a), 4, modulus)[3]).toBe(Number(BigInt(a) ** 3n % big));
      }),
    );
  });
});
