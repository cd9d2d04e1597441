/**
 * Minimal frames (Lin, Helwig, Gui, Ji 2024): of graphs under relabelling, as many elements as the graph has
 * automorphisms; of points under rotations and Lorentz transformations, one.
 */

import * as z from "zod/mini";
import { beyondSection, largest } from "../beyond.ts";
import { computedBy, recipeTask, seedsOf, type Study } from "../study.ts";

const graphs = z.object({
  n: z.number(),
  /** Mean number of elements, one a seed. */
  sizes: z.array(z.number()),
  standardError: z.number(),
  /** n! U_n / 2^(n(n-1)/2). */
  exact: z.number(),
  /** Share of the graphs whose frame has one element. */
  single: z.number(),
  /** Graphs whose relabelled copy has another canonical form. */
  mismatches: z.number(),
});
export type GraphFrames = z.output<typeof graphs>;

/** Largest change of a function of graph and node features when both are relabelled. */
const regular = z.object({
  graph: z.string(),
  elements: z.number(),
  wholeFrame: z.number(),
  oneElement: z.number(),
});

/** Largest change of the form of points when they are moved, and when they are moved by what the group leaves out. */
const cloud = z.object({ group: z.string(), moved: z.number(), outside: z.number() });

/** Change of the form when the second point is this far from the line through the first, relative to its length. */
const collinear = z.object({ distance: z.number(), error: z.number() });

const found = z.object({
  graphs: z.array(graphs),
  regular: z.array(regular),
  clouds: z.array(cloud),
  collinear: z.array(collinear),
});
export type MinimalFrames = z.output<typeof found>;

const id = "minimal-frames";

const task = (sizes: readonly number[], each: number) =>
  recipeTask(id, "gnn-degree-parity", { sizes, graphs: each, seeds: seedsOf(5) });

export const minimalFrames: Study<MinimalFrames> = {
  id,
  recipe: {
    references: ["puny2022", "lin2024"],
    load: async () => (await import("./recipe.ts")).minimalFrames,
  },
  tasks: ({ scale }) => ({
    first: [scale === "quick" ? task([6, 8, 10], 150) : task([5, 6, 7, 8, 10, 12, 15], 3000)],
  }),
  read: (records) => largest(computedBy(id, found, records), "graphs"),
  sections: async (data) => {
    const { minimalFrameBlocks } = await import("./section.ts");
    return [beyondSection(minimalFrameBlocks(data))];
  },
};
