/** How good the learners that escape get with how many examples. */

import * as z from "zod/mini";
import type { JsonObject } from "../../base/checked.ts";
import type { TaskOf } from "../../run/task.ts";
import { familiesSection } from "../families.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

/** One run: a seed with a number of examples. */
const curvePoint = z.object({
  samples: z.number(),
  seed: z.number(),
  /** Explained variance of fresh labels, 0 without a hypothesis. */
  explained: z.number(),
  exact: z.boolean(),
});
export type SampleCurvePoint = z.output<typeof curvePoint>;

/** A curve of one learner on one family. */
export const sampleCurveSchema = z.object({
  family: z.string(),
  learner: z.string(),
  points: z.array(curvePoint),
});
export type SampleCurve = z.output<typeof sampleCurveSchema>;

const id = "sample-curve";

const curveOf = (
  learner: string,
  family: string,
  params: JsonObject,
  samples: readonly number[],
): TaskOf<"recipe"> => recipeTask(id, family, { family, params, learner, samples, seeds: 5 });

/** Elimination on the sets of 12 nodes that the trainings of seeds 0 to 4 have. */
export const eliminationCurve = curveOf(
  "f2-elimination",
  "gnn-degree-parity",
  { n: 12 },
  [5, 10, 20, 40, 80, 160, 320, 1280],
);

const quick = [
  eliminationCurve,
  curveOf(
    "label-squared-pca",
    "gnn-hidden-plane",
    { n: 1, d: 32, k: 6 },
    [300, 1000, 3000, 10_000, 30_000, 100_000],
  ),
];
const laptop = [
  ...quick,
  curveOf(
    "growing-basis",
    "invariant-polynomial",
    { invariants: "legendre", degree: 3 },
    [1000, 3000, 10_000, 30_000],
  ),
];
/** Growing-Basis at the largest degree, up to 10^7 examples. */
const largest = curveOf(
  "growing-basis",
  "invariant-polynomial",
  { invariants: "hermite", degree: 6 },
  [100_000, 316_000, 1_000_000, 3_160_000, 10_000_000],
);
const tasks = { quick, laptop, paper: [...laptop, largest] };

export const sampleCurve: Study<readonly SampleCurve[]> = {
  id,
  recipe: { references: [], load: async () => (await import("./recipe.ts")).sampleCurve },
  tasks: ({ scale }) => ({ first: tasks[scale] }),
  read: (records) => unlessEmpty(computedBy(id, sampleCurveSchema, records).map((r) => r.result)),
  sections: async (found, document) => {
    const { sampleCurveFigure, sampleCurveCaption } = await import("./figure.ts");
    const { figure } = await import("../../report/page.ts");
    return [familiesSection([figure(sampleCurveFigure(found, document), sampleCurveCaption(found))])];
  },
};
