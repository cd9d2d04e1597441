/** The mean label of the nearest training examples; how many is chosen on the validation part. */

import { mean } from "../../base/statistics.ts";
import { matmul64 } from "../../engine/run/matmul.ts";
import { validationError, type DataLearner } from "./learner.ts";

const choices = [1, 5, 20];
/** Training examples, and multiplications for all distances, at most. */
const [mostExamples, mostWork] = [20_000, 5e10];
const CHUNK = 256;
/**
 * Squared distances are compared on a grid of this share of the largest squared length: inputs on a lattice tie often,
 * and which of two is nearer must not hang on the rounding of an engine's products. Of ties the first is taken.
 */
const GRID = 2 ** -32;

export const nearestNeighbours: DataLearner = {
  id: "nearest-neighbours",
  summary: "the mean label of the nearest examples",
  statistic: "neighbours",
  async learn({ data, told, signal }) {
    const { all, y, train, validation, test } = data;
    const { x, dimension } = all;
    const others = validation + test;
    const used = Math.min(train, mostExamples, Math.max(1, Math.floor(mostWork / (others * dimension))));
    const known = Float64Array.from(x.subarray(0, used * dimension));
    const norms = Float64Array.from({ length: used }, (_, i) =>
      known.subarray(i * dimension, (i + 1) * dimension).reduce((sum, v) => sum + v * v, 0),
    );
    const unit = GRID * norms.reduce((a, b) => Math.max(a, b), Number.MIN_VALUE);
    const most = Math.min(used, choices[choices.length - 1]);
    const guesses = choices.map(() => new Float64Array(others));
    for (let from = 0; from < others; from += CHUNK) {
      signal?.throwIfAborted();
      const rows = Math.min(CHUNK, others - from);
      const at = (train + from) * dimension;
      const points = Float64Array.from(x.subarray(at, at + rows * dimension));
      const products = await matmul64(points, known, rows, dimension, used, { transposeB: true });
      for (let r = 0; r < rows; r++) {
        // the point's own length is the same for all examples
        const distances = norms.map((norm, i) => Math.round((norm - 2 * products[r * used + i]) / unit));
        const labels = nearest(distances, most).map((i) => y[i]);
        choices.forEach((k, c) => {
          guesses[c][from + r] = mean(labels.slice(0, k));
        });
      }
      told(from / others);
    }
    const errors = guesses.map((guess) => validationError(guess, data));
    const best = errors.indexOf(Math.min(...errors));
    return { predictions: guesses[best].subarray(validation), note: `${choices[best]} of ${used}` };
  },
};

/** The numbers of the smallest entries, smallest first. */
function nearest(distances: Float64Array, count: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    if (found.length === count && distances[i] >= distances[found[count - 1]]) continue;
    let at = Math.min(found.length, count - 1);
    for (; at > 0 && distances[found[at - 1]] > distances[i]; at--) found[at] = found[at - 1];
    found[at] = i;
  }
  return found;
}
