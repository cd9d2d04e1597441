/** Learners against the adversary over an explicit family: survivors after each query beside the certified line. */

import * as z from "zod/mini";
import type { Json } from "../../base/json.ts";
import type { StoredRecord } from "../../run/record.ts";
import { instanceCell, settingText, type Cell } from "../cell.ts";
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

/** The certified line against the learners that play: it holds where none excludes more than it allows. */
function evidence(records: readonly StoredRecord[]): Cell[] {
  return computedBy(id, game, records).map(({ id: record, result }) => {
    const points = result.runs.flatMap((run) => run.curve);
    const below = points.filter(({ queries, survivors }) => survivors < lineAt(result, queries)).length;
    const { family, tau, functions, excludedPerQuery, vacuous, runs } = result;
    const line = `a query of tolerance ${tau} excludes at most ${excludedPerQuery} of ${functions} functions`;
    return instanceCell({
      row: "models",
      at: `${settingText({ family: family.id, params: family.params })}; ${runs.length} strategies`,
      holds: below === 0 && !vacuous,
      because: vacuous
        ? "the line is vacuous"
        : `${below} of ${points.length} points below the certified line`,
      certified: {
        says: vacuous ? `${line}: vacuous` : line,
        short: vacuous ? "vacuous" : `at most ${excludedPerQuery} a query`,
        values: [excludedPerQuery],
        records: [record],
      },
      hard: {
        short: `${points.length - below} of ${points.length} keep to it`,
        says: runs.map((r) => `${r.strategy}: ${r.survivors} left after ${r.queries} queries`).join("; "),
        values: runs.map((r) => r.survivors),
        records: [record],
      },
    });
  });
}

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
  evidence,
};
