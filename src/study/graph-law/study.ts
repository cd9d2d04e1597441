/**
 * Hard laws of graphs in place of hard labels (in the neighbourhood of Karami, Krawczuk, Cevher 2024, who generate
 * graphs): P_S = P_0 (1 + eps chi)/(1 + eps m), chi the parity of the nodes whose degree lies in S, with the sign that
 * makes m = E chi at least 0, and P_0 the law of uniform graphs.
 */

import * as z from "zod/mini";
import { beyondSection } from "../beyond.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

/** What samples of a law show. */
const view = z.object({
  law: z.enum(["tilted by a parity", "uniform graphs", "tilted by the edge count"]),
  /** Rank over F_2 of the samples' (pi, 1), one a seed. */
  ranks: z.array(z.number()),
  /** How far the mean number of edges is from that of uniform graphs, in standard deviations of one graph. */
  edgeShift: z.number(),
  /** E chi of its samples: what a generator is judged by, 1 if it has learned P_S. */
  parityMean: z.number(),
});

const size = z.object({
  n: z.number(),
  samples: z.number(),
  /** At least (1 - 2^(2-n)) / max Pr pi: constants are left out, and means removed. */
  dimension: z.number(),
  views: z.array(view),
});
export type GraphLawSize = z.output<typeof size>;

const found = z.object({ sizes: z.array(size) });

const id = "graph-law-parity";

export const graphLawParity: Study<readonly GraphLawSize[]> = {
  id,
  recipe: {
    references: [
      {
        key: "karami2024",
        type: "inproceedings",
        fields: {
          author: "Karami, Mahdi and Krawczuk, Igor and Cevher, Volkan",
          title: "Hierarchical generation of graphs from coarse to fine",
          booktitle: "ICLR workshop",
          year: "2024",
        },
      },
    ],
    load: async () => (await import("./recipe.ts")).graphLawParity,
  },
  tasks: () => ({
    first: [recipeTask(id, "gnn-degree-parity", { sizes: [8, 10, 12], samplesPerNode: 64, seeds: 5 })],
  }),
  read: (records) => unlessEmpty(computedBy(id, found, records).flatMap((r) => r.result.sizes)),
  sections: async (sizes) => {
    const { graphLawBlocks } = await import("./section.ts");
    return [beyondSection(graphLawBlocks(sizes))];
  },
};
