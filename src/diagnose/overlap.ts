/**
 * Functions that overlap: their squared correlations with a label add up to more than its share. Where there are few
 * enough of them they are made orthonormal on the examples; else the sum still tells something from nothing.
 */

import { factorise } from "../numeric/cholesky.ts";
import { matmul32 } from "../engine/run/matmul.ts";
import { transposed } from "../base/transposed.ts";
import type { Functions } from "./energy.ts";

/** Functions that say so little beside the others are left as they are: a ridge on the diagonal of 1. */
const RIDGE = 1e-3;
/** Functions that are made orthonormal, at most, and examples for each of them, at least. */
const [mostFunctions, examplesEach] = [300, 4];
/** Of orthonormal functions the effective number is their number; with less than this share of it they overlap. */
const DISTINCT = 0.9;

/** The functions, orthonormal where they are not so from the start, and whether they still overlap. */
export async function separated(
  functions: Functions,
): Promise<{ functions: Functions; overlapping: boolean }> {
  const { count, examples, values } = functions;
  if (count > Math.min(mostFunctions, examples / examplesEach))
    return { functions, overlapping: await overlap(functions) };
  const products = await matmul32(values, values, count, examples, count, { transposeB: true });
  const gram = Float64Array.from(products, (g) => g / examples);
  if (effectiveNumber(gram, count, examples) >= DISTINCT * count) return { functions, overlapping: false };
  for (let f = 0; f < count; f++) gram[f * (count + 1)] += RIDGE;
  if (!factorise(gram, count)) return { functions, overlapping: true };
  return {
    functions: { count, examples, values: solved(gram, values, count, examples) },
    overlapping: false,
  };
}

/** Whether many functions overlap: the products of examples have the same sum of squares, where these are fewer. */
async function overlap({ count, examples, values }: Functions): Promise<boolean> {
  const fewer = examples < count;
  const rows = fewer ? transposed(values, count, examples) : values;
  const size = Math.min(count, examples);
  const products = await matmul32(rows, rows, size, Math.max(count, examples), size, { transposeB: true });
  const gram = Float64Array.from(products, (g) => g / examples);
  return effectiveNumber(gram, count, examples) < DISTINCT * count;
}

/** (tr G)^2 / tr G^2, less what sampling adds to the entries beside the diagonal. */
function effectiveNumber(gram: Float64Array, count: number, examples: number): number {
  const squares = gram.reduce((sum, g) => sum + g * g, 0) - (count * (count - 1)) / examples;
  return count ** 2 / Math.max(count, squares);
}

/** L^-1 times the values, one function after the other. */
function solved(factor: Float64Array, values: Float32Array, count: number, examples: number): Float32Array {
  const out = Float32Array.from(values);
  for (let f = 0; f < count; f++) {
    const own = out.subarray(f * examples, (f + 1) * examples);
    for (let g = 0; g < f; g++) {
      const weight = factor[f * count + g];
      if (weight === 0) continue;
      for (let i = 0, at = g * examples; i < examples; i++, at++) own[i] -= weight * out[at];
    }
    const diagonal = factor[f * (count + 1)];
    for (let i = 0; i < examples; i++) own[i] /= diagonal;
  }
  return out;
}
