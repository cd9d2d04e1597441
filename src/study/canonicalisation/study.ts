/**
 * Averaging against canonicalisation (after Tahmasebi and Jegelka 2025, and Dym et al. 2024): which ways of imposing a
 * symmetry keep a function continuous, and which needs fewer examples, with the predicted crossing.
 */

import * as z from "zod/mini";
import { beyondSection, largest } from "../beyond.ts";
import { computedBy, recipeTask, seedsOf, type Study } from "../study.ts";

const exponent = z.object({
  /** What is applied before the network, and the group. */
  map: z.string(),
  /** One a seed: of E|F(x) - F(x + eps z)|^2 against eps. 2 is continuous, 1 has jumps. */
  exponents: z.array(z.number()),
  /** Of the mean over the seeds. */
  pooled: z.number(),
});
export type Exponent = z.output<typeof exponent>;

const point = z.object({
  samples: z.number(),
  /** Mean squared error beyond the noise, over the repetitions. */
  risk: z.number(),
  standardError: z.number(),
  predicted: z.number(),
});

const curve = z.object({
  model: z.enum(["none", "averaged", "canonicalised"]),
  parameters: z.number(),
  /** What no number of examples takes away. */
  biasSquared: z.number(),
  points: z.array(point),
});

const contrast = z.object({
  target: z.string(),
  curves: z.array(curve),
  /** Examples from which on canonicalisation has the smaller error; null where averaging keeps ahead. */
  crossover: z.object({ predicted: z.nullable(z.number()), measured: z.nullable(z.number()) }),
});
export type Contrast = z.output<typeof contrast>;

const found = z.object({ exponents: z.array(exponent), contrasts: z.array(contrast) });
export type Canonicalisation = z.output<typeof found>;

const id = "canonicalisation";

/** @param repetitions fits for each number of examples @param pairs of points for each distance */
const task = (repetitions: number, pairs: number, samples: readonly number[]) =>
  recipeTask(id, "frame-parity", { seeds: seedsOf(5), pairs, repetitions, samples, noise: 1 });

const tasks = {
  quick: task(6, 3000, [60, 100, 150, 200, 300, 400, 600, 1600]),
  more: task(60, 20_000, [60, 80, 100, 150, 200, 250, 300, 350, 400, 500, 600, 800, 1600, 3200]),
};

export const canonicalisation: Study<Canonicalisation> = {
  id,
  recipe: {
    references: [
      "puny2022",
      {
        key: "tahmasebi2025canonicalization",
        type: "inproceedings",
        fields: {
          author: "Tahmasebi, Behrooz and Jegelka, Stefanie",
          title: "Generalization bounds for canonicalization: a comparative study with group averaging",
          booktitle: "International Conference on Learning Representations (ICLR)",
          year: "2025",
        },
      },
      {
        key: "dym2024",
        type: "inproceedings",
        fields: {
          author: "Dym, Nadav and Lawrence, Hannah and Siegel, Jonathan W.",
          title: "Equivariant frames and the impossibility of continuous canonicalization",
          booktitle: "International Conference on Machine Learning (ICML)",
          year: "2024",
          eprint: "2402.16077",
          archiveprefix: "arXiv",
        },
      },
    ],
    load: async () => (await import("./recipe.ts")).canonicalisation,
  },
  tasks: ({ scale }) => ({ first: [scale === "paper" ? tasks.more : tasks.quick] }),
  read: (records) => largest(computedBy(id, found, records), "repetitions"),
  sections: async (data, document) => {
    const { canonicalisationBlocks } = await import("./section.ts");
    return [beyondSection(canonicalisationBlocks(data, document))];
  },
};
