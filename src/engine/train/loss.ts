/** Training losses: means over a batch, as pure jax-js functions of predictions and labels, both (batch,). */

import { type DType, numpy as np } from "../lower/jax.ts";

export const losses = ["squared", "logistic", "l1"] as const;

/** The losses to train by, each a mean over the batch. */
export type Loss = (typeof losses)[number];

/** A number of the given type; a bare literal would be rounded to float32 first. */
export const constant = (value: number, type: DType): np.Array => np.array(value, { dtype: type });

/** relu(x) = x where x > 0, else 0. jax-js's own has slope 1 at 0, PyTorch's and this one 0. */
export const relu = (x: np.Array): np.Array => np.where(np.greater(x.ref, 0), x, 0);

function mean(x: np.Array): np.Array {
  const { shape, dtype } = x;
  return np.sum(x).mul(constant(1 / shape[0], dtype));
}

/**
 * The mean loss: `squared` (f - y)^2, `logistic` log(1 + exp(-y f)) for labels +-1, `l1` |f - y|. Consumes both
 * references. Where f = y exactly, the gradients of `squared` and `l1` are exactly 0.
 */
export function meanLoss(loss: Loss, predictions: np.Array, labels: np.Array): np.Array {
  if (loss === "logistic") {
    const z = predictions.mul(labels).neg();
    // log(1 + e^z) without overflow
    const size = np.where(np.greater(z.ref, 0), z.ref, z.ref.neg());
    const one = constant(1, z.dtype);
    return mean(relu(z).add(np.log(np.exp(size.neg()).add(one))));
  }
  const error = predictions.sub(labels);
  if (loss === "squared") return mean(error.ref.mul(error));
  const below = np.where(np.less(error.ref, 0), error.ref.neg(), 0);
  return mean(np.where(np.greater(error.ref, 0), error, below));
}
