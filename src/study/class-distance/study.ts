/**
 * How far apart the classes lie in the metric of message passing (after Fesser and Weber 2025): each graph's distance
 * to the nearest of the other class over that to the nearest of its own, by Tree Mover's Distance of depth two.
 */

import * as z from "zod/mini";
import { beyondSection, largest } from "../beyond.ts";
import { computedBy, recipeTask, type Study } from "../study.ts";

const labels = z.enum(["degree parity", "easy twin", "shuffled"]);

const measured = z.object({
  n: z.number(),
  labels,
  /** Mean distances, other class over own, of the graphs without an equal in the sample; null where there are none. */
  ratios: z.array(z.nullable(z.number())),
  /** Share of the graphs whose nearest other graph has their label, one a seed. */
  accuracies: z.array(z.number()),
  /** Share of the graphs with another of the same degrees in the sample. */
  repeated: z.number(),
});
export type ClassDistance = z.output<typeof measured>;

const found = z.object({ distances: z.array(measured) });

const id = "class-distance";

const task = (graphs: number) =>
  recipeTask(id, "gnn-degree-parity", { sizes: [8, 12, 15], graphs, seeds: 5 });

export const classDistance: Study<readonly ClassDistance[]> = {
  id,
  recipe: {
    references: ["fesser2025", "chuang2022"],
    load: async () => (await import("./recipe.ts")).classDistance,
  },
  tasks: ({ scale }) => ({ first: [task(scale === "quick" ? 400 : 3000)] }),
  read: (records) => largest(computedBy(id, found, records), "graphs")?.distances ?? null,
  sections: async (distances, document) => {
    const { classDistanceBlocks } = await import("./section.ts");
    return [beyondSection(classDistanceBlocks(distances, document))];
  },
};
