/**
 * Which of many independent variables a label depends on, read from its size. |r| / (|r| + its median) lies between 0
 * and 1 however heavy the label's tails are. A variable that the label does not depend on is independent of it,
 * whatever the laws, so that the size's means over bins of the variable differ by chance alone. Not a correlational
 * query: it is no linear function of the label.
 */

import { median } from "../base/statistics.ts";

/** Samples by columns: z_j of sample i at j * count + i. */
export interface Columns {
  readonly count: number;
  readonly z: Float32Array;
}

/** Bins a variable, equally likely ones. */
const BINS = 16;
/** Of the sum of squares between bins over the variance: where nothing depends it is chi^2, 2 in 10,000 exceed this. */
const FEWEST = 42;

/**
 * The variables that some labels depend on, the clearest first.
 * @param labelled columns with their labels, chunk by chunk; bins are laid by the first
 * @param most so many at most
 */
export function relevantVariables(
  labelled: () => Iterable<{ readonly columns: Columns; readonly labels: Float64Array }>,
  variables: number,
  most: number,
): number[] {
  const counts = new Float64Array(variables * BINS);
  const sums = new Float64Array(variables * BINS);
  let [total, sum, square, middle] = [0, 0, 0, 0];
  let edges: Float64Array | undefined;
  for (const { columns, labels } of labelled()) {
    const { count, z } = columns;
    if (edges === undefined) {
      edges = quantiles(columns, variables);
      middle = median(Array.from(labels, Math.abs));
    }
    const sizes = labels.map((r) => (r === 0 ? 0 : Math.abs(r) / (Math.abs(r) + middle)));
    for (const size of sizes) {
      sum += size;
      square += size * size;
    }
    total += count;
    for (let j = 0; j < variables; j++)
      for (let i = 0; i < count; i++) {
        const cell = j * BINS + binOf(z[j * count + i], edges, j * BINS);
        counts[cell]++;
        sums[cell] += sizes[i];
      }
  }
  const mean = sum / total;
  const variance = square / total - mean * mean;
  if (!(variance > 0)) return [];
  const scores = Array.from({ length: variables }, (_, variable) => {
    let between = 0;
    for (let cell = variable * BINS; cell < (variable + 1) * BINS; cell++)
      if (counts[cell] > 0) between += counts[cell] * (sums[cell] / counts[cell] - mean) ** 2;
    return { variable, score: between / variance };
  });
  return scores
    .filter(({ score }) => score > FEWEST)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ variable }) => variable);
}

/** Upper ends of every variable's bins but the last, at variable * BINS. */
function quantiles({ count, z }: Columns, variables: number): Float64Array {
  const edges = new Float64Array(variables * BINS).fill(Infinity);
  for (let j = 0; j < variables; j++) {
    const sorted = z.slice(j * count, (j + 1) * count).sort();
    for (let b = 1; b < BINS; b++) edges[j * BINS + b - 1] = sorted[Math.floor((b * count) / BINS)];
  }
  return edges;
}

/** The bin of a value, by halving. */
function binOf(value: number, edges: Float64Array, from: number): number {
  let bin = 0;
  for (let half = BINS / 2; half >= 1; half /= 2) if (value >= edges[from + bin + half - 1]) bin += half;
  return bin;
}
