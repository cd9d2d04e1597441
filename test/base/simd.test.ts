import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bytes16,
  double,
  integer,
  long,
  memoryOf,
  octet,
  pair,
  quad,
  SimdFunction,
  vector,
  type Code,
} from "../../src/base/simd.ts";

const float = fc.double({ noDefaultInfinity: false });
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const short = fc.integer({ min: 0, max: 2 ** 16 - 1 });

/** The result of an expression on two vectors of memory, as the wanted kind of numbers. */
function onVectors<T extends Float64Array | Float32Array | Int32Array | Uint16Array>(
  given: readonly [T, T],
  write: (a: Code, b: Code, f: SimdFunction) => Code,
): T {
  const kind = given[0].constructor as never;
  const length = given[0].length;
  const { memory, arrays } = memoryOf([kind, length], [kind, length], [kind, length]) as unknown as { memory: WebAssembly.Memory; arrays: T[] };
  arrays[0].set(given[0]);
  arrays[1].set(given[1]);
  const f = new SimdFunction(0);
  const [a, b] = arrays.map((x) => f.keep(vector.load(integer.of(x.byteOffset))));
  f.do(vector.store(integer.of(arrays[2].byteOffset), write(a, b, f)));
  f.compile(memory)();
  return arrays[2];
} // prettier-ignore

describe("the assembler", () => {
  it("encodes every 32-bit integer", () => {
    const { memory, arrays } = memoryOf([Int32Array, 1]);
    const [out] = arrays;
    const stored = (value: number): number => {
      const f = new SimdFunction(0);
      f.do(integer.store(integer.of(out.byteOffset), integer.of(value)));
      f.compile(memory)();
      return out[0];
    };
    for (let bit = 0; bit < 31; bit++)
      for (const value of [2 ** bit, 2 ** bit - 1, -(2 ** bit), -(2 ** bit) - 1]) expect(stored(value)).toBe(value);
    fc.assert(fc.property(word, (value) => void expect(stored(value)).toBe(value)));
  }); // prettier-ignore

  it("computes with pairs of float64 as plain numbers are computed with", () => {
    const two = fc.tuple(float, float).map((x) => Float64Array.from(x));
    const operations: [(a: Code, b: Code) => Code, (a: number, b: number) => number][] = [
      [pair.add, (a, b) => a + b],
      [pair.sub, (a, b) => a - b],
      [pair.mul, (a, b) => a * b],
      [pair.div, (a, b) => a / b],
      [pair.max, (a, b) => (a < b ? b : a)],
      [(a) => pair.sqrt(a), (a) => Math.sqrt(a)],
      [(a) => pair.floor(a), (a) => Math.floor(a)],
      [(a) => pair.abs(a), (a) => Math.abs(a)],
    ];
    fc.assert(
      fc.property(two, two, (a, b) => {
        for (const [code, plain] of operations)
          expect(Array.from(onVectors([a, b], code))).toEqual([plain(a[0], b[0]), plain(a[1], b[1])]);
        expect(Array.from(onVectors([a, b], pair.firsts))).toEqual([a[0], b[0]]);
        expect(Array.from(onVectors([a, b], pair.seconds))).toEqual([a[1], b[1]]);
        const larger = onVectors([a, b], (x, y, f) => f.choose(vector.any(pair.greater(x, y)), () => x, () => y)); // prettier-ignore
        expect(Array.from(larger)).toEqual(Array.from(a[0] > b[0] || a[1] > b[1] ? a : b));
      }),
      { numRuns: 50 },
    );
  });

  it("computes with integers of 32 and 16 bits and with bytes", () => {
    const four = fc.array(word, { minLength: 4, maxLength: 4 }).map((x) => Int32Array.from(x));
    fc.assert(
      fc.property(four, four, fc.integer({ min: 1, max: 31 }), (a, b, by) => {
        expect(onVectors([a, b], quad.add)).toEqual(a.map((x, i) => x + b[i]));
        expect(onVectors([a, b], (x) => quad.rotateLeft(x, by))).toEqual(a.map((x) => (x << by) | (x >>> (32 - by)))); // prettier-ignore
        expect(onVectors([a, b], quad.zipFirst)).toEqual(Int32Array.of(a[0], b[0], a[1], b[1]));
        expect(onVectors([a, b], quad.zipLast)).toEqual(Int32Array.of(a[2], b[2], a[3], b[3]));
        const same = a.map((x, i) => (i % 2 === 0 ? x : b[i]));
        expect(onVectors([a, same], quad.equal)).toEqual(a.map((x, i) => (x === same[i] ? -1 : 0)));
      }),
      { numRuns: 50 },
    );
    const eight = fc.array(short, { minLength: 8, maxLength: 8 }).map((x) => Uint16Array.from(x));
    const ones = (x: number): number => [...x.toString(2)].filter((digit) => digit === "1").length;
    fc.assert(
      fc.property(eight, eight, fc.integer({ min: 0, max: 7 }), (a, b, bit) => {
        expect(onVectors([a, b], (x) => octet.ones(x))).toEqual(a.map(ones));
        expect(onVectors([a, b], octet.add)).toEqual(a.map((x, i) => x + b[i]));
        expect(onVectors([a, b], (x) => octet.replace(x, bit, integer.of(77)))).toEqual(a.map((x, i) => (i === bit ? 77 : x))); // prettier-ignore
        const bytes = [...a, ...b];
        const column = (of: readonly number[]): number => of.reduce((sum, x, i) => sum + (((x >> bit) & 1) << i), 0); // prettier-ignore
        const found = (half: (x: Code, y: Code) => Code): number => onVectors([a, b], (x, y) => octet.splat(bytes16.bits(half(x, y), bit)))[3]; // prettier-ignore
        expect(found(bytes16.lower)).toBe(column(bytes.map((x) => x & 255)));
        expect(found(bytes16.upper)).toBe(column(bytes.map((x) => x >> 8)));
      }),
      { numRuns: 50 },
    );
  });

  it("widens and rounds between float32, float64 and integers", () => {
    const numbers = fc.array(fc.float(), { minLength: 4, maxLength: 4 }).map((x) => Float32Array.from(x));
    fc.assert(
      fc.property(numbers, (a) => {
        const third = (x: Code): Code => pair.mul(x, pair.loadBoth(integer.of(16))); // of the second vector
        const scale = new Float32Array(Float64Array.of(1 / 3, 0).buffer);
        const scaled = onVectors([a, scale], (x) => quad.ofPairs(third(quad.firstDoubles(x)), third(quad.lastDoubles(x)))); // prettier-ignore
        expect(scaled).toEqual(a.map((x) => Math.fround(x * (1 / 3))));
      }),
    );
  });

  it("repeats, and sets variables anew", () => {
    const { memory, arrays } = memoryOf([Float64Array, 1], [Uint16Array, 3]);
    const [out, given] = arrays;
    given.set([3, 50_000, 7]);
    const f = new SimdFunction(2);
    const [at, end] = [f.parameter(0), f.parameter(1)];
    const sum = f.variable(double.of(0.5), "double");
    f.repeat(() => {
      sum.set(double.add(sum.value, double.ofUnsigned(integer.load16(at))));
      f.advance(0, integer.of(2));
      return integer.less(at, end);
    });
    f.do(double.store(integer.of(out.byteOffset), sum.value));
    const run = f.compile(memory);
    run(given.byteOffset, given.byteOffset + 6);
    expect(out[0]).toBe(50_010.5);
    run(given.byteOffset, given.byteOffset);
    expect(out[0]).toBe(3.5); // once at least
  });

  it("computes with pairs of 64-bit integers", () => {
    const two = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 2, maxLength: 2 });
    const asFloats = (x: readonly bigint[]): Float64Array => new Float64Array(BigUint64Array.from(x).buffer);
    const low = (x: bigint): bigint => BigInt.asUintN(64, x);
    fc.assert(
      fc.property(two, two, fc.integer({ min: 1, max: 63 }), (a, b, by) => {
        const found = (code: (x: Code, y: Code) => Code): bigint[] =>
          Array.from(new BigUint64Array(onVectors([asFloats(a), asFloats(b)], code).slice().buffer));
        expect(found(long.add)).toEqual(a.map((x, i) => low(x + b[i])));
        expect(found(long.mul)).toEqual(a.map((x, i) => low(x * b[i])));
        expect(found((x) => long.shiftRight(x, by))).toEqual(a.map((x) => x >> BigInt(by)));
      }),
      { numRuns: 50 },
    );
  });

  it("does what a condition allows", () => {
    const { memory, arrays } = memoryOf([Int32Array, 4]);
    const f = new SimdFunction(2);
    const [a, b] = [f.parameter(0), f.parameter(1)];
    f.when(integer.less(a, b), () => f.do(integer.store(a, integer.mul(b, integer.of(-3)))));
    const run = f.compile(memory);
    run(4, 8);
    run(8, 8);
    run(12, 8);
    expect([...arrays[0]]).toEqual([0, -24, 0, 0]);
  });

  it("tells whether bits are set, and takes bits away", () => {
    const four = fc.array(fc.oneof(word, fc.constant(0)), { minLength: 4, maxLength: 4 }).map((x) => Int32Array.from(x)); // prettier-ignore
    fc.assert(
      fc.property(four, four, (a, b) => {
        expect(onVectors([a, b], vector.without)).toEqual(a.map((x, i) => x & ~b[i]));
        const any = onVectors([a, b], (x) => quad.splat(vector.any(x)))[0];
        expect(any).toBe(a.some((x) => x !== 0) ? 1 : 0);
      }),
      { numRuns: 50 },
    );
  });

  it("lays arrays out apart, each where a vector may begin", () => {
    const { memory, arrays } = memoryOf([Uint16Array, 3], [Float32Array, 5], [Float64Array, 20_000], [Uint32Array, 0], [Int32Array, 1]); // prettier-ignore
    for (const array of arrays) expect(array.byteOffset % 16).toBe(0);
    arrays.forEach((array, i) => array.fill(i + 1));
    for (const [i, array] of arrays.entries()) expect(array.every((x) => x === i + 1)).toBe(true);
    expect(memory.buffer.byteLength).toBeGreaterThanOrEqual(160_000 + 48);
  });
});
