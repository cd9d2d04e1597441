/**
 * Label-squared principal components: for every graph E[y^2 sum_v (x_v x_v^T - I)] is ||f||^2 times the projection onto
 * the hidden plane, so its top two eigenvectors are the plane. It uses squares of the label, hence it is no
 * correlational learner, and needs about O(d) examples. The profile F and k are known, so one angle is left, found by a
 * search.
 *
 * Under a group average the matrix commutes with the group: for cyclic shifts it is circulant, and of the plane only
 * the power spectrum survives. There the learner must fail, and its overlap shows it.
 */

import { oneByOne, runSteps } from "../base/progress.ts";
import { foldIn } from "../base/random.ts";
import { lawOf, type Instance } from "../family/instance.ts";
import type { HiddenPlane } from "../family/plane/hidden-plane.ts";
import { overlap, rowsOf, type Plane } from "../family/plane/plane.ts";
import { topEigenvectors } from "../numeric/top-eigenvectors.ts";
import { evaluate } from "./evaluate.ts";
import { defineLearner, capability, onlyWith } from "./learner.ts";
import { momentJobs, secondMoments } from "./second-moments.ts";
import { trainingChunk } from "./training-chunks.ts";

const DEFAULT_SAMPLES = 400_000;
const TEST_SAMPLES = 20_000;
/** Numbers in all the examples from which on several threads are worth their start. */
const WORTH_THREADS = 2 ** 26;
/** Examples for the search of the angle: the first ones again. */
const ANGLE_SAMPLES = 2048;
/** Angles tried over a full turn; twelve a period of F at k = 10. */
const ANGLES = 120;

/** Smallest singular value of U V^T: 1 for equal planes, 0 where one holds a direction at right angles to the other. */
export function planeOverlap(first: Plane, second: Plane): number {
  const [a, b, c, d] = overlap(first, second);
  const [squares, determinant] = [a * a + b * b + c * c + d * d, a * d - b * c];
  const root = Math.sqrt(Math.max(0, squares * squares - 4 * determinant * determinant));
  // det / largest: the difference of squares would cancel
  const largest = Math.sqrt((squares + root) / 2);
  return largest > 0 ? Math.abs(determinant) / largest : 0;
}

/** The plane of the two angles' rows, turned by an angle within itself. */
function turned(plane: Plane, angle: number): Plane {
  const d = plane.length / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const out = new Float64Array(plane.length);
  for (let i = 0; i < d; i++) {
    out[i] = cos * plane[i] + sin * plane[d + i];
    out[d + i] = cos * plane[d + i] - sin * plane[i];
  }
  return out;
}

export const labelSquaredPca = defineLearner({
  id: "label-squared-pca",
  summary:
    "top eigenvectors of E[y^2 sum (x x^T - I)]: finds a hidden plane from O(d) examples, not a CSQ learner",
  references: [],
  access: "samples",
  escape: "y² against pairs",
  rows: [{ label: "label-squared PCA" }],
  options: ["samples", "noise"],
  budget: `${DEFAULT_SAMPLES.toLocaleString("en")} samples`,
  refusal: onlyWith("plane", "there is no hidden plane that a second moment could show"),
  async learn({ family, instance, easy, options, signal, onProgress, judged, doAll = oneByOne }) {
    const target = easy ? instance.easy : instance.hard;
    const hiddenPlane = capability(family, "plane");
    const { dimension, vectors } = hiddenPlane.size(instance);
    const samples = options.samples ?? DEFAULT_SAMPLES;
    const { noise } = options;
    const matrix = new Float64Array(dimension * dimension);
    let total = 0;
    const { params, key } = instance;
    const jobs = momentJobs({ family: family.id, params: params.json, key, easy, noise, samples });
    const worth = samples * vectors * dimension >= WORTH_THREADS;
    const pieces = (worth ? doAll : oneByOne)(
      secondMoments(() => family),
      jobs,
    );
    const moments = await runSteps(pieces, ({ done, total }) => {
      signal?.throwIfAborted();
      onProgress?.("second moments", (0.9 * done) / total);
    });
    for (const piece of moments) {
      total += piece.total;
      piece.matrix.forEach((m, at) => (matrix[at] += m));
    }
    for (let i = 0; i < dimension; i++) matrix[i * (dimension + 1)] -= total;
    for (let i = 0; i < dimension; i++)
      for (let j = 0; j <= i; j++) {
        const mean = (matrix[i * dimension + j] + matrix[j * dimension + i]) / (2 * samples);
        matrix[i * dimension + j] = matrix[j * dimension + i] = mean;
      }
    const plane = topEigenvectors(matrix, dimension, 2, foldIn(instance.key, "start vectors"));
    const found = aligned(hiddenPlane, instance, plane, easy, Math.min(samples, ANGLE_SAMPLES), noise);
    const test = lawOf(instance, target).sample(foldIn(instance.key, "test"), TEST_SAMPLES);
    const guess = hiddenPlane.labels(instance, found.plane, easy)(test);
    const predictions = guess.map((y) => found.factor * y);
    const final = evaluate(predictions, target.label(test), instance.labels, target.mean, judged);
    return {
      queries: null,
      samples,
      final: { ...final, overlap: planeOverlap(plane, hiddenPlane.hidden(instance)) },
      recovered: rowsOf(found.plane),
      exact: false,
      details: { factor: found.factor },
    };
  },
});

/** The angle whose labels correlate best with the examples', and the least-squares factor of those labels. */
function aligned(
  { labels: labelled }: HiddenPlane,
  instance: Instance,
  plane: Plane,
  easy: boolean,
  count: number,
  noise: number,
) {
  const target = easy ? instance.easy : instance.hard;
  const { samples, labels } = trainingChunk(instance, target, noise, 0, count);
  const fit = (angle: number): { correlation: number; factor: number } => {
    const guess = labelled(instance, turned(plane, angle), easy)(samples);
    let [cross, square] = [0, 0];
    for (let i = 0; i < guess.length; i++) {
      cross += guess[i] * labels[i];
      square += guess[i] * guess[i];
    }
    return {
      correlation: square > 0 ? cross / Math.sqrt(square) : 0,
      factor: square > 0 ? cross / square : 0,
    };
  };
  const step = (2 * Math.PI) / ANGLES;
  let best = { angle: 0, ...fit(0) };
  for (let a = 1; a < ANGLES; a++) {
    const here = { angle: a * step, ...fit(a * step) };
    if (here.correlation > best.correlation) best = here;
  }
  for (let width = step / 2; width > 1e-5; width /= 2)
    for (const angle of [best.angle - width, best.angle + width]) {
      const here = { angle, ...fit(angle) };
      if (here.correlation > best.correlation) best = here;
    }
  return { plane: turned(plane, best.angle), factor: best.factor };
}
