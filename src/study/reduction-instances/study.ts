/** The NP-hardness of proper learning, as far as instances can show it: the reduction answers as all colourings do. */

import * as z from "zod/mini";
import { paragraph, sentences } from "../../report/page.ts";
import type { Measurement, StoredRecord } from "../../run/record.ts";
import { instanceCell, type Cell } from "../cell.ts";
import { familiesSection } from "../families.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

const instance = z.object({
  vertices: z.number(),
  edges: z.number(),
  /** What the solver says of the network; null without an answer in time. */
  fittable: z.nullable(z.boolean()),
  /** What trying every colouring says of the hypergraph. */
  colourable: z.boolean(),
});
export type ReductionInstance = z.output<typeof instance>;

const found = z.object({ instances: z.array(instance) });

const id = "reduction-instances";
const task = recipeTask(id, "gnn-degree-parity", {
  vertices: 10,
  densities: [1.8, 2.1],
  instances: 8,
  seed: 0,
});

/** What of the instances is so. */
interface Answers {
  readonly all: number;
  readonly agree: number;
  readonly fittable: number;
}

const answersOf = (instances: readonly ReductionInstance[]): Answers => ({
  all: instances.length,
  agree: instances.filter((i) => i.fittable === i.colourable).length,
  fittable: instances.filter((i) => i.fittable === true).length,
});

/** A measurement of the machine that made the record. */
const timeOf = ({ seconds }: Measurement): string[] =>
  seconds === undefined
    ? []
    : [`${seconds.toFixed(1)} s for all of them, colourings tried one by one included`];

function evidence(records: readonly StoredRecord[]): Cell[] {
  return computedBy(id, found, records).map((record) => {
    const { all, agree, fittable } = answersOf(record.result.instances);
    return instanceCell({
      row: "proper",
      at: "two threshold units, 3-uniform hypergraphs of 7 and 10 vertices",
      holds: agree === all,
      because: `fitting and colouring agree on ${agree} of ${all} instances`,
      hard: {
        short: `${agree} of ${all} agree`,
        says: [
          `${fittable} of ${all} can be fitted; every fit was mapped to a colouring and back`,
          ...timeOf(record.measurement),
        ].join("; "),
        values: [fittable],
        records: [record.id],
      },
    });
  });
}

function sentenceOf(instances: readonly ReductionInstance[]): string {
  const { all, agree, fittable } = answersOf(instances);
  return sentences(
    "Proper learning is NP-hard: 2-colouring a hypergraph becomes fitting a graph network of two threshold units.",
    `On ${all} hypergraphs, the Fano plane first, the solver finds a fit just where trying every colouring finds a`,
    `proper one in ${agree} (${fittable} can be fitted).`,
    "Instances are no proof; the reduction's is in the paper.",
  );
}

export const reductionInstances: Study<readonly (readonly ReductionInstance[])[]> = {
  id,
  recipe: {
    references: ["blum1992", "huangfu2018"],
    load: async () => (await import("./recipe.ts")).reductionInstances,
  },
  tasks: () => ({ first: [task] }),
  read: (records) => unlessEmpty(computedBy(id, found, records).map((r) => r.result.instances)),
  sections: (all) => Promise.resolve([familiesSection(all.map((one) => paragraph(sentenceOf(one))))]),
  evidence,
};
