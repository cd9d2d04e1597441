/** One option changed at a time on a hard target that fails: is it just bad tuning? */

import { hundredths } from "../../base/hundredths.ts";
import type { Json } from "../../base/json.ts";
import { parseWith } from "../../base/schema.ts";
import { trainSchema } from "../../learner/training-options.ts";
import { sentences } from "../../report/page.ts";
import type { Catalogue } from "../../run/catalogue.ts";
import { failingCells, trainingOf } from "../comparison/cells.ts";
import { comparisonStudy, type Comparison } from "../comparison/comparison.ts";
import { learnedOf, type Run, type Trial } from "../comparison/trial.ts";
import type { Scale } from "../scale.ts";

interface Base {
  readonly lr: number;
  readonly width: number;
  readonly steps: number;
  readonly batch: number;
}

/** What is changed, the first nothing. */
const changes: readonly (readonly [string, (base: Base) => Readonly<Record<string, Json>>])[] = [
  ["as is", () => ({})],
  ["rate / 4", ({ lr }) => ({ lr: lr / 4 })],
  ["rate x 4", ({ lr }) => ({ lr: lr * 4 })],
  ["width / 4", ({ width }) => ({ width: Math.ceil(width / 4) })],
  ["width x 2", ({ width }) => ({ width: 2 * width })],
  ["weights / 2", () => ({ initScale: 0.5 })],
  ["weights x 2", () => ({ initScale: 2 })],
  ["SGD, .05", () => ({ optimizer: "sgd", lr: 0.05 })],
  ["batch / 4", ({ batch }) => ({ batch: batch / 4 })],
  ["batch x 4", ({ batch }) => ({ batch: 4 * batch })],
  ["steps x 4", ({ steps }) => ({ steps: 4 * steps })],
];

const tuningTrials = (catalogue: Catalogue): Trial[] =>
  failingCells(catalogue).flatMap((cell) => {
    const base = parseWith(trainSchema, cell.options);
    return changes.map(([condition, change]) => ({
      panel: cell.at,
      condition,
      series: "hard",
      task: trainingOf(cell, change(base)),
    }));
  });

function caption(runs: readonly Run[]): string {
  const learned = runs.filter((r) => r.outcome === "learned");
  const best = Math.max(...runs.map((r) => r.share));
  return sentences(
    "One option changed at a time from the default training, hard targets only, one seed.",
    `${learnedOf(runs)} runs learned; the best has ${hundredths(best)} of what the best constant leaves.`,
    learned.length === 0
      ? undefined
      : `They are: ${learned.map(({ panel, condition }) => `${panel}, ${condition}`).join("; ")}.`,
    "Changes were not combined.",
  );
}

const runs: Readonly<Record<Scale, boolean>> = { quick: false, laptop: true, paper: true };

export const tuningComparison: Comparison = {
  id: "tuning",
  title: "Is it just bad tuning?",
  across: "what is changed",
  ordered: false,
  trials: ({ scale, catalogue }) => (runs[scale] ? tuningTrials(catalogue) : []),
  caption,
};

export const tuning = comparisonStudy(tuningComparison);
