/**
 * Is exact symmetry by a minimal frame as good as that of a network that is equivariant throughout? A perceptron on
 * canonical graphs (Lin, Helwig, Gui, Ji 2024) beside the graph network and a perceptron without symmetry.
 */

import { hundredths } from "../../base/hundredths.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/index.ts";
import { sentences } from "../../report/page.ts";
import { beyondSection } from "../beyond.ts";
import { failingCell, trainingOf } from "../comparison/cells.ts";
import {
  comparisonBlocks,
  comparisonStudy,
  type Compared,
  type Comparison,
} from "../comparison/comparison.ts";
import { distinctOf, type Run, type Trial } from "../comparison/trial.ts";
import type { Scale } from "../scale.ts";
import { seedsOf, type Study } from "../study.ts";

interface Setting {
  readonly sizes: readonly { readonly n: number; readonly degrees?: number[] }[];
  readonly seeds: number;
  readonly train: { readonly steps: number; readonly batch: number };
}

const settings: Readonly<Record<Scale, Setting>> = {
  quick: { sizes: [], seeds: 0, train: { steps: 0, batch: 1 } },
  laptop: { sizes: [{ n: 8, degrees: [2] }], seeds: 1, train: { steps: 400, batch: 64 } },
  paper: { sizes: [{ n: 8, degrees: [2] }, { n: 12 }], seeds: 5, train: { steps: 4000, batch: 256 } },
};

const students = { gnn: "graph network", canonical: "canonical graphs", mlp: "no symmetry" };

const trials = ({ sizes, seeds, train }: Setting): Trial[] =>
  sizes.flatMap((params) => {
    const cell = failingCell(gnnDegreeParity, { params, train });
    return Object.entries(students).flatMap(([student, condition]) =>
      seedsOf(seeds).flatMap((seed) =>
        [false, true].map((easy) => ({
          panel: cell.at,
          condition,
          series: easy ? "easy twin" : "hard",
          task: trainingOf(cell, { student }, { seed, easy }),
        })),
      ),
    );
  });

function told(runs: readonly Run[], panel: string, condition: string): string {
  const shares = (series: string): string =>
    runs
      .filter((r) => r.panel === panel && r.condition === condition && r.series === series)
      .map((r) => hundredths(r.share))
      .join(" ");
  return `${condition} ${shares("hard")}, twin ${shares("easy twin")}`;
}

function caption(runs: readonly Run[]): string {
  const conditions = distinctOf(runs.map((r) => r.condition));
  const each = distinctOf(runs.map((r) => r.panel)).map(
    (panel) => `${panel}: ${conditions.map((condition) => told(runs, panel, condition)).join("; ")}`,
  );
  return sentences(
    `Share of what the likelier label leaves, each seed. ${each.join(". ")}.`,
    "Canonical graphs are exactly invariant at the price of one pass, and discontinuous: one edge more may change",
    "every entry, where the graph network sees two degrees change.",
    "After Lin et al. 2024; the frame is our own search, and the certificate that of the target, whatever is trained.",
  );
}

const canonicalComparison: Comparison = {
  id: "canonical-training",
  title: "Students with the symmetry of graphs",
  across: "student",
  ordered: false,
  trials: ({ scale }) => trials(settings[scale]),
  caption,
};

export const canonicalTraining: Study<readonly Compared[]> = {
  ...comparisonStudy(canonicalComparison),
  sections: async (groups, document) => [
    beyondSection(await comparisonBlocks(canonicalComparison, groups, document)),
  ],
};
