/**
 * The nearest neighbour (Cover and Hart 1967): the label of the closest training example, by Euclidean distance of the
 * inputs as they are. It does not correlate, and knows neither parities nor symmetry: it learns what its examples are
 * dense on.
 */

import { foldIn } from "../base/random.ts";
import { sizeOf } from "../distribution/samples.ts";
import { matmul64 } from "../engine/run/matmul.ts";
import { lawOf } from "../family/instance.ts";
import { evaluate } from "./evaluate.ts";
import { defineLearner } from "./learner.ts";
import { trainingChunks } from "./training-chunks.ts";

const DEFAULT_SAMPLES = 20_000;
const TEST_SAMPLES = 2000;
const CHUNK = 512;
/** Multiplications for all distances; beyond it fewer examples are used. */
const WORK_LIMIT = 1e11;

export const nearestNeighbour = defineLearner({
  id: "nearest-neighbour",
  summary: "the label of the closest example; not correlational",
  references: ["cover1967"],
  access: "samples",
  escape: "labels of close examples",
  options: ["samples", "noise"],
  budget: `${DEFAULT_SAMPLES.toLocaleString("en")} samples`,
  refusal: () => null,
  async learn({ instance, easy, options, signal, onProgress, judged }) {
    const target = easy ? instance.easy : instance.hard;
    const test = lawOf(instance, target).sample(foldIn(instance.key, "test"), TEST_SAMPLES);
    const size = sizeOf(test);
    const points = Float64Array.from(test.data);
    const affordable = Math.floor(WORK_LIMIT / (TEST_SAMPLES * size));
    const samples = Math.max(1, Math.min(options.samples ?? DEFAULT_SAMPLES, affordable));
    const least = new Float64Array(TEST_SAMPLES).fill(Infinity);
    const guesses = new Float64Array(TEST_SAMPLES);
    let used = 0;
    for (const chunk of trainingChunks(instance, target, { samples, noise: options.noise, chunk: CHUNK })) {
      signal?.throwIfAborted();
      const { count, data } = chunk.samples;
      const examples = Float64Array.from(data);
      const norms = squares(examples, size);
      const products = await matmul64(points, examples, TEST_SAMPLES, size, count, { transposeB: true });
      for (let t = 0, at = 0; t < TEST_SAMPLES; t++)
        for (let e = 0; e < count; e++, at++) {
          // the test point's own length is the same for all examples
          const distance = norms[e] - 2 * products[at];
          if (distance < least[t]) [least[t], guesses[t]] = [distance, chunk.labels[e]];
        }
      used += count;
      onProgress?.("distances", used / samples);
    }
    return {
      queries: null,
      samples,
      final: { ...evaluate(guesses, target.label(test), instance.labels, target.mean, judged) },
      recovered: null,
      exact: false,
    };
  },
});

/** The squared length of each row. */
const squares = (rows: Float64Array, size: number): Float64Array =>
  Float64Array.from({ length: rows.length / size }, (_, r) =>
    rows.subarray(r * size, (r + 1) * size).reduce((sum, x) => sum + x * x, 0),
  );
