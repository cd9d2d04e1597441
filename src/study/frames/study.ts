/**
 * How group averages scale: the spectral dimension of frame parities and of hidden planes under cyclic shifts against
 * n, the shrinking norms of averaged planes against the group's order, and the largest correlation of a few random
 * planes against n.
 */

import * as z from "zod/mini";
import { familiesSection } from "../families.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

const family = z.enum(["frame-parity", "cnn-hidden-plane"]);

/** d_eff of a family at one size; `series` is one fixed k, or k growing with n. */
const dimension = z.object({
  family,
  n: z.number(),
  k: z.number(),
  series: z.string(),
  log2Dimension: z.number(),
});
export type Dimension = z.output<typeof dimension>;

const dimensionSlope = z.object({
  family,
  series: z.string(),
  /** Slope of log d_eff against log n, by least squares. */
  slope: z.number(),
  /** k - 1 for a fixed k; null where k grows with n: then no power of n bounds it. */
  proved: z.nullable(z.number()),
});
export type DimensionSlope = z.output<typeof dimensionSlope>;

const averagedNorm = z.object({
  group: z.string(),
  order: z.number(),
  /** Mean of ||f_U||^2 / (columns ||F||^2) over random planes. */
  mean: z.number(),
  standardError: z.number(),
  /** The same from the invariant harmonics, a lower bound. */
  exact: z.number(),
});
export type AveragedNorm = z.output<typeof averagedNorm>;

const largestCorrelation = z.object({
  n: z.number(),
  k: z.number(),
  planes: z.number(),
  largest: z.number(),
});
export type LargestCorrelation = z.output<typeof largestCorrelation>;

const statistics = z.object({
  dimensions: z.array(dimension),
  dimensionSlopes: z.array(dimensionSlope),
  norms: z.array(averagedNorm),
  /** Of log mean norm against log order; -1 for groups small against dim H_k. */
  normSlope: z.number(),
  correlations: z.array(largestCorrelation),
  /** Of log largest correlation against log n, for each k; d_eff ~ n^(k-1) suggests -(k-1)/2. */
  correlationSlopes: z.array(z.object({ k: z.number(), slope: z.number(), expected: z.number() })),
});
export type FrameStatistics = z.output<typeof statistics>;

const id = "frames";

export const frames: Study<readonly FrameStatistics[]> = {
  id,
  recipe: { references: [], load: async () => (await import("./recipe.ts")).frames },
  tasks: () => ({
    first: [
      recipeTask(id, "frame-parity", {
        seed: 0,
        paritySizes: [32, 64, 128, 256, 512, 1024],
        degrees: [4, 6],
        planeSizes: [16, 32, 64, 128],
        planeDegrees: [2, 4],
        planes: 14,
        groups: [
          "trivial:32",
          "cyclic:2xtrivial:16",
          "cyclic:4xtrivial:8",
          "cyclic:8xtrivial:4",
          "cyclic:32",
          "dihedral:32",
        ],
        groupDegree: 4,
      }),
    ],
  }),
  read: (records) => unlessEmpty(computedBy(id, statistics, records).map((r) => r.result)),
  sections: async (found, document) => {
    const { frameBlocks } = await import("./section.ts");
    return [familiesSection(found.flatMap((one) => frameBlocks(one, document)))];
  },
};
