/**
 * Thresholded principal components (after Guo and Vijayaraghavan 2025): where the label is a function of one direction,
 * E[(x x^T - I) 1(|y| > theta)] is a multiple of w w^T, whatever part of low degree the label lacks. theta leaves the
 * largest hundredth of the labels. The label is then fitted along the direction found, by means over equal shares of
 * the examples. An indicator of the label is no correlational query.
 */

import { firstAbove } from "../base/first-above.ts";
import { foldIn } from "../base/random.ts";
import type { Samples } from "../distribution/law.ts";
import { along } from "../distribution/samples.ts";
import { lawOf } from "../family/instance.ts";
import { topEigenvectors } from "../numeric/top-eigenvectors.ts";
import { evaluate } from "./evaluate.ts";
import { capability, defineLearner, onlyWith } from "./learner.ts";
import { trainingChunks } from "./training-chunks.ts";

const DEFAULT_SAMPLES = 200_000;
const TEST_SAMPLES = 20_000;
const CHUNK = 2048;
/** The share of the examples with the largest labels. */
const SHARE = 0.01;
/** Examples from which the threshold is taken. */
const THRESHOLD_SAMPLES = 20_000;
/** Examples of one level of the fit. */
const LEVEL_SAMPLES = 50;

export const thresholdedPca = defineLearner({
  id: "thresholded-pca",
  summary: "second moments of the examples with the largest labels: finds a hidden direction; no CSQ learner",
  references: ["guo2025"],
  access: "samples",
  escape: "large labels alone",
  options: ["samples", "noise"],
  budget: `${DEFAULT_SAMPLES.toLocaleString("en")} samples`,
  refusal: onlyWith("direction", "its label is no function of one direction"),
  async learn({ family, instance, easy, options, signal, onProgress, judged }) {
    const target = easy ? instance.easy : instance.hard;
    const samples = options.samples ?? DEFAULT_SAMPLES;
    const chunks = () => trainingChunks(instance, target, { samples, noise: options.noise, chunk: CHUNK });
    const [d] = instance.law.shape;
    const threshold = largest(chunks(), Math.min(samples, THRESHOLD_SAMPLES));
    const moments = new Float64Array(d * d);
    let [kept, done] = [0, 0];
    for (const { samples: drawn, labels } of chunks()) {
      signal?.throwIfAborted();
      for (let s = 0; s < drawn.count; s++)
        if (Math.abs(labels[s]) > threshold) {
          kept++;
          addSquare(moments, drawn.data.subarray(s * d, (s + 1) * d));
        }
      done += drawn.count;
      onProgress?.("second moments", (0.5 * done) / samples);
    }
    for (let i = 0; i < d; i++) moments[i * d + i] -= kept;
    const direction = largestInSize(moments, d, foldIn(instance.key, "start vectors"));
    const fit = levels(direction, chunks(), samples);
    const test = lawOf(instance, target).sample(foldIn(instance.key, "test"), TEST_SAMPLES);
    const final = evaluate(fit(test), target.label(test), instance.labels, target.mean, judged);
    const hidden = capability(family, "direction").hidden(instance);
    const overlap = Math.abs(direction.reduce((sum, x, j) => sum + x * hidden[j], 0));
    return {
      queries: null,
      samples,
      final: { ...final, overlap },
      recovered: Array.from(direction),
      exact: false,
      details: { threshold, kept },
    };
  },
});

/** The size that the largest labels of the first `count` examples exceed. */
function largest(chunks: ReturnType<typeof trainingChunks>, count: number): number {
  const sizes: number[] = [];
  for (const { labels } of chunks) {
    for (const y of labels) sizes.push(Math.abs(y));
    if (sizes.length >= count) break;
  }
  return sizes.sort((a, b) => b - a)[Math.floor(SHARE * sizes.length)];
}

function addSquare(moments: Float64Array, x: Samples["data"]): void {
  const d = x.length;
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) moments[i * d + j] += x[i] * x[j];
}

/** The unit eigenvector of the eigenvalue that is largest in size. */
function largestInSize(
  matrix: Float64Array,
  d: number,
  key: Parameters<typeof topEigenvectors>[3],
): Float64Array {
  const candidates = [matrix, matrix.map((x) => -x)].map((m) => {
    const vector = topEigenvectors(m, d, 1, key);
    let value = 0;
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) value += vector[i] * m[i * d + j] * vector[j];
    return { vector, value };
  });
  return candidates[candidates[1].value > candidates[0].value ? 1 : 0].vector;
}

/** The mean label on each of equal shares of the examples, ordered along w: a function of w.x in steps. */
function levels(w: Float64Array, chunks: ReturnType<typeof trainingChunks>, count: number) {
  const at = new Float64Array(count);
  const labels = new Float64Array(count);
  let from = 0;
  for (const chunk of chunks) {
    at.set(along(w, chunk.samples), from);
    labels.set(chunk.labels, from);
    from += chunk.samples.count;
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => at[a] - at[b]);
  const steps = Math.max(1, Math.floor(count / LEVEL_SAMPLES));
  const ends = Array.from({ length: steps }, (_, i) => Math.floor(((i + 1) * count) / steps));
  const means = ends.map((end, i) => {
    const part = order.subarray(i === 0 ? 0 : ends[i - 1], end);
    return part.reduce((sum, e) => sum + labels[e], 0) / Math.max(1, part.length);
  });
  const edges = ends.slice(0, -1).map((end) => at[order[end]]);
  return (test: Samples): Float64Array => along(w, test).map((t) => means[firstAbove(edges, t)]);
}
