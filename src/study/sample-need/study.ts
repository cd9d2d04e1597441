/** How many examples a learner needs, and how long it takes, as a parameter of the family grows. */

import * as z from "zod/mini";
import { parseWith } from "../../base/schema.ts";
import type { Task } from "../../run/task.ts";
import { familiesSection } from "../families.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

const needPoint = z.object({
  value: z.number(),
  /** The least number tried with which at least three quarters of the seeds succeed; null beyond the limit. */
  samples: z.nullable(z.number()),
  /** Successes at every number tried. */
  tried: z.array(z.object({ samples: z.number(), successes: z.number() })),
});
export type SampleNeedPoint = z.output<typeof needPoint>;

const need = z.object({
  family: z.string(),
  learner: z.string(),
  parameter: z.string(),
  seeds: z.number(),
  points: z.array(needPoint),
  /**
   * Of log samples against log value, over the values whose need was found; null for fewer than two. With `against`
   * "value": of log10 samples against the value.
   */
  slope: z.nullable(z.number()),
  against: z.optional(z.literal("value")),
});
export type SampleNeed = z.output<typeof need>;

/** The time that runs with the needed number of examples took. */
const needTime = z.object({
  value: z.number(),
  samples: z.number(),
  /** Median over the seeds, wall-clock. */
  seconds: z.number(),
});
export type NeedTime = z.output<typeof needTime>;

const measured = z.object({ times: z._default(z.array(needTime), []) });

/** A need with what its task says of the family beside the parameter that grows. */
export type ShownNeed = SampleNeed & { readonly params?: Readonly<Record<string, unknown>> };

/** A need with the times of its runs. */
export interface TimedNeed {
  readonly need: ShownNeed;
  readonly times: readonly NeedTime[];
}

const asked = z.object({ params: z.record(z.string(), z.unknown()) });

const id = "sample-need";

/** What Growing-Basis needs, and how long it takes, as the number of variables grows. */
const variablesNeed = (values: readonly number[], invariants: string, degree: number, least: number): Task =>
  recipeTask(id, "invariant-polynomial", {
    family: "invariant-polynomial",
    params: { invariants, degree, terms: 3 },
    learner: "growing-basis",
    parameter: "variables",
    values,
    least,
    most: 200_000,
    seeds: 4,
  });

/** What Growing-Basis needs as the terms' degree grows. */
const degreeNeed = (values: readonly number[], most: number, seeds: number): Task =>
  recipeTask(id, "invariant-polynomial", {
    family: "invariant-polynomial",
    params: { invariants: "hermite", variables: 20, terms: 3 },
    learner: "growing-basis",
    parameter: "degree",
    values,
    least: 160,
    most,
    seeds,
    against: "value",
  });

const planesNeed = recipeTask(id, "gnn-hidden-plane", {
  family: "gnn-hidden-plane",
  params: { n: 1, k: 4 },
  learner: "label-squared-pca",
  parameter: "d",
  values: [8, 16, 32, 64],
  overlap: 0.95,
  least: 100,
  most: 200_000,
  seeds: 8,
});

const [some, more] = [
  [20, 50, 100, 200],
  [20, 50, 100, 200, 500],
];
const tasks = {
  quick: [],
  laptop: [planesNeed, variablesNeed(some, "hermite", 2, 160), degreeNeed([2, 3, 4], 100_000, 4)],
  paper: [
    planesNeed,
    variablesNeed(more, "legendre", 2, 20),
    variablesNeed(more, "hermite", 2, 160),
    variablesNeed(more, "hermite", 3, 160),
    degreeNeed([2, 3, 4, 5, 6], 10_000_000, 8),
  ],
};

export const sampleNeed: Study<readonly TimedNeed[]> = {
  id,
  recipe: { references: [], load: async () => (await import("./recipe.ts")).sampleNeed },
  tasks: ({ scale }) => ({ last: tasks[scale] }),
  read: (records) =>
    unlessEmpty(
      computedBy(id, need, records).map(({ id: of, task, result, measurement }) => ({
        need: { ...result, ...parseWith(asked, task.params, `record ${of}: params`) },
        times: parseWith(measured, measurement, `record ${of}: measurement`).times,
      })),
    ),
  sections: async (found, document) => {
    const { needBlocks } = await import("./section.ts");
    return [familiesSection(needBlocks(found, document))];
  },
};
