/**
 * Exact rationals over big integers. Statements are evaluated in them, so that rounding happens once, in a known
 * direction, where a number is printed.
 */

import { reject } from "../base/errors.ts";
import { bitLength, gcd, log2Integer } from "./integers.ts";
import { shownAbove, shownBelow } from "./rounding.ts";

/** num/den in lowest terms, den > 0. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

/** num / den in lowest terms, the denominator positive. */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  const [a, b] = [BigInt(num), BigInt(den)];
  if (b === 0n) throw new RangeError("a rational with denominator 0");
  const g = b < 0n ? -gcd(a, b) : gcd(a, b);
  return { num: a / g, den: b / g };
}

/** The exact value of a finite float64, a dyadic rational. */
export function exactly(x: number): Rational {
  if (!Number.isFinite(x)) throw new RangeError(`${x} is not a rational`);
  let [value, exponent] = [x, 0];
  while (!Number.isInteger(value)) {
    const up = Math.abs(value) < 2 ** 900 ? 64 : 1;
    value *= 2 ** up;
    exponent += up;
  }
  return rational(BigInt(value), 1n << BigInt(exponent));
}

/** The number a user wrote: the shortest decimal that prints as `x`, so 0.3 is 3/10 and not the double beside it. */
export const asWritten = (x: number): Rational => parseRational(String(x));

/** Reads `a/b`, an integer or a decimal with optional exponent, exactly. Rejects anything else. */
export function parseRational(text: string, where?: string): Rational {
  const fraction = /^([+-]?\d{1,20000})\/(\d{1,20000})$/.exec(text);
  if (fraction !== null && !/^0+$/.test(fraction[2]))
    return rational(BigInt(fraction[1]), BigInt(fraction[2]));
  const decimal = /^([+-]?)(\d{0,20000})(?:\.(\d{0,20000}))?(?:[eE]([+-]?\d{1,5}))?$/.exec(text);
  const digits = decimal === null ? "" : decimal[2] + (decimal[3] ?? "");
  if (decimal === null || digits === "")
    return reject({
      ...(where === undefined ? {} : { where }),
      what: `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}" is not a number`,
      allowed: "a decimal such as 0.3 or a fraction such as 3/10",
    });
  const value = BigInt(decimal[1] === "-" ? `-${digits}` : digits);
  const power = Number(decimal[4] ?? 0) - (decimal[3] ?? "").length;
  return power >= 0 ? rational(value * 10n ** BigInt(power)) : rational(value, 10n ** BigInt(-power));
}

/** `a/b`, or `a` where b is 1; `parseRational` reads it back. */
export const printRational = ({ num, den }: Rational): string => (den === 1n ? `${num}` : `${num}/${den}`);

export const add = (a: Rational, b: Rational): Rational =>
  rational(a.num * b.den + b.num * a.den, a.den * b.den);
export const subtract = (a: Rational, b: Rational): Rational =>
  rational(a.num * b.den - b.num * a.den, a.den * b.den);
export const multiply = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den);
export const divide = (a: Rational, b: Rational): Rational => rational(a.num * b.den, a.den * b.num);
export const reciprocal = (a: Rational): Rational => rational(a.den, a.num);

/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.num * b.den - b.num * a.den;
  return Number(difference > 0n) - Number(difference < 0n);
}
export const least = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b);

/** The largest integer not above a. */
export const floor = ({ num, den }: Rational): bigint =>
  num >= 0n || num % den === 0n ? num / den : num / den - 1n;

/** The largest float64 not above a (Infinity is never returned: overflow gives the largest finite number). */
export const numberBelow = (a: Rational): number => (a.num < 0n ? -magnitude(a, true) : magnitude(a, false));
/** The smallest float64 not below a; overflow gives Infinity. */
export const numberAbove = (a: Rational): number => (a.num < 0n ? -magnitude(a, false) : magnitude(a, true));

/** The float64 nearest to a; of two equally near ones the smaller. */
export function nearestNumber(a: Rational): number {
  const [low, high] = [numberBelow(a), numberAbove(a)];
  if (low === high || high === Infinity) return low;
  return compare(subtract(a, exactly(low)), subtract(exactly(high), a)) <= 0 ? low : high;
}

/** |a| truncated to 53 bits, or rounded away from zero. */
function magnitude({ num, den }: Rational, away: boolean): number {
  const top = num < 0n ? -num : num;
  if (top === 0n) return 0;
  let exponent = Math.max(bitLength(top) - bitLength(den) - 53, -1074);
  let quotient = 0n;
  let inexact = false;
  for (;;) {
    const [a, b] = exponent < 0 ? [top << BigInt(-exponent), den] : [top, den << BigInt(exponent)];
    quotient = a / b;
    inexact = quotient * b !== a;
    if (quotient < 1n << 53n) break;
    exponent++;
  }
  if (away && inexact) quotient += 1n;
  // quotient <= 2^53 and 2^exponent >= 2^-1074: the product is exact or overflows
  const value = exponent > 971 ? Infinity : Number(quotient) * 2 ** exponent;
  return value === Infinity && !away ? Number.MAX_VALUE : value;
}

/** A positive a of any size to `digits` significant decimal digits, never above it. */
export const decimalBelow = (a: Rational, digits: number): string =>
  decimal(a, (part) => shownBelow(numberBelow(part), digits));
/** A positive a of any size to `digits` significant decimal digits, never below it. */
export const decimalAbove = (a: Rational, digits: number): string =>
  decimal(a, (part) => shownAbove(numberAbove(part), digits));

/** Beyond float64 the power of ten stands apart. */
function decimal(a: Rational, shown: (part: Rational) => string): string {
  const power = Math.floor(log2Rational(a) * Math.log10(2));
  if (Math.abs(power) < 300) return shown(a);
  const unit = 10n ** BigInt(Math.abs(power));
  return `${shown(multiply(a, power > 0 ? rational(1, unit) : rational(unit)))}e${power}`;
}

/** log2 a for a > 0, of any size; error about 2^-50 relative to the larger of 1 and the logarithms. */
export function log2Rational(a: Rational): number {
  if (a.den === 1n) return log2Integer(a.num);
  const shift = bitLength(a.num) - bitLength(a.den);
  const scaled =
    shift >= 0 ? rational(a.num, a.den << BigInt(shift)) : rational(a.num << BigInt(-shift), a.den);
  return shift + Math.log2(nearestNumber(scaled));
}
