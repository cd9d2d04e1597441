/**
 * The shift group as a Lie group (after LieLAC: Shumaylov et al. 2025): signals canonicalised by minimising an energy
 * over their orbit, with all minimisers, with one of several, and with a template whose energy has local minima.
 */

import * as z from "zod/mini";
import { beyondSection } from "../beyond.ts";
import { computedBy, recipeTask, seedsOf, unlessEmpty, type Study } from "../study.ts";

const way = z.object({
  way: z.string(),
  /** Largest change of the function under a shift. */
  largest: z.number(),
  /** Share of the signals where it changes. */
  changed: z.number(),
});
const found = z.object({
  length: z.number(),
  signals: z.number(),
  ways: z.array(way),
  /** Largest change by a perturbation of this size, of signals in general and of those with x^_1 near 0. */
  perturbation: z.object({ size: z.number(), general: z.number(), nearZero: z.number() }),
});
export type PhaseFrames = z.output<typeof found>;

const id = "phase-frame";

export const phaseFrameStudy: Study<readonly PhaseFrames[]> = {
  id,
  recipe: {
    references: [
      {
        key: "shumaylov2025",
        type: "inproceedings",
        fields: {
          author: [
            "Shumaylov, Zakhar and Zaika, Peter and Rowbottom, James and Sherry, Ferdia and Weber, Melanie",
            String.raw`and Sch{\"o}nlieb, Carola-Bibiane`,
          ].join(" "),
          title: "Lie algebra canonicalization: equivariant neural operators under arbitrary {Lie} groups",
          booktitle: "International Conference on Learning Representations (ICLR)",
          year: "2025",
          eprint: "2410.02698",
          archiveprefix: "arXiv",
        },
      },
    ],
    load: async () => (await import("./recipe.ts")).phaseFrames,
  },
  tasks: () => ({ first: [recipeTask(id, "frame-parity", { length: 17, signals: 40, seeds: seedsOf(5) })] }),
  read: (records) => unlessEmpty(computedBy(id, found, records).map((r) => r.result)),
  sections: async (all) => {
    const { phaseFrameBlocks } = await import("./section.ts");
    return [beyondSection(all.flatMap(phaseFrameBlocks))];
  },
};
