/**
 * Exact symmetry by generators (Soleymani et al. 2025) beside averaging over the group and kernel ridge regression:
 * what each needs in examples and in time.
 */

import * as z from "zod/mini";
import { beyondSection } from "../beyond.ts";
import { computedBy, recipeTask, seedsOf, unlessEmpty, type Study } from "../study.ts";

const sample = z.object({
  samples: z.number(),
  /** Squared errors, one a seed, of all functions of low degree, and of the invariant ones. */
  plain: z.array(z.number()),
  invariant: z.array(z.number()),
  /** Of kernel ridge regression with the group's kernel; null where it was not run. */
  kernel: z.nullable(z.array(z.number())),
});

const groupFound = z.object({
  group: z.string(),
  order: z.number(),
  generators: z.number(),
  functions: z.number(),
  invariant: z.number(),
  samples: z.array(sample),
  /** Largest difference between the invariant fit and the plain one averaged over all elements; null where too many. */
  averagedDifference: z.nullable(z.number()),
});
export type SpectralGroup = z.output<typeof groupFound>;

const found = z.object({ groups: z.array(groupFound) });

const times = z.looseObject({
  times: z.array(
    z.object({
      group: z.string(),
      /** Seconds for predictions at the same points. */
      invariant: z.number(),
      averaged: z.nullable(z.number()),
      kernel: z.nullable(z.number()),
    }),
  ),
});
export type SpectralTimes = z.output<typeof times>["times"];
export interface SpectralAveraging {
  readonly groups: readonly SpectralGroup[];
  readonly times: SpectralTimes;
}

const id = "spectral-averaging";

export const spectralAveraging: Study<readonly SpectralAveraging[]> = {
  id,
  recipe: {
    references: ["soleymani2025", "saunders1998", "cho2009"],
    load: async () => (await import("./recipe.ts")).spectralAveraging,
  },
  tasks: ({ scale }) => ({
    first:
      scale === "quick"
        ? []
        : [
            recipeTask(id, "frame-parity", {
              groups: ["cyclic:8", "dihedral:8", "symmetric:8"],
              degree: 4,
              samples: [1000, 4000],
              kernelSamples: 1000,
              points: 2000,
              noise: 2,
              seeds: seedsOf(5),
            }),
          ],
  }),
  read: (records) =>
    unlessEmpty(
      computedBy(id, found, records).map(({ result, measurement }) => ({
        groups: result.groups,
        times: times.safeParse(measurement).data?.times ?? [],
      })),
    ),
  sections: async (all) => {
    const { spectralBlocks } = await import("./section.ts");
    return [beyondSection(all.flatMap(spectralBlocks))];
  },
};
