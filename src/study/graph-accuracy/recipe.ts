/** Trainings from several initial weights on one instance, judged graph by graph. */

import * as z from "zod/mini";
import { foldIn, permutation } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { mean } from "../../base/statistics.ts";
import { degreesOf } from "../../distribution/erdos-renyi.ts";
import { drawInstance } from "../../family/draw.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/index.ts";
import { trainByGradient } from "../../learner/gradient-descent.ts";
import type { Recipe } from "../../run/catalogue.ts";
import { neighboursOf, sortedDegrees } from "../class-distance/tree-distance.ts";
import { seedsOf } from "../study.ts";
import type { GraphAccuracy } from "./study.ts";

const schema = z.strictObject({
  n: integer(3, 100),
  degrees: z.array(integer(0, 99)),
  /** Graphs that are judged, and among which the nearest are looked for. */
  graphs: integer(100, 10_000),
  trainings: integer(1, 1000),
  steps: integer(0, 1_000_000),
});

type Labelling = GraphAccuracy["labellings"][number];

export const graphAccuracy: Recipe = async (given, { signal, onProgress }) => {
  const spec = parseWith(schema, given, "graph accuracy");
  const { n, degrees, graphs, trainings, steps } = spec;
  const instance = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n, degrees }), 0);
  // the very graphs that a training is judged on
  const samples = instance.law.sample(foldIn(instance.key, "test"), graphs);
  const sorted = sortedDegrees(degreesOf(samples), n);
  const labellings: Labelling[] = [];
  for (const labels of ["degree parity", "easy twin"] as const) {
    const easy = labels === "easy twin";
    const right = new Float64Array(graphs);
    for (const seed of seedsOf(trainings)) {
      onProgress?.(labels, (labellings.length + seed / trainings) / 2);
      await trainByGradient({
        family: gnnDegreeParity,
        instance,
        easy,
        seed,
        options: { steps, batch: 64, testSamples: graphs },
        judged(predictions, truth) {
          for (let g = 0; g < graphs; g++)
            right[g] += Number(predictions[g] > 0 === truth[g] > 0) / trainings;
        },
        ...(signal === undefined ? {} : { signal }),
      });
      signal?.throwIfAborted(); // half a training judges nothing
    }
    const target = easy ? instance.easy : instance.hard;
    const [near] = neighboursOf(sorted, n, [target.label(samples)]);
    const ratios = near.map(({ same, other }) =>
      // an equal in the sample says its own label, and nothing of the distance
      Math.min(same, other) === 0 || !Number.isFinite(Math.max(same, other)) ? null : other / same,
    );
    labellings.push({ labels, ...against(ratios, right, permutation(foldIn(instance.key, labels), graphs)) });
  }
  return { n, degrees, graphs, trainings, labellings } satisfies GraphAccuracy;
};

/** The accuracies of the graphs against their ratios, those without one left out. */
function against(
  ratios: readonly (number | null)[],
  right: Float64Array,
  order: ArrayLike<number>,
): Omit<Labelling, "labels"> {
  const kept = Array.from(order).flatMap((g) => {
    const ratio = ratios[g];
    return ratio === null ? [] : [{ ratio, accuracy: right[g] }];
  });
  const logs = kept.map((k) => Math.log(k.ratio));
  const accuracies = kept.map((k) => k.accuracy);
  const ordered = kept.toSorted((a, b) => a.ratio - b.ratio);
  const cut = (q: number): number => Math.round((q * ordered.length) / 4);
  return {
    quarters: [0, 1, 2, 3].map((q) => {
      const part = ordered.slice(cut(q), cut(q + 1));
      return {
        ratio: mean(part.map((p) => p.ratio)),
        accuracy: mean(part.map((p) => p.accuracy)),
        graphs: part.length,
      };
    }),
    correlation: correlationOf(logs, accuracies),
    // the graphs come in random order: each is given the ratio of the next
    permuted: correlationOf(
      logs,
      accuracies.map((_, i) => accuracies[(i + 1) % accuracies.length]),
    ),
    accuracy: mean(Array.from(right)),
  };
}

/** Pearson's; 0 where one of the two is constant. */
export function correlationOf(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const sum = (of: (i: number) => number): number => x.reduce((total, _, i) => total + of(i), 0);
  const spread = Math.sqrt(sum((i) => (x[i] - mx) ** 2) * sum((i) => (y[i] - my) ** 2));
  return spread === 0 ? 0 : sum((i) => (x[i] - mx) * (y[i] - my)) / spread;
}
