/** The report's part on averages over a part of a group. */

import * as Plot from "@observablehq/plot";
import type { Figure } from "../../report/drawing.ts";
import { colours, figureOf, inColour, legend, palette, plot } from "../../report/figure.ts";
import { figure, sentences, type Block } from "../../report/page.ts";
import { telling } from "../../report/tell.ts";
import type { AveragingCase } from "./study.ts";

const nameOf = ({ group, subset, orbit }: AveragingCase): string =>
  `${group}, S = {${subset.join(",")}}, orbit ${orbit}`;

interface Shown {
  /** Which of the figure's rows it is. */
  readonly number: number;
  readonly share: number;
  readonly exact: number;
  readonly simulated: number;
  readonly series: number;
}

export function averagingFigure(cases: readonly AveragingCase[], document: Document): Figure {
  const title = "What an average over a part of the group is off, relative to the average over all";
  const colour = ({ series }: Pick<Shown, "series">): string => palette[series % palette.length];
  const rows = cases.flatMap(({ group, subset, order, orbit, points: of }, series) =>
    of.map((p) => ({ series, row: { group, subset: subset.join(" "), order, orbit, ...p } })),
  );
  // at the whole group the error is 0, which no logarithmic axis shows
  const points = rows.flatMap(({ series, row: { elements, order, exact, simulated } }, number): Shown[] =>
    elements < order ? [{ number, share: elements / order, exact, simulated, series }] : [],
  );
  const svg = plot(document, title, {
    marginRight: 330,
    x: {
      type: "log",
      base: 2,
      label: "share of the group (log scale)",
      tickFormat: (v: number) => `1/${1 / v}`,
    },
    y: {
      type: "log",
      label: "squared error / squared norm of the average (log scale)",
      ticks: 10,
      tickFormat: "~g",
    },
    marks: [
      Plot.ruleY([1], { stroke: colours.baseline, strokeDasharray: "3,4" }),
      Plot.line(points, { x: "share", y: "exact", z: "series", stroke: colour, strokeWidth: 1.6 }),
      Plot.dot(points, {
        ...telling(points.map((p) => p.number)),
        x: "share",
        y: "simulated",
        r: 4,
        ...inColour(colour),
      }),
      ...legend([
        ...cases.map((c, series) => [nameOf(c), colour({ series })] as const),
        ["1: as wrong as saying 0", colours.baseline, "line"] as const,
      ]),
    ],
  });
  return figureOf(
    "averaging-complexity",
    title,
    svg,
    rows.map(({ row }) => row),
  );
}

export function averagingCaption(cases: readonly AveragingCase[]): string {
  const halves = cases.flatMap((c) =>
    c.points
      .filter((p) => 2 * p.elements === c.order)
      .map((p) => `${p.exact.toFixed(2)} in closed form, ${p.simulated.toFixed(2)} drawn (${nameOf(c)})`),
  );
  return sentences(
    halves.length === 0
      ? undefined
      : `Over half of the group the relative squared error is ${halves.join("; ")}.`,
    "Averages over few elements are close in absolute terms, which is what an exponential saving is about;",
    "of these families the average over all is as small as its distance to them.",
    "Lines: closed form; dots: elements and inputs drawn.",
    "After Tahmasebi and Weber 2026, of whose result only this exact second moment is made here;",
    "the certificate does not change: it speaks of the target, not of how a student is averaged.",
  );
}

export const averagingBlocks = (cases: readonly AveragingCase[], document: Document): Block[] => [
  figure(averagingFigure(cases, document), averagingCaption(cases)),
];
