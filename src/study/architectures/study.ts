/**
 * How hard an architecture is: the dimension of networks that were searched in it, beside that of random weights and of
 * the hard families' own construction with no more relus.
 */

import * as z from "zod/mini";
import type { JsonObject } from "../../base/checked.ts";
import type { Scale } from "../scale.ts";
import { computedBy, inTurn, recipeTask, unlessEmpty, type Study } from "../study.ts";

const measured = z.object({
  /** Parameters of `certify network`. */
  params: z.record(z.string(), z.unknown()),
  /** Drawn inputs on which the law is uniform; absent: the normal law itself. */
  inputs: z.optional(z.number()),
  steps: z.number(),
  /** The dimension at random weights, and of what was found. */
  start: z.number(),
  end: z.number(),
  /** Null for all rotations of one network, whose dimension no list limits. */
  members: z.nullable(z.number()),
  /** Of as many drawn polygons, or of all rotations of one; null where none has so few relus. */
  polygon: z.nullable(z.object({ k: z.number(), dimension: z.number() })),
});
export type Measured = z.output<typeof measured>;

const id = "architectures";

/** What one piece of work measures. */
interface Setting extends JsonObject {
  readonly params: JsonObject;
  readonly steps: number;
  /** Of deep networks: inputs that are drawn, on which these are certified; null: the normal law itself. */
  readonly inputs: number | null;
}

/** A graph network of several layers. */
const deep = (layers: number, members: number, inputs: number, steps: number): Setting => ({
  params: { student: "gnn", graph: "cycle", n: 6, d: 3, layers, width: 8, members },
  inputs,
  steps,
});

/** Listed members, or with `orbit` all rotations of one. */
const shallow = (params: JsonObject, steps: number): Setting => ({ params, steps, inputs: null });

const orbit = (d: number, width: number, steps: number): Setting =>
  shallow({ student: "mlp", d, width, orbit: true }, steps);

/** Every architecture once. */
const tiny: readonly Setting[] = [
  shallow({ student: "mlp", d: 8, width: 8, members: 32 }, 100),
  shallow({ student: "gnn", n: 4, graph: "path", d: 8, width: 8, members: 32 }, 100),
  shallow({ student: "group-linear", group: "cyclic:8", width: 8, members: 24 }, 150),
  shallow({ student: "deep-sets", n: 6, columns: 4, width: 8, members: 32 }, 100),
  shallow({ student: "frame-averaged", group: "symmetric:3", columns: 3, width: 8, members: 24 }, 60),
  orbit(16, 8, 1000),
  deep(2, 16, 400, 60),
];

/** Against the width, the graph, the group and the depth. */
const wide: readonly Setting[] = [
  ...[2, 4, 8, 16].map((width) => shallow({ student: "mlp", d: 16, width, members: 128 }, 400)),
  ...["path", "cycle", "complete"].map((graph) =>
    shallow({ student: "gnn", n: 6, graph, d: 16, width: 8, members: 128 }, 400),
  ),
  ...["cyclic:8", "dihedral:8", "cyclic:12"].map((group) =>
    shallow({ student: "group-linear", group, width: 8, members: 96 }, 400),
  ),
  shallow({ student: "deep-sets", n: 8, columns: 8, width: 8, members: 128 }, 400),
  ...[8, 16, 32].map((width) => orbit(16, width, 4000)),
  ...[8, 32, 64].map((d) => orbit(d, 8, 4000)),
  ...[1, 2, 3, 4].map((layers) => deep(layers, 64, 2000, 400)),
];

const settings: Readonly<Record<Scale, readonly Setting[]>> = {
  quick: tiny,
  laptop: tiny,
  paper: [...tiny, ...wide],
};

export const architectures: Study<readonly Measured[]> = {
  id,
  recipe: { references: [], load: async () => (await import("./recipe.ts")).hardestFound },
  tasks: (scope) =>
    inTurn(
      scope,
      "main",
      settings[scope.scale].map((setting) => recipeTask(id, "gnn-hidden-plane", setting)),
    ),
  read: (records) => unlessEmpty(computedBy(id, measured, records).map((r) => r.result)),
  sections: async (found) => (await import("./section.ts")).architectureSections(found),
};
