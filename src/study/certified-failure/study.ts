/**
 * A failure that a certificate speaks of. Hidden planes in 256 dimensions at k = 6: a training by mini-batches asks
 * fewer queries than are certified to be needed, which is a comparison of counts and no theorem about this training;
 * and beside it the algorithm that a theorem does cover, gradient descent on exact gradients with noise added, its
 * weights kept in a ball. Both with the easy twin of the same planes, and with a learner that finds them.
 */

import type { StoredRecord } from "../../run/record.ts";
import { certificateTask } from "../../run/certificate-task.ts";
import { type TaskOf } from "../../run/task.ts";
import { gnnHiddenPlane } from "../../family/gnn-hidden-plane/index.ts";
import { sentences } from "../../report/page.ts";
import { trainedCell, type Cell } from "../cell.ts";
import { readTrials, type Learning, type Run, type Training, type Trial } from "../comparison/trial.ts";
import type { Scale } from "../scale.ts";
import { inTurn, seedsOf, type Scope, type Study } from "../study.ts";
import { batches, complete, noisy, path, single, type Setting } from "./setting.ts";

const family = gnnHiddenPlane.id;

interface Shape {
  readonly settings: readonly Setting[];
  readonly seeds: number;
  /** Of the noisy training on the hard target; its twin and its null run have one. */
  readonly noisySeeds: number;
  /** Where squares of labels are tried, and from how many examples. */
  readonly squared: { readonly settings: readonly Setting[]; readonly samples: number };
}

const all = [path, single, complete];
const shapes: Readonly<Record<Scale, Shape>> = {
  quick: {
    settings: [path, single],
    seeds: 1,
    noisySeeds: 3,
    squared: { settings: [single], samples: 300_000 },
  },
  laptop: {
    settings: [path, single],
    seeds: 3,
    noisySeeds: 5,
    squared: { settings: [path, single], samples: 600_000 },
  },
  paper: { settings: all, seeds: 5, noisySeeds: 10, squared: { settings: all, samples: 1_000_000 } },
};

const NOISY = "one node, exact gradients with noise";
/** What is learned and how, in the order of the drawing. */
const TWIN = "easy twin";
const HARD = "hard target";
const NULL = "null labels";
const SQUARED = "hard, label-squared PCA";
export const conditions: readonly string[] = [TWIN, HARD, NULL, SQUARED];

const train = ({ params }: Setting, seed: number, easy: boolean, options: Training["options"]): Training => ({
  kind: "train",
  family,
  params,
  seed,
  easy,
  options,
});

const squared = ({ params }: Setting, samples: number): Learning => ({
  kind: "learn",
  family,
  params,
  seed: 0,
  easy: false,
  learner: "label-squared-pca",
  options: { samples },
});

/** All runs, by their places in the drawing. */
export function failureTrials(scale: Scale): Trial[] {
  const { settings, seeds, noisySeeds, squared: squares } = shapes[scale];
  const descents = settings.flatMap((setting) =>
    seedsOf(seeds).flatMap((seed): Trial[] => {
      const place = { panel: setting.at, series: "fresh batches" };
      return [
        { ...place, condition: TWIN, task: train(setting, seed, true, batches) },
        { ...place, condition: HARD, task: train(setting, seed, false, batches) },
      ];
    }),
  );
  const found = squares.settings.map((setting) => ({
    panel: setting.at,
    series: "label-squared PCA",
    condition: SQUARED,
    task: squared(setting, squares.samples),
  }));
  const place = { panel: NOISY, series: "noisy exact gradients" };
  return [
    ...descents,
    { ...place, condition: TWIN, task: train(single, 0, true, noisy) },
    ...seedsOf(noisySeeds).map((seed) => ({
      ...place,
      condition: HARD,
      task: train(single, seed, false, noisy),
    })),
    { ...place, condition: NULL, task: train(single, 0, false, { ...noisy, control: "null" }) },
    ...found,
  ];
}

const certificates = (scale: Scale): TaskOf<"certify">[] =>
  shapes[scale].settings.map(({ params }) => certificateTask(family, params));

/** The cells, the one that the theorem covers first. */
function failureCells(records: readonly StoredRecord[], { scale, catalogue }: Scope): Cell[] {
  const { settings, seeds, noisySeeds } = shapes[scale];
  const hardOf = (setting: Setting, count: number, options: Training["options"]): Training[] =>
    seedsOf(count).map((seed) => train(setting, seed, false, options));
  const size = "d = 256, k = 6";
  const plans = [
    { at: `${NOISY}, ${size}`, setting: single, hard: hardOf(single, noisySeeds, noisy) },
    ...settings.map((setting) => ({
      at: `${setting.at}, ${size}`,
      setting,
      hard: hardOf(setting, seeds, batches),
    })),
  ];
  return plans.flatMap(({ at: words, setting, hard }) => {
    const certificate = certificateTask(family, setting.params);
    return trainedCell({ row: "features", at: words, hard, certificate }, records, catalogue) ?? [];
  });
}

/** What the section is made of. */
export interface CertifiedFailure {
  readonly runs: readonly Run[];
  readonly cells: readonly Cell[];
}

export const certifiedFailure: Study<CertifiedFailure> = {
  id: "certified-failure",
  tasks: (scope) =>
    inTurn(scope, "first", [
      ...certificates(scope.scale),
      ...failureTrials(scope.scale).map(({ task }) => task),
    ]),
  read(records, scope) {
    const runs = readTrials(failureTrials(scope.scale), records);
    return runs.length === 0 ? null : { runs, cells: failureCells(records, scope) };
  },
  sections: async (data, document) => (await import("./section.ts")).failureSections(data, document),
  evidence: failureCells,
  finding: ({ cells, runs }) => ({
    headline: headline(cells),
    table: {
      head: ["cell", "certified", "hard target", "easy twin", "verdict"],
      rows: cells.map((c) => [
        c.at,
        ...[c.certified, c.hard, c.twin].map((fact) => fact?.says ?? "not run"),
        c.verdict.because,
      ]),
    },
    fields: { certifiedFailure: { cells, runs } },
  }),
};

/** The first cell of each verdict that a certificate speaks of, in one sentence each. */
export function headline(cells: readonly Cell[]): string {
  const of = (kind: Cell["verdict"]["kind"]): Cell | undefined => cells.find((c) => c.verdict.kind === kind);
  const [covered, below] = [of("covered"), of("below")];
  const said = (cell: Cell): string =>
    `${cell.hard?.says ?? ""}, on the easy twin ${cell.twin?.says ?? "not run"}`;
  if (below === undefined && covered === undefined)
    return "Of the runs on hidden planes that have finished, none failed as a certificate says.";
  return sentences(
    below &&
      `Hidden planes, ${below.at}: gradient descent has ${said(below)}; ${below.verdict.because}, so its count of ` +
        "queries is below the certified number (a comparison, no theorem about mini-batches).",
    covered &&
      `${covered.at}, the algorithm that the theorem covers: ${said(covered)}; ${covered.verdict.because}.`,
  );
}
