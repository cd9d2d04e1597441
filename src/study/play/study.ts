/** Learners against the adversary over an explicit family: survivors after each query beside the certified line. */

import * as z from "zod/mini";
import type { Json } from "../../base/json.ts";
import { familiesSection } from "../families.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

export const strategies = ["gradient", "random", "low-degree", "greedy"] as const;
export type Strategy = (typeof strategies)[number];

const playRun = z.object({
  strategy: z.enum(strategies),
  queries: z.number(),
  survivors: z.number(),
  /** Number of survivors, listed where it changes. */
  curve: z.array(z.object({ queries: z.number(), survivors: z.number() })),
});
export type PlayRun = z.output<typeof playRun>;

const game = z.object({
  schema: z.literal("equihard.play/1"),
  family: z.object({ id: z.string(), params: z.record(z.string(), z.custom<Json>()) }),
  tau: z.number(),
  functions: z.number(),
  population: z.number(),
  /** Upper bound on the largest eigenvalue of the members' Gram matrix under the population's law. */
  lambda: z.number(),
  /** Of lambda: 1 or, where it is sampled by random starts, the confidence. */
  confidence: z.number(),
  /** Where a factorisation proved lambda: a Rayleigh quotient, close below the eigenvalue itself. */
  estimate: z.exactOptional(z.number()),
  /** A query excludes at most so many functions: the largest integer below lambda / tau^2. */
  excludedPerQuery: z.number(),
  /** The line says nothing: one query might exclude all functions but one. */
  vacuous: z.boolean(),
  runs: z.array(playRun),
});
export type Play = z.output<typeof game>;

/** The certified line: at least so many functions survive; never fewer than one. */
export const lineAt = (
  { functions, excludedPerQuery }: Pick<Play, "functions" | "excludedPerQuery">,
  queries: number,
): number => Math.max(1, functions - queries * excludedPerQuery);

const id = "play";
const small = recipeTask(id, "gnn-degree-parity", {
  family: "gnn-degree-parity",
  params: { n: 8 },
  seed: 0,
  tau: 0.5,
  queries: 120,
});
const orbits = recipeTask(id, "frame-parity", {
  family: "frame-parity",
  params: { group: "cyclic:20", k: 6 },
  seed: 0,
  tau: 0.25,
  queries: 300,
});

export const play: Study<readonly Play[]> = {
  id,
  recipe: {
    references: ["szorenyi2009", "kingma2015", "he2015"],
    load: async () => (await import("./play.ts")).playRecipe,
  },
  tasks: ({ scale }) => ({ first: scale === "quick" ? [small] : [small, orbits] }),
  read: (records) => unlessEmpty(computedBy(id, game, records).map((r) => r.result)),
  sections: async (found, document) => {
    const { playCaption, playFigure } = await import("./figure.ts");
    const { figure } = await import("../../report/page.ts");
    return [familiesSection(found.map((one) => figure(playFigure(one, document), playCaption(one))))];
  },
};
