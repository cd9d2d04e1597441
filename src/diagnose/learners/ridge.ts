/** Ridge regression on given functions, fitted on the training part, its penalty chosen on the validation part. */

import { matmul64 } from "../../engine/run/matmul.ts";
import { bestRidge } from "../../numeric/ridge.ts";
import { validationError, type HeldOut } from "./learner.ts";

/**
 * @param values function f of example i at f * examples + i, over all three parts
 * @returns predictions for the test part
 */
export async function ridgeOn(values: Float64Array | Float32Array, data: HeldOut): Promise<Float64Array> {
  const { y, train, validation, test } = data;
  const examples = train + validation + test;
  const count = values.length / examples;
  const fitted = new Float64Array(count * train);
  for (let f = 0; f < count; f++) fitted.set(values.subarray(f * examples, f * examples + train), f * train);
  const gram = await matmul64(fitted, fitted, count, train, count, { transposeB: true });
  const cross = new Float64Array(count);
  for (let f = 0, at = 0; f < count; f++) for (let i = 0; i < train; i++, at++) cross[f] += fitted[at] * y[i];
  const predict = (weights: Float64Array, from: number, size: number): Float64Array => {
    const out = new Float64Array(size);
    for (let f = 0; f < count; f++)
      for (let i = 0, at = f * examples + from; i < size; i++, at++) out[i] += weights[f] * values[at];
    return out;
  };
  const { solution } = bestRidge(gram, cross, (weights) =>
    validationError(predict(weights, train, validation), data),
  );
  return predict(solution, train + validation, test);
}
