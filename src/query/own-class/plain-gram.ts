/** A verifier's numbers of a class of one's own: everything from the values again, in plain loops, with its errors. */

import type { Progress } from "../../base/progress.ts";
import type { CheckedMatrix } from "../../numeric/eigenvalue-proofs.ts";
import { binaryExponent, roundings, timesPowerOfTwo } from "../../numeric/rounding.ts";
import type { Labels } from "./labels.ts";

/** The values as 64-bit numbers divided by 2^exponent, the largest between 1 and 2, sample by sample. */
export interface ScaledValues {
  readonly functions: number;
  readonly samples: number;
  readonly bySample: Float64Array;
  readonly exponent: number;
}

/** The values, sample by sample, in units of a power of two near the largest, so that squares stay in range. */
export function scaledValues({ functions, samples, values }: Labels): ScaledValues {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  const exponent = binaryExponent(largest);
  const bySample = new Float64Array(values.length);
  for (let i = 0; i < functions; i++)
    for (let s = 0; s < samples; s++)
      bySample[s * functions + i] = timesPowerOfTwo(values[i * samples + s], -exponent);
  return { functions, samples, bySample, exponent };
}

/** A lower bound on the sum of all squares, sample by sample. */
export function squaresAtLeast({ functions, samples, bySample }: ScaledValues): number {
  let total = 0;
  for (let s = 0; s < samples; s++) {
    let sum = 0;
    for (let i = s * functions; i < (s + 1) * functions; i++) sum += bySample[i] * bySample[i];
    total += sum;
  }
  return total * (1 - 2 * roundings(functions + samples));
}

/** What small integers are multiples of after their division. */
const exactUnit = 2 ** -20;

/**
 * sum_x v(x) v(x)^T over the samples, or the matrix of the samples' inner products: the same eigenvalues but for
 * zeros.
 */
export function* gramOf(
  { functions, samples, bySample }: ScaledValues,
  side: "functions" | "samples",
): Generator<Progress, CheckedMatrix> {
  const order = side === "functions" ? functions : samples;
  const entries = new Float64Array(order * order);
  const length = side === "functions" ? samples : functions;
  for (let i = 0; i < order; i++) {
    if (side === "samples")
      for (let j = 0; j <= i; j++)
        entries[i * order + j] = innerProduct(bySample, i * functions, j * functions, functions);
    else
      for (let s = 0; s < samples; s++) {
        const from = s * functions;
        addTo(entries, i * order, bySample, from, bySample[from + i], i + 1);
      }
    for (let j = 0; j < i; j++) entries[j * order + i] = entries[i * order + j];
    if (i % 16 === 0) yield { what: "Gram matrix", done: i * i, total: order * order };
  }
  let largest = 0;
  for (let i = 0; i < order; i++) largest = Math.max(largest, entries[i * order + i]);
  // multiples of a unit whose squares add up to less than 2^53 of its squares are added without rounding
  const exact = largest < 2 ** 52 * exactUnit ** 2 && bySample.every((y) => Number.isInteger(y / exactUnit));
  const errorNorm = exact ? 0 : order * roundings(length + 2) * largest * (1 + 1e-6);
  return { entries, order, errorNorm };
}

function innerProduct(x: Float64Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += x[a + k] * x[b + k];
  return sum;
}

/** A row plus `factor` times the values from `from` on. */
function addTo(
  rows: Float64Array,
  at: number,
  values: Float64Array,
  from: number,
  factor: number,
  length: number,
): void {
  for (let j = 0; j < length; j++) rows[at + j] += factor * values[from + j];
}
