/**
 * How deep a network can be and still be trained: the ordinary graph network beside unitary convolutions (Kiani,
 * Fesser, Weber 2024), on a degree parity that is small enough to be learned and on its twin.
 */

import { hundredths } from "../../base/hundredths.ts";
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

interface Sweep {
  readonly depths: readonly number[];
  readonly seeds: number;
  readonly options: { readonly steps: number; readonly batch: number; readonly width: number };
}

const sweeps: Readonly<Record<Scale, Sweep>> = {
  quick: { depths: [], seeds: 0, options: { steps: 0, batch: 1, width: 2 } },
  laptop: { depths: [2, 16], seeds: 1, options: { steps: 300, batch: 32, width: 16 } },
  paper: { depths: [2, 4, 8, 16, 32], seeds: 5, options: { steps: 1000, batch: 64, width: 32 } },
};

/** A parity that both networks learn with two layers, in half a minute. */
const params = { n: 8, degrees: [2] };
const students = { gnn: "ordinary convolutions", unitary: "unitary convolutions" };

const trials = ({ depths, seeds, options }: Sweep): Trial[] =>
  Object.entries(students).flatMap(([student, panel]) =>
    depths.flatMap((layers) =>
      seedsOf(seeds).flatMap((seed) =>
        [false, true].map((easy) => ({
          panel,
          condition: `${layers} layers`,
          series: easy ? "easy twin" : "hard",
          task: {
            kind: "train" as const,
            family: "gnn-degree-parity",
            params,
            seed,
            easy,
            options: { ...options, student, layers, stopAt: 0.95 },
          },
        })),
      ),
    ),
  );

/** Shares of what the majority leaves, by depth. */
function told(runs: readonly Run[], panel: string, series: string): string {
  const own = runs.filter((r) => r.panel === panel && r.series === series);
  const each = distinctOf(own.map((r) => r.condition)).map((depth) => {
    const at = own.filter((r) => r.condition === depth).map((r) => hundredths(r.share));
    return `${depth} ${at.join(" ")}`;
  });
  return `${panel}, ${series}: ${each.join(", ")}`;
}

function caption(runs: readonly Run[]): string {
  const panels = distinctOf(runs.map((r) => r.panel));
  return sentences(
    `Share of what the likelier label leaves, each seed: ${panels
      .flatMap((panel) => ["easy twin", "hard"].map((series) => told(runs, panel, series)))
      .join("; ")}.`,
    `Graphs on ${params.n} nodes, S = {${params.degrees.join(",")}}; a training ends at an accuracy of .95.`,
    "Our graph network keeps a node's own features beside the sum over its neighbours, as plain convolutions do not:",
    "it is a stronger comparison than layers that smooth features to a constant.",
    "After Kiani, Fesser, Weber 2024, in the separable form (the Lie form, the student unitary-lie, is a series",
    "in each layer, and left out here for its time); depth is a matter of the student, and",
    "the certificate, which speaks of the target, is the same at each.",
  );
}

const depthComparison: Comparison = {
  id: "unitary-training",
  title: "How deep a graph network can be trained",
  across: "layers",
  ordered: true,
  trials: ({ scale }) => trials(sweeps[scale]),
  caption,
};

export const unitaryDepth: Study<readonly Compared[]> = {
  ...comparisonStudy(depthComparison),
  sections: async (groups, document) => [
    beyondSection(await comparisonBlocks(depthComparison, groups, document)),
  ],
};
