/** Directed rounding: a printed claim is rounded to the side on which it stays true. */

/** Half the spacing of float64 at 1: the relative error of one rounded operation. */
export const unitRoundoff = 2 ** -53;

const box = new Float64Array(1);
const bitsOfBox = new BigInt64Array(box.buffer);

/** The next float64 above x. */
export function nextUp(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === 0) return Number.MIN_VALUE;
  box[0] = x;
  bitsOfBox[0] += x > 0 ? 1n : -1n;
  return box[0];
}

/** The next float64 below x. */
export const nextDown = (x: number): number => -nextUp(-x);

/** x 2^power: exact unless the result leaves the normal numbers; 2^power itself need be no float64. */
export function timesPowerOfTwo(x: number, power: number): number {
  const step = Math.max(-1000, Math.min(1000, power));
  return step === power ? x * 2 ** power : timesPowerOfTwo(x * 2 ** step, power - step);
}

/** The e with 2^e <= |x| < 2^(e+1), for x neither 0 nor infinite. */
export function binaryExponent(x: number): number {
  box[0] = x;
  const biased = Number((bitsOfBox[0] >> 52n) & 0x7ffn);
  return biased > 0 ? biased - 1023 : binaryExponent(x * 2 ** 64) - 64;
}

/** The relative error of `count` successive roundings, itself rounded up: gamma_count of numerical analysis. */
export function roundings(count: number): number {
  const x = count * unitRoundoff;
  if (!(x < 0.01)) throw new RangeError(`${count} roundings leave no digits`);
  return nextUp(nextUp(x / (1 - x)));
}

/** x to `digits` significant decimal digits, never above x. */
export const shownBelow = (x: number, digits: number): string => shown(x, digits, (v) => v <= x, -1);
/** x to `digits` significant decimal digits, never below x. */
export const shownAbove = (x: number, digits: number): string => shown(x, digits, (v) => v >= x, 1);

function shown(x: number, digits: number, safe: (value: number) => boolean, direction: number): string {
  const text = x.toExponential(digits - 1);
  if (safe(Number(text))) return plain(text, digits);
  const [mantissa, exponent] = text.split("e");
  const moved = BigInt(mantissa.replace(".", "")) + BigInt(direction);
  const power = Number(exponent) - (digits - 1);
  return plain(Number(`${moved}e${power}`).toExponential(digits - 1), digits);
}

function plain(text: string, digits: number): string {
  const exponent = Number(text.split("e")[1]);
  if (exponent < -5 || exponent > 14) return text.replace("e+", "e");
  const fixed = Number(text).toFixed(Math.max(0, digits - 1 - exponent));
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
}

/**
 * A logarithm as certificates print it: 12 decimals, rounded down (up with `up`). The margin of 2^-46 covers the
 * library's logarithm, so every engine prints the same digits, except within that margin of a multiple of 1e-12.
 */
export function printedLog2(x: number, up = false): number {
  if (Number.isInteger(x)) return x;
  const margin = (Math.abs(x) + 1) * 2 ** -46;
  const scale = 10 ** Math.max(0, 12 - Math.max(0, Math.floor(Math.log10(Math.abs(x) + 1))));
  return up ? Math.ceil((x + margin) * scale) / scale : Math.floor((x - margin) * scale) / scale;
}
