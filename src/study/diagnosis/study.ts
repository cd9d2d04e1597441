/**
 * Whether `diagnose` says what it should: nothing of labels without signal, "no correlation" of the hard families, and
 * "visible" of their twins, at how many examples.
 */

import * as z from "zod/mini";
import type { JsonObject } from "../../base/checked.ts";
import type { TaskOf } from "../../run/task.ts";
import type { Scale } from "../scale.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

/** Labels of the hard target, of its twin, or of other examples: those say nothing of the input. */
export const labelKinds = ["hard", "easy", "shuffled"] as const;

/** What was said of one draw. */
const trial = z.object({
  verdict: z.enum(["visible", "another-statistic", "cannot-tell"]),
  statistic: z.nullable(z.string()),
  information: z.nullable(z.number()),
  generative: z.nullable(z.number()),
  learned: z.array(z.string()),
});

export const calibrationSchema = z.object({
  family: z.string(),
  params: z.record(z.string(), z.json()),
  group: z.string(),
  labels: z.enum(labelKinds),
  examples: z.number(),
  /** The largest degree tested. */
  degree: z.number(),
  trials: z.array(trial),
});
export type Calibration = z.output<typeof calibrationSchema>;

const id = "diagnosis";
/** Raised where `diagnose` answers otherwise than before: what it said by other tests is not taken for its word. */
const method = 3;

/** A family at one size, with the group that acts on its examples. */
interface Cell {
  readonly family: string;
  readonly params: JsonObject;
  readonly group: string;
  readonly examples: number;
  readonly degree: number;
}

const plane: Cell = {
  family: "gnn-hidden-plane",
  params: { n: 1, d: 12, k: 4 },
  group: "trivial:12",
  examples: 6000,
  degree: 2,
};
const cells: readonly Cell[] = [
  plane,
  {
    family: "cnn-hidden-plane",
    params: { group: "cyclic:8", k: 4 },
    group: "cyclic:8",
    examples: 10_000,
    degree: 2,
  },
  {
    family: "frame-parity",
    params: { group: "cyclic:8", k: 4 },
    group: "cyclic:8",
    examples: 10_000,
    degree: 3,
  },
  {
    family: "invariant-polynomial",
    params: { invariants: "hermite", variables: 12, degree: 3 },
    group: "trivial:12",
    examples: 6000,
    degree: 2,
  },
  {
    family: "invariant-polynomial",
    params: { invariants: "power-spectrum", variables: 4, degree: 3 },
    group: "cyclic:9",
    examples: 6000,
    degree: 2,
  },
  // a set whose parity no sum of counts correlates with: of others, rare degrees at small n, it does
  {
    family: "gnn-degree-parity",
    params: { n: 12, degrees: [3, 7, 9] },
    group: "symmetric:12",
    examples: 4000,
    degree: 2,
  },
  { family: "curve-parity", params: { n: 16 }, group: "trivial:16", examples: 4000, degree: 2 },
  { family: "biased-neuron", params: { d: 12 }, group: "trivial:12", examples: 10_000, degree: 2 },
];

const taskOf = (cell: Cell, labels: Calibration["labels"], trials: number): TaskOf<"recipe"> =>
  recipeTask(id, cell.family, { ...cell, labels, trials, method });

/** Trials on noise, on each cell, and on each point of the power curve. */
const trials: Readonly<Record<Scale, readonly [noise: number, cell: number, point: number]>> = {
  quick: [10, 1, 0],
  laptop: [50, 2, 5],
  paper: [1000, 10, 50],
};
const sizes = [100, 200, 400, 800, 1600, 3200];

function planned(scale: Scale): TaskOf<"recipe">[] {
  const [noise, each, point] = trials[scale];
  const shown = scale === "quick" ? [{ ...plane, examples: 3000 }] : cells;
  const small = { ...plane, examples: 300 };
  return [
    taskOf(small, "shuffled", noise),
    ...shown.flatMap((cell) => (["hard", "easy"] as const).map((labels) => taskOf(cell, labels, each))),
    ...(point === 0
      ? []
      : sizes.flatMap((examples) =>
          (["hard", "easy"] as const).map((labels) => taskOf({ ...plane, examples }, labels, point)),
        )),
  ];
}

export const diagnosis: Study<readonly Calibration[]> = {
  id,
  recipe: { references: [], load: async () => (await import("./recipe.ts")).calibration },
  tasks: ({ scale }) => ({ last: planned(scale) }),
  read: (records) =>
    unlessEmpty(
      computedBy(id, calibrationSchema, records)
        .filter(({ task }) => task.params["method"] === method)
        .map((r) => r.result),
    ),
  sections: async (found, document) => {
    const { calibrationSection } = await import("./section.ts");
    return [calibrationSection(found, document)];
  },
};
