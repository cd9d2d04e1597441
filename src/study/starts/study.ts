/**
 * Trainings that start near the target: at the teacher's weights with fresh initial weights added, at three sizes. A
 * student that starts at the target and stays there shows that it can hold it, no more; one that comes back from a
 * distance shows how wide the target's basin is, and can fail.
 */

import { grouped } from "../../base/group.ts";
import { sentences } from "../../report/page.ts";
import type { Catalogue } from "../../run/catalogue.ts";
import { failingCells, holdsTarget, trainingOf } from "../comparison/cells.ts";
import { comparisonStudy, type Comparison } from "../comparison/comparison.ts";
import { learnedOf, type Run, type Trial } from "../comparison/trial.ts";
import type { Scale } from "../scale.ts";
import { seedsOf } from "../study.ts";

/** Fresh initial weights are multiplied by these before they are added. */
const sizes = [0, 0.1, 0.3, 1];
const seeds: Readonly<Record<Scale, number>> = { quick: 0, laptop: 2, paper: 5 };

const startsTrials = (catalogue: Catalogue, repeats: number): Trial[] =>
  failingCells(catalogue)
    .filter((cell) => cell.family.teacher !== undefined && holdsTarget(cell))
    .flatMap((cell) =>
      seedsOf(repeats).flatMap((seed) =>
        sizes.map((size) => ({
          panel: cell.at,
          condition: size === 0 ? "the teacher" : `+ ${size}`,
          series: "hard",
          task: trainingOf(cell, { init: "teacher", ...(size === 0 ? {} : { perturb: size }) }, { seed }),
        })),
      ),
    );

const points = (run: Run) => [
  ...(run.before === null ? [] : [{ ...run, series: "at the start", value: run.before }]),
  { ...run, series: "after training", value: run.share },
];

function caption(runs: readonly Run[]): string {
  const rates = [...grouped(runs, (r) => r.condition)].map(
    ([condition, of]) => `${condition}: ${learnedOf(of)}`,
  );
  return sentences(
    "Hard targets, the default optimiser and rate, from the teacher's weights with fresh initial weights times the",
    "number on the left added to them. Two dots a run: before the first step and at the end.",
    `Learned at the end: ${rates.join("; ")}.`,
    "A start at the target that stays shows that the student can hold it;",
    "how far away a start may be is the measurement.",
  );
}

export const startsComparison: Comparison = {
  id: "starts",
  title: "From near the target: who comes back",
  across: "fresh initial weights added to the teacher's",
  ordered: true,
  trials: ({ scale, catalogue }) => startsTrials(catalogue, seeds[scale]),
  points,
  caption,
};

export const starts = comparisonStudy(startsComparison);
