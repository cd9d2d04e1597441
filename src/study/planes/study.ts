/**
 * How hidden planes correlate, as the report shows it: root-mean-square correlation of random planes against the
 * dimension, D / lambda of growing lists against dim H_k, and one Gram matrix to look at.
 */

import * as z from "zod/mini";
import { familiesSection } from "../families.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

const spread = z.object({
  d: z.number(),
  k: z.number(),
  /** Root of the mean square of the correlation f_U . f_V / ||f||^2 over pairs of random planes. */
  rootMeanSquare: z.number(),
  /** 1 / sqrt(dim H_k): by Schur's lemma it cannot be more on average. */
  bound: z.number(),
});
export type Spread = z.output<typeof spread>;

const scaling = z.object({
  k: z.number(),
  /** Slope of log rootMeanSquare against log d, by least squares. */
  slope: z.number(),
  /** -k/2 */
  proved: z.number(),
});
export type Scaling = z.output<typeof scaling>;

const growth = z.object({
  d: z.number(),
  k: z.number(),
  count: z.number(),
  /** D / lambda_max of the Gram matrix of `count` planes; lambda_max by Lanczos. */
  effective: z.number(),
  harmonicDimension: z.number(),
});
export type Growth = z.output<typeof growth>;

const statistics = z.object({
  spreads: z.array(spread),
  scalings: z.array(scaling),
  growths: z.array(growth),
  heat: z.object({ d: z.number(), k: z.number(), gram: z.array(z.array(z.number())) }),
});
export type PlaneStatistics = z.output<typeof statistics>;

const id = "planes";

/** How many planes are compared with each other, and how long the lists are. */
interface Size {
  readonly planes: number;
  readonly counts: readonly number[];
}
const FULL: Size = { planes: 200, counts: [20, 50, 100, 200, 400, 800, 1600] };
const QUICK: Size = { planes: 80, counts: [20, 50, 100, 200, 400] };

const taskOf = ({ planes: drawn, counts }: Size) =>
  recipeTask(id, "gnn-hidden-plane", {
    seed: 0,
    dimensions: [16, 32, 64, 128, 256, 512, 1024],
    degrees: [2, 4, 6],
    planes: drawn,
    lists: [
      { d: 6, k: 2 },
      { d: 4, k: 4 },
      { d: 5, k: 4 },
      { d: 6, k: 4 },
    ],
    counts,
    heat: { d: 8, k: 4, count: 20 },
  });

export const planes: Study<readonly PlaneStatistics[]> = {
  id,
  recipe: { references: [], load: async () => (await import("./recipe.ts")).planes },
  tasks: ({ scale }) => ({ first: [taskOf(scale === "paper" ? FULL : QUICK)] }),
  read: (records) => unlessEmpty(computedBy(id, statistics, records).map((r) => r.result)),
  sections: async (found, document) => {
    const { planeBlocks } = await import("./section.ts");
    return [familiesSection(found.flatMap((one) => planeBlocks(one, document)))];
  },
};
