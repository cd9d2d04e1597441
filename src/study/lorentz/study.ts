/**
 * Lorentz invariants (in the neighbourhood of non-Euclidean foundation models, He et al. 2025): squared Minkowski
 * lengths of independent Gaussian vectors. The group is not compact, and the certificate of `invariant-polynomial` does
 * not notice.
 */

import * as z from "zod/mini";
import { beyondSection } from "../beyond.ts";
import { computedBy, recipeTask, seedsOf, unlessEmpty, type Study } from "../study.ts";

const found = z.object({
  /** Space coordinates of each vector, beside one of time. */
  space: z.number(),
  variables: z.number(),
  degree: z.number(),
  /** C(m, k), exact. */
  dimension: z.number(),
  /** Members over the largest eigenvalue of their sampled Gram matrix, one a seed: a little below the exact number. */
  sampled: z.array(z.number()),
  /** Largest relative change of an invariant under boosts and rotations, and of Euclidean lengths under the same. */
  boostError: z.number(),
  euclideanChange: z.number(),
  /** Of the invariants of all seeds. */
  mean: z.number(),
  variance: z.number(),
});
export type LorentzInvariants = z.output<typeof found>;

const id = "lorentz-invariants";

export const lorentzInvariants: Study<readonly LorentzInvariants[]> = {
  id,
  recipe: {
    references: [
      {
        key: "he2025",
        type: "misc",
        fields: {
          author: "He, Neil and others",
          title: "Position: beyond {Euclidean}: foundation models should embrace non-{Euclidean} geometries",
          year: "2025",
          eprint: "2504.08896",
          archiveprefix: "arXiv",
        },
      },
    ],
    load: async () => (await import("./recipe.ts")).lorentzInvariants,
  },
  tasks: () => ({
    first: [
      recipeTask(id, "invariant-polynomial", {
        space: 3,
        variables: 6,
        degree: 3,
        samples: 10_000,
        seeds: seedsOf(5),
      }),
    ],
  }),
  read: (records) => unlessEmpty(computedBy(id, found, records).map((r) => r.result)),
  sections: async (all) => {
    const { lorentzBlocks } = await import("./section.ts");
    return [beyondSection(all.flatMap(lorentzBlocks))];
  },
};
