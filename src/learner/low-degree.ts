/**
 * The low-degree algorithm (Linial, Mansour, Nisan 1993) as ridge regression on all symmetric functions of low degree:
 * what correlational queries can do with a polynomial number of features. A target without low-degree part is out of
 * its reach.
 *
 * It is spectral averaging (Soleymani et al. 2025) with ridge regression for plain means: functions of one degree are
 * an eigenspace of the Ornstein-Uhlenbeck operator, invariance is imposed on each by the group's generators alone,
 * and the invariant ones are the sums over connected components, never over the group's elements.
 */

import { lawOf } from "../family/instance.ts";
import { foldIn } from "../base/random.ts";
import { slice } from "../distribution/samples.ts";
import { matmul64 } from "../engine/run/matmul.ts";
import { bestRidge } from "../numeric/ridge.ts";
import { evaluate } from "./evaluate.ts";
import { capability, defineLearner, onlyWith } from "./learner.ts";
import { combined, lowDegreeFeatures } from "./low-degree-features.ts";
import { trainingChunks } from "./training-chunks.ts";

const DEFAULT_SAMPLES = 20_000;
const FEATURES_LIMIT = 1000;
/** Multiplications for the Gram matrix of the features; beyond it fewer examples are used. */
const WORK_LIMIT = 8e9;
const CHUNK = 512;
const TEST_SAMPLES = 10_000;

export const lowDegree = defineLearner({
  id: "low-degree",
  summary: `ridge regression on all symmetric functions of low degree, up to ${FEATURES_LIMIT} of them; correlational`,
  aliases: ["spectral-averaging"],
  references: ["linial1993", "soleymani2025"],
  access: "samples",
  rows: [{ label: "low-degree regression", most: 20_000, effort: "laptop" }],
  options: ["samples", "noise"],
  budget: `${DEFAULT_SAMPLES.toLocaleString("en")} samples`,
  refusal: onlyWith("vectors", "the family has no description of its examples as vectors"),
  async learn({ family, instance, easy, options, signal, onProgress, judged }) {
    const target = easy ? instance.easy : instance.hard;
    const vectors = capability(family, "vectors").call(family, instance);
    const features = lowDegreeFeatures(vectors, FEATURES_LIMIT);
    const { count } = features;
    const affordable = Math.max(CHUNK, Math.floor((2 * WORK_LIMIT) / count ** 2));
    const samples = Math.min(options.samples ?? DEFAULT_SAMPLES, affordable);
    const held = Math.floor(samples / 5);
    const gram = new Float64Array(count * count);
    const cross = new Float64Array(count);
    const heldOut: { values: Float64Array; labels: Float64Array }[] = [];
    let used = 0;
    for (const { samples: drawn, labels } of trainingChunks(instance, target, {
      samples,
      noise: options.noise,
      chunk: Math.min(CHUNK, Math.max(1, held)), // no more than a fifth is held out
    })) {
      signal?.throwIfAborted();
      const values = features.values(vectors.read(drawn));
      if (used < held) heldOut.push({ values, labels });
      else await accumulate(values, labels, gram, cross);
      used += drawn.count;
      onProgress?.("Gram matrix of the features", (0.9 * used) / samples);
    }
    const { solution, penalty } = bestRidge(gram, cross, (weights) =>
      heldOut.reduce((sum, { values, labels }) => {
        const guess = combined(values, weights);
        return sum + guess.reduce((s, h, i) => s + (h - labels[i]) ** 2, 0);
      }, 0),
    );
    const test = lawOf(instance, target).sample(foldIn(instance.key, "test"), TEST_SAMPLES);
    const predictions = new Float64Array(TEST_SAMPLES);
    for (let from = 0; from < TEST_SAMPLES; from += CHUNK) {
      const to = Math.min(from + CHUNK, TEST_SAMPLES);
      const part = vectors.read(slice(test, from, to));
      predictions.set(combined(features.values(part), solution), from);
    }
    return {
      queries: null,
      samples,
      final: { ...evaluate(predictions, target.label(test), instance.labels, target.mean, judged) },
      recovered: null,
      exact: false,
      details: {
        degree: features.degree,
        features: count,
        eigenspaces: features.eigenspaces,
        penalty: Number.isFinite(penalty) ? penalty : null,
      },
    };
  },
});

/** Adds a chunk to the Gram matrix and to the products with the labels. */
async function accumulate(
  values: Float64Array,
  labels: Float64Array,
  gram: Float64Array,
  cross: Float64Array,
): Promise<void> {
  const [features, examples] = [cross.length, labels.length];
  const product = await matmul64(values, values, features, examples, features, { transposeB: true });
  for (let i = 0; i < gram.length; i++) gram[i] += product[i];
  for (let f = 0, at = 0; f < features; f++)
    for (let i = 0; i < examples; i++, at++) cross[f] += values[at] * labels[i];
}
