/**
 * The label and functions of it. A correlation with y is what gradient descent begins with; one with y^2, |y| or an
 * indicator of y is another statistic, which descends only where the label is transformed first (Damian et al. 2024).
 */

import { mean } from "../base/statistics.ts";
import { transforms } from "../learner/label-transform/transform.ts";

/** `label` is y itself; the others are taken of y less its mean. */
export type TransformName = "label" | keyof typeof transforms;

/** A function of the label that is no affine function of another one before it. */
export interface LabelTransform {
  readonly name: TransformName;
  /** Of mean 0 and variance 1 on the examples. */
  readonly values: Float64Array;
}

/** Correlations from here on are of functions that say the same. */
const SAME = 1 - 1e-9;

/** Mean 0 and variance 1; zeros for a constant. */
export function standardised(values: Float64Array): Float64Array {
  const middle = mean(values);
  const variance = mean(values.map((v) => (v - middle) ** 2));
  return values.map((v) =>
    variance > 1e-24 * (1 + middle * middle) ? (v - middle) / Math.sqrt(variance) : 0,
  );
}

/** The label and what else there is: of a label with two values there is nothing else. */
export function labelTransforms(y: Float64Array): LabelTransform[] {
  const label = standardised(y);
  const found: LabelTransform[] = [{ name: "label", values: label }];
  for (const name of Object.keys(transforms) as (keyof typeof transforms)[]) {
    const values = standardised(label.map((v) => transforms[name](v, 0, 1)));
    if (values.every((v) => v === 0)) continue;
    if (!found.some((before) => Math.abs(correlation(before.values, values)) > SAME))
      found.push({ name, values });
  }
  return found;
}

const correlation = (a: Float64Array, b: Float64Array): number => mean(a.map((v, i) => v * b[i]));

/** How the transforms are called in sentences. */
export const transformWords: Readonly<Record<TransformName, string>> = {
  label: "the label",
  square: "the square of the label",
  abs: "the absolute value of the label",
  sign: "the sign of the label",
  threshold: "the indicator of large labels",
};

/** What to do about it, in two or three words. */
export const transformAdvice: Readonly<Record<TransformName, string>> = {
  label: "use the labels as they are",
  square: "square the labels",
  abs: "take absolute values of the labels",
  sign: "take signs of the labels",
  threshold: "threshold the labels",
};
