/** How much label noise the ways round the certificates stand. */

import { grouped } from "../../base/group.ts";
import { sentences } from "../../report/page.ts";
import { learnerIn, type Catalogue } from "../../run/catalogue.ts";
import { failingCells, type FailingCell } from "../comparison/cells.ts";
import { comparisonStudy, type Comparison } from "../comparison/comparison.ts";
import { learnedOf, type Learning, type Run, type Trial } from "../comparison/trial.ts";
import { matrixRows, optionsIn, takesPart, type MatrixLearner } from "../matrix/plan.ts";
import type { Scale } from "../scale.ts";
import { seedsOf } from "../study.ts";

/** Flips of labels +-1 have this probability; noise on real ones this spread, in that of the labels. */
const amounts = [0, 0.05, 0.2, 0.5];
const named = (noise: number): string => `noise ${noise}`;
const SAMPLES = 400_000;
const seeds: Readonly<Record<Scale, number>> = { quick: 0, laptop: 1, paper: 3 };

/** The rows of learners from samples that have a way round, where they make sense. */
const escapesAt = ({ family, params }: FailingCell, catalogue: Catalogue): MatrixLearner[] =>
  matrixRows(catalogue).filter((row) => {
    const learner = learnerIn(catalogue, row.learner);
    const escapes = row.escape !== undefined && takesPart(row, "laptop");
    const takesNoise = learner.access === "samples" && learner.options.includes("noise");
    return escapes && takesNoise && learner.refusal(family, family.parse(params)) === null;
  });

function learningOf(
  cell: FailingCell,
  row: MatrixLearner,
  catalogue: Catalogue,
  noise: number,
  seed: number,
): Learning {
  const read = learnerIn(catalogue, row.learner).options;
  const own = optionsIn({ ...cell.options, ...row.train }, read);
  const budget = read.includes("steps") ? {} : { samples: Math.min(SAMPLES, row.most ?? SAMPLES) };
  return {
    kind: "learn",
    family: cell.family.id,
    params: cell.params,
    seed,
    easy: false,
    learner: row.learner,
    options: { ...own, ...budget, ...(noise === 0 ? {} : { noise }) },
  };
}

/** Learners with a way round, without noise, on a cell's target. */
export const escapeLearnings = (cell: FailingCell, catalogue: Catalogue): Learning[] =>
  escapesAt(cell, catalogue).map((row) => learningOf(cell, row, catalogue, 0, 0));

const noiseTrials = (catalogue: Catalogue, repeats: number): Trial[] =>
  failingCells(catalogue).flatMap((cell) =>
    escapesAt(cell, catalogue).flatMap((row) =>
      amounts.flatMap((noise) =>
        seedsOf(repeats).map((seed) => ({
          panel: cell.at,
          condition: named(noise),
          series: row.label,
          task: learningOf(cell, row, catalogue, noise, seed),
        })),
      ),
    ),
  );

function caption(runs: readonly Run[]): string {
  const each = [...grouped(runs, (r) => `${r.series} on ${r.panel}`)].map(([name, own]) => {
    const most = own
      .filter((r) => r.outcome === "learned")
      .map((r) => amounts.find((noise) => named(noise) === r.condition) ?? 0);
    const outcome = most.length === 0 ? "at none of them" : `up to ${Math.max(...most)}`;
    return `${name}: found ${outcome} (${learnedOf(own)} runs)`;
  });
  return sentences(
    "Label noise is the probability of a flip for labels +-1, else its spread over that of the labels.",
    "Test labels are clean.",
    `${each.join("; ")}.`,
  );
}

export const labelNoiseComparison: Comparison = {
  id: "label-noise",
  title: "How much label noise the ways round stand",
  across: "label noise",
  ordered: true,
  trials: ({ scale, catalogue }) => noiseTrials(catalogue, seeds[scale]),
  caption,
};

export const labelNoise = comparisonStudy(labelNoiseComparison);
