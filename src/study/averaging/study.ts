/**
 * How many elements of a group an average needs (after Tahmasebi and Weber 2026): exactly, the mean over m of |G|
 * elements against the mean over all, for hidden parities, whose average over all is itself small.
 */

import * as z from "zod/mini";
import { beyondSection } from "../beyond.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

const point = z.object({
  elements: z.number(),
  /** E||A_m f - P f||^2 / ||P f||^2, elements drawn without replacement: in closed form. */
  exact: z.number(),
  /** The same from drawn elements and inputs. */
  simulated: z.number(),
  standardError: z.number(),
  /** From elements drawn with replacement: not what the closed form says. */
  withReplacement: z.number(),
});

const averagingCase = z.object({
  group: z.string(),
  order: z.number(),
  subset: z.array(z.number()),
  /** Sets that the group makes of this one. */
  orbit: z.number(),
  points: z.array(point),
});
export type AveragingCase = z.output<typeof averagingCase>;

const found = z.object({ cases: z.array(averagingCase) });

const id = "averaging-complexity";

export const averagingComplexity: Study<readonly AveragingCase[]> = {
  id,
  recipe: {
    references: [
      {
        key: "tahmasebi2026",
        type: "inproceedings",
        fields: {
          author: "Tahmasebi, Behrooz and Weber, Melanie",
          title: "Achieving approximate symmetry is exponentially easier than exact symmetry",
          booktitle: "International Conference on Learning Representations (ICLR)",
          year: "2026",
          eprint: "2512.11855",
          archiveprefix: "arXiv",
        },
      },
    ],
    load: async () => (await import("./recipe.ts")).averagingComplexity,
  },
  tasks: () => ({
    first: [
      recipeTask(id, "frame-parity", {
        seed: 0,
        inputs: 4000,
        cases: [
          { group: "cyclic:16", subset: [0, 1, 3, 7] },
          { group: "cyclic:16", subset: [0, 1, 8, 9] },
          { group: "dihedral:12", subset: [0, 1, 3, 7] },
        ],
      }),
    ],
  }),
  read: (records) => unlessEmpty(computedBy(id, found, records).flatMap((r) => r.result.cases)),
  sections: async (cases, document) => {
    const { averagingBlocks } = await import("./section.ts");
    return [beyondSection(averagingBlocks(cases, document))];
  },
};
