/** Training on a fixed set instead of fresh examples: whether the student fits it, and what of that holds elsewhere. */

import { sentences } from "../../report/page.ts";
import type { Catalogue } from "../../run/catalogue.ts";
import { LEARNED, learnedAt } from "../learned.ts";
import { failingCells, trainingOf } from "../comparison/cells.ts";
import { comparisonStudy, type Comparison } from "../comparison/comparison.ts";
import { learnedOf, type Run, type Trial } from "../comparison/trial.ts";
import type { Scale } from "../scale.ts";
import { seedsOf } from "../study.ts";

const sizes = [500, 4000, 32_000];
const seeds: Readonly<Record<Scale, number>> = { quick: 0, laptop: 1, paper: 3 };

const fixedTrials = (catalogue: Catalogue, repeats: number): Trial[] =>
  failingCells(catalogue).flatMap((cell) =>
    seedsOf(repeats).flatMap((seed) =>
      [false, true].flatMap((easy) =>
        sizes.map((samples) => ({
          panel: cell.at,
          condition: `${samples.toLocaleString("en")} examples`,
          series: easy ? "easy twin" : "hard",
          task: trainingOf(cell, { samples }, { seed, easy }),
        })),
      ),
    ),
  );

const points = (run: Run) => [
  { ...run, value: run.share },
  ...(run.onTraining === null
    ? []
    : [{ ...run, series: `${run.series}, on the training set`, value: run.onTraining }]),
];

function caption(runs: readonly Run[]): string {
  const hard = runs.filter((r) => r.series === "hard");
  const fitted = hard.filter((r) => learnedAt(r.onTraining));
  return sentences(
    "A training set drawn once, passed over in fresh orders with the same number of steps;",
    "each run is judged on that set and on fresh examples.",
    `Of ${hard.length} runs on hard targets, ${fitted.length} fit their training set (above ${LEARNED});`,
    `of these ${learnedOf(fitted)} learned the target.`,
    `On easy twins ${learnedOf(runs.filter((r) => r.series !== "hard"))} learned.`,
  );
}

export const fixedSetComparison: Comparison = {
  id: "fixed-set",
  title: "A fixed training set: what fits, and what holds for fresh examples",
  across: "examples in the training set",
  ordered: true,
  trials: ({ scale, catalogue }) => fixedTrials(catalogue, seeds[scale]),
  points,
  caption,
};

export const fixedSet = comparisonStudy(fixedSetComparison);
