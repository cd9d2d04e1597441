/**
 * Kernel ridge regression with the arc-cosine kernel of degree 1 (Cho and Saul 2009), the kernel of an infinitely wide
 * relu layer whose first weights stand still, summed over the vectors of both examples and averaged over the group (as
 * its elements: up to 512): what training only the last layer of a symmetric network can reach.
 */

import { lawOf } from "../family/instance.ts";
import { foldIn } from "../base/random.ts";
import { slice } from "../distribution/samples.ts";
import { kappa } from "../numeric/arc-cosine.ts";
import { bestRidge } from "../numeric/ridge.ts";
import { compose, identity, type Permutation } from "../symmetry/permutation.ts";
import { evaluate } from "./evaluate.ts";
import { defineLearner, capability, onlyWith } from "./learner.ts";
import type { InputVectors } from "../family/vectors.ts";
import { trainingChunk } from "./training-chunks.ts";

const DEFAULT_SAMPLES = 1500;
const TEST_SAMPLES = 2000;
/** Elements of a group that are listed, at most. */
export const mostElements = 512;
/** Multiplications for all kernel values; beyond it fewer examples are used. */
const WORK_LIMIT = 6e9;

/** Vectors with a constant entry for the bias, and their lengths. */
interface Prepared {
  readonly rows: Float64Array;
  readonly norms: Float64Array;
}

/** The group's elements, the identity first; null if there are too many to list. */
export function elements(generators: readonly Permutation[], degree: number): Permutation[] | null {
  const all = [identity(degree)];
  const seen = new Set([all[0].join()]);
  for (let i = 0; i < all.length; i++)
    for (const g of generators) {
      const next = compose(g, all[i]);
      if (seen.has(next.join())) continue;
      if (all.length === mostElements) return null;
      seen.add(next.join());
      all.push(next);
    }
  return all;
}

/** Every vector of the examples, standardised and moved by every element, with a last entry 1. */
function prepare(
  data: Float64Array,
  { dimension, law }: InputVectors,
  moved: readonly Permutation[],
): Prepared {
  const width = dimension + 1;
  const { a, b } = law.recurrence(2);
  const [mean, sd] = [a[0], Math.sqrt(b[1])];
  const vectors = data.length / dimension;
  const rows = new Float64Array(vectors * moved.length * width);
  let to = 0;
  for (let v = 0; v < vectors; v++)
    for (const g of moved) {
      for (let j = 0; j < dimension; j++) rows[to + g[j]] = (data[v * dimension + j] - mean) / sd;
      rows[to + dimension] = 1;
      to += width;
    }
  const norms = Float64Array.from({ length: rows.length / width }, (_, r) =>
    Math.sqrt(rows.subarray(r * width, (r + 1) * width).reduce((sum, x) => sum + x * x, 0)),
  );
  return { rows, norms };
}

/** Sum over all pairs of rows of two examples of |u| |v| kappa(cos). */
function kernelValue(
  a: Prepared,
  b: Prepared,
  from: number,
  to: number,
  nA: number,
  nB: number,
  width: number,
): number {
  let sum = 0;
  for (let i = from; i < from + nA; i++)
    for (let j = to; j < to + nB; j++) {
      let dot = 0;
      for (let t = 0, p = i * width, q = j * width; t < width; t++, p++, q++) dot += a.rows[p] * b.rows[q];
      const norms = a.norms[i] * b.norms[j];
      sum += norms * kappa(Math.max(-1, Math.min(1, dot / norms)));
    }
  return sum;
}

/** The kernel between examples given by their vectors, averaged over the group; row-major. */
export function groupKernel(
  of: InputVectors,
  group: readonly Permutation[],
  first: Float64Array,
  second: Float64Array,
): Float64Array {
  const { dimension, vectors } = of;
  const [a, b] = [prepare(first, of, group.slice(0, 1)), prepare(second, of, group)];
  const [rows, columns] = [first, second].map((x) => x.length / (dimension * vectors));
  const each = vectors * group.length;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      out[i * columns + j] = kernelValue(a, b, i * vectors, j * each, vectors, each, dimension + 1) / each;
  return out;
}

export const kernelRidge = defineLearner({
  id: "kernel-ridge",
  summary: "ridge regression with the arc-cosine kernel, summed over vectors and averaged over the group",
  references: ["saunders1998", "cho2009"],
  access: "samples",
  rows: [{ label: "kernel ridge", most: 600, effort: "laptop" }],
  options: ["samples", "noise"],
  budget: `${DEFAULT_SAMPLES.toLocaleString("en")} samples, which is also the most it uses`,
  refusal: onlyWith("vectors", "the family has no description of its examples as vectors"),
  async learn({ family, instance, easy, options, signal, onProgress, judged }) {
    const target = easy ? instance.easy : instance.hard;
    const vectors = capability(family, "vectors").call(family, instance);
    // for a group too large to list, its identity: the kernel is then not averaged
    const group = elements(vectors.generators, vectors.dimension) ?? [identity(vectors.dimension)];
    const pairWork = vectors.vectors ** 2 * group.length * (vectors.dimension + 20);
    const affordable = Math.floor(WORK_LIMIT / (pairWork * (DEFAULT_SAMPLES + TEST_SAMPLES)));
    const samples = Math.max(10, Math.min(options.samples ?? DEFAULT_SAMPLES, DEFAULT_SAMPLES, affordable));
    const { samples: drawn, labels } = trainingChunk(instance, target, options.noise, 0, samples);
    const inputs = vectors.read(drawn);
    const held = Math.floor(samples / 5);
    const size = samples - held;
    const width = inputs.length / samples;
    const [fitted, left] = [inputs.subarray(0, size * width), inputs.subarray(size * width)];
    const mean = target.mean.value;
    onProgress?.("kernel matrix", 0.1);
    const kernel = groupKernel(vectors, group, fitted, fitted);
    const cross = groupKernel(vectors, group, left, fitted);
    const right = Float64Array.from({ length: size }, (_, i) => labels[i] - mean);
    signal?.throwIfAborted();
    onProgress?.("solving", 0.5);
    const { solution, penalty } = bestRidge(kernel, right, (weights) =>
      predict(cross, weights, held).reduce((sum, h, i) => sum + (mean + h - labels[size + i]) ** 2, 0),
    );
    const test = lawOf(instance, target).sample(foldIn(instance.key, "test"), TEST_SAMPLES);
    const predictions = new Float64Array(TEST_SAMPLES);
    for (let from = 0; from < TEST_SAMPLES; from += 100) {
      signal?.throwIfAborted();
      onProgress?.("testing", 0.6 + (0.4 * from) / TEST_SAMPLES);
      const part = groupKernel(vectors, group, vectors.read(slice(test, from, from + 100)), fitted);
      predictions.set(predict(part, solution, 100), from);
      await Promise.resolve();
    }
    const shifted = predictions.map((h) => mean + h);
    return {
      queries: null,
      samples,
      final: { ...evaluate(shifted, target.label(test), instance.labels, target.mean, judged) },
      recovered: null,
      exact: false,
      details: { penalty: Number.isFinite(penalty) ? penalty : null, groupElements: group.length },
    };
  },
});

/** The predictions for `rows` points whose kernel with the fitted ones is given, a row each. */
export function predict(kernel: Float64Array, weights: Float64Array, rows: number): Float64Array {
  const columns = weights.length;
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += kernel[i * columns + j] * weights[j];
    return sum;
  });
}
