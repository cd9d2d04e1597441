/**
 * The spectral dimension C(m, k) of `invariant-polynomial` against the number m of invariants: polynomial of degree k
 * for a fixed degree k, superpolynomial for k = log2 m.
 */

import * as z from "zod/mini";
import { familiesSection } from "../families.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

const point = z.object({ variables: z.number(), degree: z.number(), log2Dimension: z.number() });
export type DimensionPoint = z.output<typeof point>;

const series = z.object({
  /** A fixed degree, or `log2 m`. */
  degree: z.union([z.number(), z.literal("log2 m")]),
  points: z.array(point),
  /** Of log d_eff against log m over the upper half. */
  slope: z.number(),
});
export type DimensionSeries = z.output<typeof series>;

const dimensions = z.object({ series: z.array(series) });

const id = "invariant-dimensions";

export const invariantDimensions: Study<readonly (readonly DimensionSeries[])[]> = {
  id,
  recipe: { references: [], load: async () => (await import("./recipe.ts")).invariantDimensions },
  tasks: () => ({
    first: [
      recipeTask(id, "invariant-polynomial", {
        degrees: [2, 3, 4],
        variables: [8, 16, 32, 64, 128, 256, 512, 1024],
      }),
    ],
  }),
  read: (records) => unlessEmpty(computedBy(id, dimensions, records).map((r) => r.result.series)),
  sections: async (found, document) => {
    const { dimensionBlock } = await import("./section.ts");
    return [familiesSection(found.map((one) => dimensionBlock(one, document)))];
  },
};
