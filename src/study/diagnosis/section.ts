/** The report's section on the calibration of `diagnose`. */

import * as Plot from "@observablehq/plot";
import type { Figure } from "../../report/drawing.ts";
import { colours, figureOf, inColour, legend, plot } from "../../report/figure.ts";
import { figure, paragraph, sentences, table, type Section } from "../../report/page.ts";
import { telling } from "../../report/tell.ts";
import { settingText } from "../cell.ts";
import type { Calibration } from "./study.ts";

const verdicts = ["visible", "another-statistic", "cannot-tell"] as const;
const times = (found: Calibration, verdict: Calibration["trials"][number]["verdict"]): number =>
  found.trials.filter((t) => t.verdict === verdict).length;

/** Different values in words, the least first. */
function distinct(values: readonly (number | null)[], none: string): string {
  const known = [...new Set(values.flatMap((v) => v ?? []))].sort((a, b) => a - b).map(String);
  return [...known, ...(values.includes(null) ? [none] : [])].join(" or ");
}

const rowOf = (c: Calibration): string[] => [
  settingText({ family: c.family, params: c.params }),
  c.labels,
  c.group,
  c.examples.toLocaleString("en"),
  ...verdicts.map((verdict) => `${times(c, verdict)} of ${c.trials.length}`),
  distinct(
    c.trials.map((t) => t.information),
    `none to ${c.degree}`,
  ),
  distinct(
    c.trials.map((t) => t.generative),
    `none to ${c.degree}`,
  ),
];

/** How often noise was called anything else. */
function noiseWords(found: readonly Calibration[]): string | undefined {
  const noise = found.filter(({ labels }) => labels === "shuffled");
  const total = noise.reduce((sum, c) => sum + c.trials.length, 0);
  if (total === 0) return undefined;
  const wrong = total - noise.reduce((sum, c) => sum + times(c, "cannot-tell"), 0);
  return `Of ${total} data sets with labels of other examples ${wrong} were said to hold a signal; at most 5 % should.`;
}

/** The points of a power curve: sizes at which one cell was asked several times. */
const curveOf = (found: readonly Calibration[], labels: Calibration["labels"]): Calibration[] =>
  found
    .filter((c) => c.family === "gnn-hidden-plane" && c.labels === labels && c.trials.length > 1)
    .sort((a, b) => a.examples - b.examples);

/** From how many examples on labels are seen in every data set. */
function enough(
  rows: readonly { readonly labels: string; readonly examples: number; readonly seen: number }[],
  labels: string,
): string {
  const own = rows.filter((r) => r.labels === labels);
  const first = own[own.findLastIndex(({ seen }) => seen < 1) + 1];
  return first === undefined ? "at no size" : `from ${first.examples.toLocaleString("en")} examples on`;
}

function powerFigure(found: readonly Calibration[], document: Document): Figure {
  const rows = (["hard", "easy"] as const).flatMap((labels) =>
    curveOf(found, labels).map((c) => ({
      labels,
      examples: c.examples,
      seen: 1 - times(c, "cannot-tell") / c.trials.length,
      trials: c.trials.length,
    })),
  );
  const title = `Seen in every data set: a hidden plane ${enough(rows, "hard")}, its twin ${enough(rows, "easy")}`;
  const colour = (r: (typeof rows)[number]): string => colours[r.labels];
  const svg = plot(document, title, {
    x: {
      type: "log",
      label: "examples (log scale)",
      ticks: [...new Set(rows.map((r) => r.examples))],
      tickFormat: "d",
    },
    y: { label: "share seen", domain: [0, 1], ticks: 5 },
    marks: [
      Plot.line(rows, { x: "examples", y: "seen", z: "labels", stroke: colour, strokeWidth: 1.8 }),
      Plot.dot(rows, { ...telling(), x: "examples", y: "seen", r: 4.5, ...inColour(colour) }),
      ...legend([
        ["plane, by its square", colours.hard],
        ["easy twin", colours.easy],
      ]),
    ],
  });
  return figureOf("diagnosis-power", title, svg, rows);
}

const powerCaption = (curve: readonly Calibration[]): string =>
  `Each point: ${distinct(
    curve.map((c) => c.trials.length),
    "",
  )} independent draws of the family, by labels.`;

/** By family, then by labels, then by examples. */
const inOrder = (found: readonly Calibration[]): Calibration[] =>
  [...found].sort(
    (a, b) =>
      settingText(a).localeCompare(settingText(b)) ||
      a.labels.localeCompare(b.labels) ||
      a.examples - b.examples,
  );

export const calibrationSection = (found: readonly Calibration[], document: Document): Section => ({
  id: "diagnosis",
  title: "What diagnose says of data whose labels are known",
  blocks: [
    paragraph(
      sentences(
        noiseWords(found),
        "Hard labels should not be visible to correlations up to the degree tested, their easy twins should.",
        "The learners here are the quick ones: low-degree regression, the square's principal components, neighbours.",
      ),
    ),
    table(
      ["family", "labels", "group", "examples", ...verdicts, "first degree of y", "of any function of y"],
      inOrder(found).map(rowOf),
    ),
    ...(curveOf(found, "hard").length > 1
      ? [figure(powerFigure(found, document), powerCaption(curveOf(found, "hard")))]
      : []),
  ],
});
