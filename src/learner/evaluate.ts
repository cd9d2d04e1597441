/** What a hypothesis is worth on fresh samples, beside the trivial baselines. */

import { finite } from "../base/json.ts";
import type { Target } from "../family/instance.ts";

/** Of predictions that are not finite, as a diverged training's, what compares them with the labels is null. */
export interface Evaluation {
  /** Mean squared error, whatever loss was trained. */
  readonly loss: number | null;
  /** Share of matching signs; null for real labels. */
  readonly accuracy: number | null;
  /** E[N f] / (||N|| ||f||), 0 for a zero hypothesis. */
  readonly correlation: number | null;
  /** 1 - loss / baselineLoss; 0 where the labels are constant. */
  readonly explainedVariance: number | null;
  /** Mean squared error of the best constant. */
  readonly baselineLoss: number;
  /** Accuracy of the majority label; null for real labels. */
  readonly baselineAccuracy: number | null;
  /** Of the accuracy for sign labels, of the explained variance for real ones. */
  readonly standardError: number | null;
  readonly testSamples: number;
}

/** Who is shown what a hypothesis predicts of fresh examples, beside their labels. */
export type Judged = (predictions: ArrayLike<number>, labels: ArrayLike<number>) => void;

/** Compares predictions with labels; baselines come from the target's mean where labels are signs. */
export function evaluate(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  kind: "sign" | "real",
  mean: Target["mean"],
  judged?: Judged,
): Evaluation {
  judged?.(predictions, labels);
  const count = labels.length;
  let [squared, fourth, cross, norm, labelNorm, labelSum, hits] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [h, y] = [predictions[i], labels[i]];
    const error = (h - y) * (h - y);
    squared += error;
    fourth += error * error;
    cross += h * y;
    norm += h * h;
    labelNorm += y * y;
    labelSum += y;
    if (h > 0 === y > 0) hits++;
  }
  const loss = squared / count;
  const exists = Number.isFinite(loss);
  const sign = kind === "sign";
  const baselineLoss = sign ? 1 - mean.value ** 2 : labelNorm / count - (labelSum / count) ** 2;
  const accuracy = hits / count;
  const lossError = Math.sqrt(Math.max(0, fourth / count - loss * loss) / count);
  const explainedError = baselineLoss > 0 ? lossError / baselineLoss : 0;
  const standardError = sign ? Math.sqrt((accuracy * (1 - accuracy)) / count) : explainedError;
  const explained = baselineLoss > 0 ? 1 - loss / baselineLoss : 0;
  const correlation = norm > 0 && labelNorm > 0 ? cross / Math.sqrt(norm * labelNorm) : 0;
  return {
    loss: finite(loss),
    accuracy: sign && exists ? accuracy : null,
    correlation: exists ? finite(correlation) : null,
    explainedVariance: exists ? finite(explained) : null,
    baselineLoss,
    baselineAccuracy: sign ? (1 + Math.abs(mean.value)) / 2 : null,
    standardError: exists ? finite(standardError) : null,
    testSamples: count,
  };
}

/**
 * The explained variance of predictions +-1 of labels +-1 with this accuracy, 0 where the labels are constant; null
 * without a hypothesis.
 */
export function signExplained(accuracy: number | null, mean: number): number | null {
  if (accuracy === null) return null;
  const variance = 1 - mean * mean;
  return variance > 0 ? 1 - (4 * (1 - accuracy)) / variance : 0;
}
