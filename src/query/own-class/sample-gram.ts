/**
 * The certifier's numbers of a class of one's own: the Gram matrix of its values on samples, and their sum of
 * squares.
 */

import type { Progress } from "../../base/progress.ts";
import { binaryExponent, roundings, timesPowerOfTwo } from "../../numeric/rounding.ts";
import type { Labels } from "./labels.ts";

/** Labels whose largest exponent is at most this, up or down, are used as they are. */
const harmlessExponent = 200;

/**
 * The labels divided by a power of two, so that the largest is near 1 (within 2^200, to spare ordinary labels the
 * copy). Eigenvalues are found from fourth powers of the labels, which overflow and vanish long before the labels do.
 * What is rounded here, or vanishes in a product, is below 2^-1072, beside a largest square of at least 2^-400: it
 * disappears in the roundings that every bound allows for.
 * @returns the divided labels, and the exponent of that power
 */
export function inUnits(labels: Labels): { readonly labels: Labels; readonly exponent: number } {
  const { values } = labels;
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  const exponent = binaryExponent(largest);
  if (Math.abs(exponent) <= harmlessExponent) return { labels, exponent: 0 };
  const scaled = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) scaled[i] = timesPowerOfTwo(values[i], -exponent);
  return { labels: { ...labels, values: scaled }, exponent };
}

export type Side = "functions" | "samples";

export interface RawGram {
  /** Y Y^T for functions, Y^T Y for samples: the same eigenvalues but for zeros. Row-major, symmetric. */
  readonly gram: Float64Array;
  readonly order: number;
  /** Bound on the absolute error of an entry. */
  readonly entryError: number;
}

/** The Gram matrix of the functions or of the samples, not divided by anything. */
export function* rawGram(labels: Labels, side: Side): Generator<Progress, RawGram> {
  const { functions, samples, values } = labels;
  const [order, length] = side === "functions" ? [functions, samples] : [samples, functions];
  const [step, stride] = side === "functions" ? [samples, 1] : [1, samples];
  const gram = new Float64Array(order * order);
  const width = 256;
  const tile = new Float64Array(order * width);
  for (let from = 0; from < length; from += width) {
    const size = Math.min(width, length - from);
    if (size < width) tile.fill(0);
    for (let i = 0; i < order; i++)
      for (let k = 0; k < size; k++) tile[i * width + k] = values[i * step + (from + k) * stride];
    for (let i = 0; i < order; i++)
      for (let j = 0; j <= i; j++) gram[i * order + j] += dot(tile, i * width, j * width, width);
    yield { what: "Gram matrix", done: from + size, total: length };
  }
  let largest = 0;
  for (let i = 0; i < order; i++) {
    largest = Math.max(largest, gram[i * order + i]);
    for (let j = 0; j < i; j++) gram[j * order + i] = gram[i * order + j];
  }
  // |<a, b>| <= the largest squared norm, so with 52 bits for it no partial sum of products is rounded
  const exact = areMultiples(values, 2 ** Math.ceil((binaryExponent(largest) - 51) / 2));
  const gamma = roundings(length + 4);
  return { gram, order, entryError: exact ? 0 : gamma * largest * (1 + 2 * gamma) };
}

function dot(x: Float64Array, a: number, b: number, width: number): number {
  let [s, t, u, v] = [0, 0, 0, 0];
  for (let k = 0; k < width; k += 4) {
    s += x[a + k] * x[b + k];
    t += x[a + k + 1] * x[b + k + 1];
    u += x[a + k + 2] * x[b + k + 2];
    v += x[a + k + 3] * x[b + k + 3];
  }
  return s + t + (u + v);
}

function areMultiples(values: Labels["values"], unit: number): boolean {
  for (let i = 0; i < values.length; i++) {
    const units = values[i] / unit;
    if (!Number.isInteger(units) || (units === 0 && values[i] !== 0)) return false;
  }
  return true;
}

/** A lower bound on the sum of all squared values, added up by functions or by samples. */
export function squaresBelow({ functions, samples, values }: Labels, side: Side): number {
  const [rows, length] = side === "functions" ? [functions, samples] : [samples, functions];
  const [step, stride] = side === "functions" ? [samples, 1] : [1, samples];
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < length; k++) {
      const y = values[i * step + k * stride];
      sum += y * y;
    }
    total += sum;
  }
  return total * (1 - 2 * roundings(rows + length));
}
