/**
 * Which graphs does a network get right? The share of trainings that label a graph rightly, against how much nearer its
 * own class is than the other, by Tree Mover's Distance of depth two (after Fesser and Weber 2025).
 */

import * as z from "zod/mini";
import { beyondSection } from "../beyond.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";
import type { Scale } from "../scale.ts";

const quarter = z.object({
  /** Mean ratio of the distances, other class over own, and mean share of trainings that are right. */
  ratio: z.number(),
  accuracy: z.number(),
  graphs: z.number(),
});

const labelling = z.object({
  labels: z.enum(["degree parity", "easy twin"]),
  /** Graphs without an equal in the sample, by their ratio. */
  quarters: z.array(quarter),
  /** Of log ratio and accuracy over the graphs, and with the ratios permuted. */
  correlation: z.number(),
  permuted: z.number(),
  /** Mean over all graphs and trainings. */
  accuracy: z.number(),
});

const found = z.object({
  n: z.number(),
  degrees: z.array(z.number()),
  graphs: z.number(),
  trainings: z.number(),
  labellings: z.array(labelling),
});
export type GraphAccuracy = z.output<typeof found>;

const id = "graph-accuracy";

const task = (n: number, degrees: readonly number[], trainings: number, steps: number) =>
  recipeTask(id, "gnn-degree-parity", { n, degrees, graphs: 2000, trainings, steps });

const planned: Readonly<Record<Scale, readonly ReturnType<typeof task>[]>> = {
  quick: [],
  laptop: [task(12, [3], 5, 300)],
  paper: [task(12, [3], 20, 1000), task(12, [3, 7, 9], 20, 4000), task(15, [3], 20, 4000)],
};

export const graphAccuracy: Study<readonly GraphAccuracy[]> = {
  id,
  recipe: {
    references: ["fesser2025", "chuang2022"],
    load: async () => (await import("./recipe.ts")).graphAccuracy,
  },
  tasks: ({ scale }) => ({ last: planned[scale] }),
  read: (records) => unlessEmpty(computedBy(id, found, records).map((r) => r.result)),
  sections: async (all) => {
    const { graphAccuracyBlocks } = await import("./section.ts");
    return [beyondSection(graphAccuracyBlocks(all))];
  },
};
