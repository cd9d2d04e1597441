/** Ratios of distances between classes, over seeds. */

import * as z from "zod/mini";
import { foldIn, permutation } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { mean } from "../../base/statistics.ts";
import { degreesOf } from "../../distribution/erdos-renyi.ts";
import { drawInstance } from "../../family/draw.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/index.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { ClassDistance } from "./study.ts";
import { neighboursOf, sortedDegrees, type Near } from "./tree-distance.ts";

const schema = z.strictObject({
  sizes: z.array(integer(3, 100)).check(z.minLength(1)),
  graphs: integer(10, 10_000),
  seeds: integer(1, 1000),
});

/** In the order of the labellings of `measure`. */
const kinds = ["degree parity", "easy twin", "shuffled"] as const;

interface Measured {
  readonly ratio: number | null;
  readonly accuracy: number;
}

export const classDistance: Recipe = async (given, { signal, onProgress }) => {
  const { sizes, graphs, seeds } = parseWith(schema, given, "class distance");
  const distances: ClassDistance[] = [];
  for (const n of sizes) {
    const runs = Array.from({ length: seeds }, (_, seed) => {
      signal?.throwIfAborted();
      onProgress?.(`${n} nodes`, (sizes.indexOf(n) + seed / seeds) / sizes.length);
      return measure(n, seed, graphs);
    });
    distances.push(
      ...kinds.map((labels, kind) => ({
        n,
        labels,
        ratios: runs.map((r) => r.byKind[kind].ratio),
        accuracies: runs.map((r) => r.byKind[kind].accuracy),
        repeated: mean(runs.map((r) => r.repeated)),
      })),
    );
  }
  return { distances };
};

function measure(n: number, seed: number, count: number) {
  const { key, law, hard, easy } = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n }), seed);
  const samples = law.sample(foldIn(key, "class distance"), count);
  const degrees = sortedDegrees(degreesOf(samples), n);
  const order = permutation(foldIn(key, "shuffled labels"), count);
  const parity = hard.label(samples);
  const shuffled = parity.map((_, i) => parity[order[i]]);
  const labellings = [parity, easy.label(samples), shuffled];
  const near = neighboursOf(degrees, n, labellings);
  return {
    byKind: near.map((of, kind) => summary(of, labellings[kind])),
    repeated: mean(near[0].map((of) => Number(repeats(of)))),
  };
}

/** Whether another graph of the sample has the same degrees. */
const repeats = ({ same, other }: Near): boolean => Math.min(same, other) === 0;

function summary(near: readonly Near[], labels: Float64Array): Measured {
  // a graph with an equal in the sample says what its equal's label is, and nothing of the distance
  const alone = near.filter((of) => !repeats(of) && Math.max(of.same, of.other) < Infinity);
  return {
    ratio: alone.length === 0 ? null : mean(alone.map((a) => a.other)) / mean(alone.map((a) => a.same)),
    accuracy: mean(near.map(({ nearest }, i) => Number(labels[nearest] === labels[i]))),
  };
}
