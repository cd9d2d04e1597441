/**
 * What predictions are worth against labels, from these two alone: `equihard_score.py` computes the same numbers from
 * the same formulas.
 */

/** A grade; limits are two-sided 95 %. */
export interface Grade {
  readonly examples: number;
  /** 1 - mean (y - h)^2 / variance of y over these examples; 0 where that is 0. */
  readonly explainedVariance: number;
  /** By the delta method. */
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** Share of matching signs, null for real labels. */
  readonly accuracy: number | null;
  readonly control: Control;
}

/** Whether the predictions have to do with these labels at all. */
export interface Control {
  /** Correlation of predictions and labels, both centred; 0 for constants. */
  readonly correlation: number;
  /** The largest in size of those with the labels of other examples. */
  readonly shuffled: number;
  /** Share of these that are at least as large in size, itself included: small where the labels were used. */
  readonly p: number;
}

/** 97.5 % point of the normal law. */
const Z = 1.959963984540054;
/** Rotations of the labels, evenly spread: examples are independent, so each is as good as a permutation. */
const ROTATIONS = 200;

const meanOf = (x: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i];
  return sum / x.length;
};

/** @param kind `sign` for labels +-1 */
export function grade(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  kind: "sign" | "real",
): Grade {
  const n = labels.length;
  const center = meanOf(labels);
  let [squared, variance, hits] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    squared += (labels[i] - predictions[i]) ** 2 / n;
    variance += (labels[i] - center) ** 2 / n;
    if (predictions[i] > 0 === labels[i] > 0) hits++;
  }
  const ratio = variance > 0 ? squared / variance : 1;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    const error = (labels[i] - predictions[i]) ** 2 - ratio * (labels[i] - center) ** 2;
    if (variance > 0) spread += (error / variance) ** 2 / n;
  }
  const standardError = Math.sqrt(spread / n);
  const explainedVariance = 1 - ratio;
  return {
    examples: n,
    explainedVariance,
    standardError,
    low: explainedVariance - Z * standardError,
    high: explainedVariance + Z * standardError,
    accuracy: kind === "sign" ? hits / n : null,
    control: control(predictions, labels, center),
  };
}

function control(predictions: ArrayLike<number>, labels: ArrayLike<number>, center: number): Control {
  const n = labels.length;
  const middle = meanOf(predictions);
  const h = Float64Array.from(predictions, (x) => x - middle);
  const y = Float64Array.from(labels, (x) => x - center);
  const scale = Math.sqrt(meanOf(h.map((x) => x * x)) * meanOf(y.map((x) => x * x))) * n;
  const correlation = (shift: number): number => {
    if (!(scale > 0)) return 0;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += h[i] * y[i + shift < n ? i + shift : i + shift - n];
    return sum / scale;
  };
  const own = correlation(0);
  const others = Array.from({ length: ROTATIONS }, (_, i) =>
    Math.abs(correlation(1 + Math.floor((i * (n - 1)) / ROTATIONS))),
  );
  const larger = others.filter((other) => other >= Math.abs(own)).length;
  return { correlation: own, shuffled: Math.max(...others), p: (1 + larger) / (ROTATIONS + 1) };
}
