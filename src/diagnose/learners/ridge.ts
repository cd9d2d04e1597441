/** Ridge regression on given functions, fitted on the training part, its penalty chosen on the validation part. */

import { matmul64 } from "../../engine/run/matmul.ts";
import { bestRidge } from "../../numeric/ridge.ts";
import { transposed } from "../../base/transposed.ts";
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
  if (train < count) return ridgeOfExamples(fitted, values, data);
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

/** The same by the products of examples, where these are fewer than functions. */
async function ridgeOfExamples(
  fitted: Float64Array,
  values: Float64Array | Float32Array,
  data: HeldOut,
): Promise<Float64Array> {
  const { y, train, validation, test } = data;
  const examples = train + validation + test;
  const count = fitted.length / train;
  const known = transposed(fitted, count, train);
  const gram = await matmul64(known, known, train, count, train, { transposeB: true });
  const others = transposed(Float64Array.from(values), count, examples).subarray(train * count);
  const kernel = await matmul64(others.slice(), known, validation + test, count, train, { transposeB: true });
  const predict = (weights: Float64Array): Float64Array =>
    Float64Array.from({ length: validation + test }, (_, i) =>
      kernel.subarray(i * train, (i + 1) * train).reduce((sum, k, j) => sum + k * weights[j], 0),
    );
  const { solution } = bestRidge(gram, y.slice(0, train), (weights) =>
    validationError(predict(weights), data),
  );
  return predict(solution).subarray(validation);
}
