/**
 * From the easy to the hard step by step: the same code on targets between the two. For planes and frames the order k,
 * which is the degree that the target starts at (at k = 2 a plane's target is its own twin); for degree parities the
 * number of counts whose parity is asked for; for polynomials the degree of the terms.
 */

import type { JsonObject } from "../../base/checked.ts";
import { grouped } from "../../base/group.ts";
import { sentences } from "../../report/page.ts";
import { familyIn, type Catalogue } from "../../run/catalogue.ts";
import { settingText } from "../cell.ts";
import { failingCells, trainingOf } from "../comparison/cells.ts";
import { comparisonStudy, type Comparison } from "../comparison/comparison.ts";
import { learnedByCondition, type Run, type Trial } from "../comparison/trial.ts";
import type { Scale } from "../scale.ts";
import { seedsOf } from "../study.ts";

/** Degrees of graphs on 12 nodes, the likeliest first: the first m of them are the set S of dose m. */
const likeliest = [5, 6, 4, 7, 3, 8];

interface Dose {
  readonly family: string;
  /** What all doses share. */
  readonly shared: JsonObject;
  readonly steps: readonly (readonly [condition: string, params: JsonObject])[];
}

const orders = (...of: readonly number[]): Dose["steps"] => of.map((k) => [`k = ${k}`, { k }]);
const doses: readonly Dose[] = [
  { family: "gnn-hidden-plane", shared: { n: 3, d: 128, graph: "path" }, steps: orders(2, 4, 6) },
  { family: "cnn-hidden-plane", shared: { group: "cyclic:32" }, steps: orders(2, 4, 6, 10) },
  { family: "frame-parity", shared: { group: "cyclic:32" }, steps: orders(2, 4, 6) },
  {
    family: "gnn-degree-parity",
    shared: { n: 12 },
    steps: likeliest.map((_, i) => {
      const degrees = likeliest.slice(0, i + 1).sort((a, b) => a - b);
      return [`${i + 1} count${i === 0 ? "" : "s"}`, { degrees }];
    }),
  },
  {
    family: "invariant-polynomial",
    shared: { invariants: "rotations:3", variables: 80 },
    steps: [1, 2, 3, 4].map((degree) => [`degree ${degree}`, { degree }]),
  },
];
const seeds: Readonly<Record<Scale, number>> = { quick: 0, laptop: 3, paper: 5 };

/** Trained as at the family's failing cell. */
const doseTrials = (catalogue: Catalogue, repeats: number): Trial[] =>
  doses.flatMap(({ family: id, shared, steps }) => {
    const cell = failingCells(catalogue).find(({ family }) => family.id === id);
    if (cell === undefined) return [];
    return seedsOf(repeats).flatMap((seed) =>
      steps.map(([condition, own]) => {
        const params = familyIn(catalogue, id).parse({ ...shared, ...own }).json;
        const task = trainingOf({ ...cell, params }, {}, { seed });
        return { panel: settingText({ family: id, params: shared }), condition, series: "hard", task };
      }),
    );
  });

function caption(runs: readonly Run[]): string {
  const each = [...grouped(runs, (r) => r.panel)].map(
    ([panel, own]) => `${panel}: ${learnedByCondition(own).join(", ")}`,
  );
  return sentences(
    "The same network, optimiser and budget on targets from easy to hard. Learned:",
    `${each.join("; ")}.`,
  );
}

export const doseComparison: Comparison = {
  id: "dose",
  title: "Step by step from the easy to the hard target",
  across: "from easy to hard",
  ordered: true,
  trials: ({ scale, catalogue }) => doseTrials(catalogue, seeds[scale]),
  caption,
};

export const dose = comparisonStudy(doseComparison);
