/**
 * Does it help to see other graphs than those that are asked about? Degree parity and its twin, trained on graphs of
 * many densities or on those of the test, p = 1/2 (after Cornacchia and Mossel 2023, who learn parities by a
 * curriculum). The certificate speaks of one law, p = 1/2, and of none but that.
 */

import * as z from "zod/mini";
import { beyondSection } from "../beyond.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";
import type { Scale } from "../scale.ts";

const run = z.object({
  labels: z.enum(["degree parity", "easy twin"]),
  trainedOn: z.enum(["mixture", "p = 1/2"]),
  /**
   * Accuracies at p = 1/2, one a seed, with their standard errors; null of a training that diverged. A training that
   * has reached .9 ends there.
   */
  accuracies: z.array(z.nullable(z.number())),
  standardErrors: z.array(z.nullable(z.number())),
  /** Accuracy of the likelier label there. */
  baseline: z.number(),
});

const found = z.object({
  n: z.number(),
  degrees: z.array(z.number()),
  steps: z.number(),
  width: z.number(),
  batch: z.number(),
  runs: z.array(run),
  /** Share of the parity's variance that a linear function of the counts of degrees has, at densities p. */
  linear: z.array(z.object({ p: z.number(), share: z.number() })),
});
export type ShiftedSet = z.output<typeof found>;

const id = "distribution-shift";

/** The parity of these degrees: a training on each law and label, five seeds. */
const task = (n: number, degrees: readonly number[], steps: number, width: number, batch: number) =>
  recipeTask(id, "gnn-degree-parity", { n, degrees, steps, width, batch, atHalf: 0.3, seeds: 5 });

const short = [task(12, [3, 7, 9], 4000, 48, 64)];
const long = [
  task(12, [3, 7, 9], 5000, 128, 256),
  task(12, [2, 5, 6, 10], 5000, 128, 256),
  task(15, [1, 4, 5, 6, 8, 12, 13, 14], 5000, 128, 256),
];
const planned: Readonly<Record<Scale, ReturnType<typeof task>[]>> = {
  quick: [],
  laptop: short,
  paper: [...short, ...long],
};

export const distributionShift: Study<readonly ShiftedSet[]> = {
  id,
  recipe: {
    references: [
      {
        key: "cornacchia2023",
        type: "misc",
        fields: {
          author: "Cornacchia, Elisabetta and Mossel, Elchanan",
          title: "A mathematical model for curriculum learning for parities",
          year: "2023",
          eprint: "2301.13833",
          archiveprefix: "arXiv",
        },
      },
    ],
    load: async () => (await import("./recipe.ts")).distributionShift,
  },
  tasks: ({ scale }) => ({ last: planned[scale] }),
  read: (records) => unlessEmpty(computedBy(id, found, records).map((r) => r.result)),
  sections: async (sets) => {
    const { shiftBlocks } = await import("./section.ts");
    return [beyondSection(shiftBlocks(sets))];
  },
};
