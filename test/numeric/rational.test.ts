import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { bitLength, log2Integer } from "../../src/numeric/integers.ts";
import { binomial } from "../../src/numeric/choose.ts";
import {
  add,
  asWritten,
  compare,
  decimalAbove,
  decimalBelow,
  divide,
  exactly,
  floor,
  log2Rational,
  multiply,
  nearestNumber,
  numberAbove,
  numberBelow,
  parseRational,
  printRational,
  rational,
  subtract,
} from "../../src/numeric/rational.ts";
import {
  binaryExponent,
  nextDown,
  nextUp,
  printedLog2,
  roundings,
  shownAbove,
  shownBelow,
  timesPowerOfTwo,
} from "../../src/numeric/rounding.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const fraction = fc
  .tuple(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), fc.bigInt({ min: 1n, max: 2n ** 200n }))
  .map(([a, b]) => rational(a, b));

describe("rationals", () => {
  it("hold every float64 exactly, in both directions of rounding", () => {
    fc.assert(
      fc.property(finite, (x) => {
        const exact = exactly(x);
        expect(numberBelow(exact)).toBe(x === 0 ? 0 : x);
        expect(numberAbove(exact)).toBe(x === 0 ? 0 : x);
        expect(nearestNumber(exact)).toBe(x === 0 ? 0 : x);
      }),
      { numRuns: 2000 },
    );
  });

  it("round to neighbours that enclose the value", () => {
    fc.assert(
      fc.property(fraction, (a) => {
        const [low, high] = [numberBelow(a), numberAbove(a)];
        expect(compare(exactly(low), a)).toBeLessThanOrEqual(0);
        expect(compare(exactly(high), a)).toBeGreaterThanOrEqual(0);
        expect(high === low || high === nextUp(low)).toBe(true);
        expect([low, high]).toContain(nearestNumber(a));
      }),
      { numRuns: 1000 },
    );
    const tiny = rational(1n, 10n ** 320n);
    expect(numberBelow(tiny)).toBeGreaterThan(0); // subnormal
    expect(numberAbove(rational(1n, 10n ** 400n))).toBe(Number.MIN_VALUE);
    expect(numberBelow(rational(10n ** 400n))).toBe(Number.MAX_VALUE);
    expect(numberAbove(rational(10n ** 400n))).toBe(Infinity);
  });

  it("agree with the engine's own correctly rounded division", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        (a, b) => {
          expect(Math.abs(nearestNumber(rational(a, b)) - a / b)).toBe(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("obey the laws of a field and print what they read", () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(subtract(add(a, b), b)).toEqual(a);
        if (b.num !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
        expect(parseRational(printRational(a))).toEqual(a);
        const whole = floor(a);
        expect(compare(rational(whole), a)).toBeLessThanOrEqual(0);
        expect(compare(a, rational(whole + 1n))).toBeLessThan(0);
      }),
    );
  });

  it("read decimals as they are written", () => {
    expect(asWritten(0.3)).toEqual(rational(3, 10));
    expect(compare(exactly(0.3), rational(3, 10))).not.toBe(0);
    expect(asWritten(1e-7)).toEqual(rational(1n, 10n ** 7n));
    expect(asWritten(5e300)).toEqual(rational(5n * 10n ** 300n));
    expect(parseRational("-1.25e1")).toEqual(rational(-25, 2));
    for (const bad of [
      "",
      ".",
      "1/0",
      "1/00",
      "0x1",
      "NaN",
      "Infinity",
      "1e",
      "1 2",
      "--1",
      "1/2/3",
      "e5",
      "1e999999",
    ])
      expect(() => parseRational(bad), bad).toThrow(InputError);
  });
});

describe("big integers", () => {
  it("count subsets", () => {
    expect(binomial(52, 5)).toBe(2_598_960n);
    expect(binomial(19, 4)).toBe(3876n);
    expect(binomial(5, 6)).toBe(0n);
    expect(binomial(5, -1)).toBe(0n);
    for (let n = 1; n < 40; n++)
      for (let k = 0; k <= n; k++)
        expect(binomial(n, k)).toBe(binomial(n - 1, k - 1) + (n === 0 ? 0n : binomial(n - 1, k)));
  });

  it("have lengths and logarithms at any size", () => {
    for (const e of [0, 1, 52, 53, 63, 64, 65, 1000, 9999]) {
      expect(bitLength(1n << BigInt(e))).toBe(e + 1);
      expect(log2Integer(1n << BigInt(e))).toBe(e);
      expect(log2Rational(rational(1n, 1n << BigInt(e)))).toBe(e === 0 ? 0 : -e);
    }
    expect(log2Integer(10n ** 1000n)).toBeCloseTo(1000 * Math.log2(10), 9);
    expect(log2Rational(rational(10n ** 300n, 3n))).toBeCloseTo(300 * Math.log2(10) - Math.log2(3), 9);
  });
});

describe("directed rounding", () => {
  it("steps to neighbours", () => {
    expect(nextUp(1)).toBe(1 + 2 ** -52);
    expect(nextDown(1)).toBe(1 - 2 ** -53);
    expect(nextUp(0)).toBe(Number.MIN_VALUE);
    expect(nextUp(-Number.MIN_VALUE)).toBe(-0);
    expect(nextUp(Number.MAX_VALUE)).toBe(Infinity);
    expect(roundings(3)).toBeGreaterThanOrEqual(3 * 2 ** -53);
    expect(() => roundings(1e15)).toThrow(RangeError);
  });

  it("prints to the safe side, and no further than a unit of the last digit", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 1e18, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (x, digits) => {
          const [low, high] = [Number(shownBelow(x, digits)), Number(shownAbove(x, digits))];
          expect(low).toBeLessThanOrEqual(x);
          expect(high).toBeGreaterThanOrEqual(x);
          expect((high - low) / x).toBeLessThanOrEqual(1.01 * 10 ** (1 - digits));
        },
      ),
      { numRuns: 2000 },
    );
    expect(shownBelow(47.1635, 4)).toBe("47.16");
    expect(shownAbove(47.1635, 4)).toBe("47.17");
    expect(shownAbove(9.9999, 3)).toBe("10");
    expect(shownBelow(1e-9, 3)).toBe("1.00e-9");
  });

  it("shows rationals beyond float64 on their side, and others as float64", () => {
    const positive = fc.bigInt({ min: 1n, max: 2n ** 70n });
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: -700, max: 700 }), (a, b, power) => {
        const ten = 10n ** BigInt(Math.abs(power));
        const x = power < 0 ? rational(a, b * ten) : rational(a * ten, b);
        const [low, high] = [parseRational(decimalBelow(x, 4)), parseRational(decimalAbove(x, 4))];
        expect(compare(low, x)).toBeLessThanOrEqual(0);
        expect(compare(high, x)).toBeGreaterThanOrEqual(0);
        expect(numberAbove(divide(subtract(high, low), x))).toBeLessThan(0.0021);
      }),
    );
    expect(decimalAbove(rational(10n ** 400n * 2n, 3n), 4)).toBe("6.667e399");
    expect(decimalBelow(exactly(47.1635), 4)).toBe("47.16");
  });

  it("multiplies by powers of two and finds them, over all of float64", () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: -2200, max: 2200 }), (x, power) => {
        const exact = multiply(exactly(x), power < 0 ? rational(1n, 1n << BigInt(-power)) : rational(1n << BigInt(power)));
        const product = timesPowerOfTwo(x, power);
        if (Number.isFinite(product)) {
          expect(product).toBeGreaterThanOrEqual(numberBelow(exact));
          expect(product).toBeLessThanOrEqual(numberAbove(exact));
        } else expect(compare(multiply(exact, exact), multiply(exactly(2 ** 1023), exactly(2 ** 1023)))).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(finite.filter((x) => x !== 0), (x) => {
        const e = binaryExponent(x);
        expect(compare(exactly(Math.abs(x)), rational(2n ** BigInt(e + 1074), 2n ** 1074n))).toBeGreaterThanOrEqual(0);
        expect(compare(exactly(Math.abs(x)), rational(2n ** BigInt(e + 1075), 2n ** 1074n))).toBeLessThan(0);
      }),
      { numRuns: 2000 },
    );
    expect([binaryExponent(5e-324), binaryExponent(-1), binaryExponent(Number.MAX_VALUE)]).toEqual([-1074, 0, 1023]);
  }); // prettier-ignore

  it("keeps printed logarithms on their side", () => {
    fc.assert(
      fc.property(fc.double({ min: -1000, max: 1e5, noNaN: true }), (x) => {
        expect(printedLog2(x)).toBeLessThanOrEqual(x);
        expect(printedLog2(x, true)).toBeGreaterThanOrEqual(x);
        expect(printedLog2(x, true) - printedLog2(x)).toBeLessThan(1e-6);
      }),
    );
    expect(printedLog2(13)).toBe(13);
  });
});
