/** The report's section on elimination beside gradient descent, by the examples that each needs. */

import { hundredths } from "../../base/hundredths.ts";
import { mean } from "../../base/statistics.ts";
import { chartFigure } from "../../report/chart.ts";
import type { Chart, Figure } from "../../report/drawing.ts";
import { colours } from "../../report/figure.ts";
import { figure, sentences, type Section } from "../../report/page.ts";
import { distinctOf } from "../comparison/trial.ts";
import type { EliminationContrast } from "./study.ts";

/** Lower values are drawn here. */
const FLOOR = -0.1;

function contrastFigure(contrast: EliminationContrast, document: Document): Figure {
  const { elimination, descents } = contrast;
  const rows = [
    ...elimination.map(({ samples, seed, explained }) => ({
      learner: "elimination",
      set: seed,
      samples,
      explained,
    })),
    ...descents.flatMap(({ set, points: of }) => of.map((p) => ({ learner: "gradient descent", set, ...p }))),
  ];
  const sizes = rows.map((r) => r.samples);
  const chart: Chart = {
    x: {
      column: "samples",
      label: "labelled examples (log scale)",
      type: "log",
      domain: [Math.max(1, Math.min(...sizes)), Math.max(...sizes)],
    },
    y: { column: "explained", label: "explained variance", domain: [FLOOR, 1.04], ticks: [0, 0.5, 1] },
    series: {
      column: "learner",
      of: [
        { name: "elimination", colour: colours.other, form: "diamond2" },
        { name: "gradient descent", colour: colours.hard, form: "circle" },
      ],
    },
    joined: "set",
    levels: [0],
    filters: ["learner", "set"],
  };
  const learned = descents.filter((d) => d.outcome === "learned").length;
  const most = Math.max(0, ...descents.map((d) => d.samples)).toLocaleString("en");
  const title = [
    `The same hidden sets: ${enoughText(contrast)};`,
    `gradient descent learns ${learned} of ${descents.length} from up to ${most}`,
  ].join(" ");
  return chartFigure({ name: "elimination-examples", title, rows, chart }, document);
}

const enoughText = (contrast: EliminationContrast): string => {
  const enough = enoughOf(contrast);
  return enough === undefined
    ? "elimination finds none"
    : `elimination explains ${enough.mean.toFixed(2)} from ${enough.samples} examples`;
};

/** The least number of examples whose mean over the sets passes 0.9, and that mean. */
function enoughOf({ elimination }: EliminationContrast) {
  const sizes = distinctOf(elimination.map((p) => p.samples)).sort((a, b) => a - b);
  const means = sizes.map((samples) => ({
    samples,
    mean: mean(elimination.filter((p) => p.samples === samples).map((p) => p.explained)),
  }));
  return means.find((m) => m.mean > 0.9);
}

/** What the two do on the same sets. */
export function contrastCaption(contrast: EliminationContrast): string {
  const { elimination, descents } = contrast;
  const enough = enoughOf(contrast);
  const sets = distinctOf(elimination.map((p) => p.seed)).length;
  const ends = descents.map(
    ({ outcome, explained, samples }) =>
      `${explained === null ? "diverged" : hundredths(explained)} after ${samples.toLocaleString("en")} (${outcome})`,
  );
  return sentences(
    "Degree parities of graphs on 12 nodes, one line a hidden set;",
    "both learners see noiseless labels of the same targets.",
    enough === undefined
      ? "Elimination passes a mean of 0.9 with none of these numbers of examples."
      : `Elimination explains ${enough.mean.toFixed(3)} of fresh labels, mean over ${sets} sets, ` +
          `from ${enough.samples} examples.`,
    `Gradient descent on ${descents.length} of these sets ends at ${ends.join("; ")}.`,
    "Elimination solves equations over two elements, which no correlational learner does,",
    "and needs labels without noise.",
  );
}

export const eliminationSections = (contrast: EliminationContrast, document: Document): Section[] => [
  {
    id: "elimination",
    title: "Elimination and gradient descent on the same hidden sets",
    blocks: [figure(contrastFigure(contrast, document), contrastCaption(contrast))],
  },
];
