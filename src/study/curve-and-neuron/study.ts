/**
 * Parities on a curve of dimension 1 (Kiani, Wang, Weber 2024) and one neuron with a bias (Guo, Vijayaraghavan 2025),
 * learned: by the way round the certificate, by the nearest neighbour and by gradient descent, targets and twins.
 */

import { hundredths } from "../../base/hundredths.ts";
import type { JsonObject } from "../../base/checked.ts";
import { sentences } from "../../report/page.ts";
import { beyondSection } from "../beyond.ts";
import {
  comparisonBlocks,
  comparisonStudy,
  type Compared,
  type Comparison,
} from "../comparison/comparison.ts";
import { distinctOf, type Run, type Trial } from "../comparison/trial.ts";
import type { Scale } from "../scale.ts";
import { seedsOf, type Study } from "../study.ts";

const SEEDS = 5;

interface Panel {
  readonly family: string;
  readonly params: JsonObject;
  /** Learners by what they are called here, and from how many examples. */
  readonly learners: Readonly<Record<string, { readonly learner: string; readonly samples: number }>>;
  /** Of those, which are asked for the hard target alone. */
  readonly hardOnly: readonly string[];
  /** Whether it is quick enough for quick runs. */
  readonly quick: boolean;
}

const panels: readonly Panel[] = [
  {
    family: "curve-parity",
    params: { n: 40, size: 10, twinBits: 6 },
    learners: {
      "elimination over F_2": { learner: "f2-elimination", samples: 80 },
      "nearest neighbour": { learner: "nearest-neighbour", samples: 2000 },
    },
    hardOnly: ["elimination over F_2"],
    quick: true,
  },
  {
    family: "biased-neuron",
    params: { d: 64, bias: 3, order: 3 },
    learners: { "thresholded components": { learner: "thresholded-pca", samples: 400_000 } },
    hardOnly: ["thresholded components"],
    quick: false,
  },
];

const descent = "gradient descent";
/** Steps of gradient descent: none where a run has no time for them. */
const steps: Readonly<Record<Scale, number>> = { quick: 0, laptop: 1000, paper: 4000 };

const seriesOf = (easy: boolean): string => (easy ? "easy twin" : "hard");

const trialsOf = ({ family, params, learners, hardOnly }: Panel, scale: Scale): Trial[] =>
  seedsOf(SEEDS).flatMap((seed) => {
    const learned = Object.entries(learners).flatMap(([condition, { learner, samples }]) =>
      [false, true]
        .filter((easy) => !easy || !hardOnly.includes(condition))
        .map((easy): Trial => {
          const task = { kind: "learn", family, params, seed, learner, easy, options: { samples } } as const;
          return { panel: family, condition, series: seriesOf(easy), task };
        }),
    );
    if (steps[scale] === 0) return learned;
    const options = {
      steps: steps[scale],
      batch: 256,
      width: 128,
      layers: 2,
      readoutLayers: 0,
      stopAt: 0.99,
    };
    const trained = [false, true].map((easy): Trial => {
      const task = { kind: "train", family, params, seed, easy, options } as const;
      return { panel: family, condition: descent, series: seriesOf(easy), task };
    });
    return [...learned, ...trained];
  });

const about: Readonly<Record<string, readonly string[]>> = {
  "curve-parity": [
    "Labels are parities of the corner next to the point, on a curve through all of them: dimension 1, curvature 2.",
    "The twin is the curve of few bits in the same space: as low and as smooth, and short.",
    "The nearest neighbour answers with a label: where half of its answers are wrong it explains -1.",
    "After Kiani, Wang, Weber 2024, whose labels are triangle waves; with signs all parities are orthogonal.",
  ],
  "biased-neuron": [
    "The label is one neuron without its low degrees, which to who correlates is noise made to hide it;",
    "the twin has all degrees and no bias.",
    "After Guo and Vijayaraghavan 2025, whose algorithm goes on from such components; this noise is our own.",
  ],
};

function caption(runs: readonly Run[]): string {
  const [{ panel }] = runs;
  const each = distinctOf(runs.map((r) => r.condition)).flatMap((condition) =>
    distinctOf(runs.map((r) => r.series)).flatMap((series) => {
      const own = runs.filter((r) => r.condition === condition && r.series === series);
      return own.length === 0
        ? []
        : `${condition}, ${series}: ${own.map((r) => hundredths(r.share)).join(" ")}`;
    }),
  );
  return sentences(`Explained share of labels, each seed: ${each.join("; ")}.`, ...(about[panel] ?? []));
}

const comparison: Comparison = {
  id: "curve-and-neuron",
  title: "Low dimension, and one neuron",
  across: "learner",
  ordered: false,
  trials: ({ scale }) =>
    panels.filter((panel) => panel.quick || scale !== "quick").flatMap((panel) => trialsOf(panel, scale)),
  caption,
};

/** The two neighbours that are families of their own, learned. */
export const curveAndNeuron: Study<readonly Compared[]> = {
  ...comparisonStudy(comparison),
  sections: async (groups, document) => [beyondSection(await comparisonBlocks(comparison, groups, document))],
};
