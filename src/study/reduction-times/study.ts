/** How long fitting the reduction's network takes: a measurement, beside a theorem about the worst case. */

import * as z from "zod/mini";
import { parseWith } from "../../base/schema.ts";
import { familiesSection } from "../families.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

const reductionTime = z.object({
  vertices: z.number(),
  edges: z.number(),
  density: z.number(),
  instance: z.number(),
  /** Wall-clock seconds for the whole reduction: data set, fit, checks. A measurement. */
  seconds: z.number(),
  /** Null: no answer within the time limit. */
  fittable: z.nullable(z.boolean()),
});
export type ReductionTime = z.output<typeof reductionTime>;

const instances = z.looseObject({});
const measured = z.object({ times: z.array(reductionTime) });

const id = "reduction-times";
const task = recipeTask(id, "gnn-degree-parity", {
  vertices: [8, 12, 16],
  densities: [1.5, 1.8, 2.1],
  instances: 3,
  timeLimit: 10,
  seed: 0,
});

export const reductionTimes: Study<readonly (readonly ReductionTime[])[]> = {
  id,
  recipe: {
    references: ["blum1992", "achlioptas2001", "huangfu2018"],
    load: async () => (await import("./recipe.ts")).reductionTimesRecipe,
  },
  tasks: ({ scale }) => ({ last: scale === "quick" ? [] : [task] }),
  read: (records) =>
    unlessEmpty(
      computedBy(id, instances, records).map(
        (r) => parseWith(measured, r.measurement, `record ${r.id}: measurement`).times,
      ),
    ),
  sections: async (found, document) => {
    const { reductionTimesCaption, reductionTimesFigure } = await import("./figure.ts");
    const { figure } = await import("../../report/page.ts");
    return [
      familiesSection(
        found.map((times) => figure(reductionTimesFigure(times, document), reductionTimesCaption)),
      ),
    ];
  },
};
