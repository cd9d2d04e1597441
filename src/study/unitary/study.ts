/**
 * Unitary graph convolutions (Kiani, Fesser, Weber 2024): what depth does to the smoothness of node features, with and
 * without non-linearities, beside the usual convolution.
 */

import * as z from "zod/mini";
import { beyondSection } from "../beyond.ts";
import { computedBy, recipeTask, seedsOf, unlessEmpty, type Study } from "../study.ts";

const layer = z.object({
  depth: z.number(),
  /** Rayleigh quotient of the features, means over the seeds: 0 where all nodes have become alike. */
  rayleigh: z.number(),
  /** Norm of the features over that of the input. */
  norm: z.number(),
});
const network = z.object({ network: z.string(), layers: z.array(layer) });

const found = z.object({
  nodes: z.number(),
  /** Mean of the input's Rayleigh quotient. */
  input: z.number(),
  networks: z.array(network),
  /** |exp(i A) X| / |X| - 1 with so many terms of the series, largest over the seeds, and its bound. */
  truncation: z.array(z.object({ terms: z.number(), error: z.number(), bound: z.number() })),
  /** The same with the adjacency matrix itself and ten terms: no isometry. */
  unnormalised: z.object({ norm: z.number(), ratio: z.number() }),
});
export type UnitaryDepths = z.output<typeof found>;

const id = "unitary";

export const unitary: Study<readonly UnitaryDepths[]> = {
  id,
  recipe: {
    references: ["kiani2024unitary"],
    load: async () => (await import("./recipe.ts")).unitary,
  },
  tasks: () => ({
    first: [
      recipeTask(id, "gnn-degree-parity", {
        nodes: 15,
        width: 8,
        depths: [1, 2, 4, 8, 16, 32],
        terms: [4, 8, 10, 12, 16],
        seeds: seedsOf(5),
      }),
    ],
  }),
  read: (records) => unlessEmpty(computedBy(id, found, records).map((r) => r.result)),
  sections: async (all, document) => {
    const { unitaryBlocks } = await import("./section.ts");
    return [beyondSection(all.flatMap((one) => unitaryBlocks(one, document)))];
  },
};
