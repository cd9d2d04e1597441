/** The learnability matrix as a heat map: learners down, families across, each hard beside its easy twin. */

import * as Plot from "@observablehq/plot";
import type { Matrix, MatrixCell } from "./study.ts";
import { figureOf, plot, type Figure } from "../../report/figure.ts";
import { explainedScale, inkOn, shade } from "../../report/heat.ts";

/** Room for the learners' names. */
const LEFT = 240;

/** `0.98`, with the range of the seeds where they differ. */
export function cellText({ explained, mean }: MatrixCell): string {
  if (mean === null) return "";
  const shown = (x: number): string => (x < -9.99 ? "<-9.99" : Math.abs(x) < 0.005 ? "0.00" : x.toFixed(2));
  const [low, high] = [Math.min(...explained), Math.max(...explained)];
  return high - low < 0.015 ? shown(mean) : `${shown(low)} to ${shown(high)}`;
}

const column = ({ family, easy }: { family: string; easy: boolean }): string =>
  `${family}|${easy ? "easy twin" : "hard"}`;

export function matrixFigure(matrix: Matrix, document: Document): Figure {
  const title = "Who learns what: share of label variance explained on fresh samples";
  const { cells } = matrix;
  const columns = [...new Set(cells.map(column))];
  const learners = [...new Set(cells.map((c) => c.learner))];
  const families = [...new Set(cells.map((c) => c.family))];
  const done = cells.filter((c) => c.mean !== null);
  const refused = cells.filter((c) => c.refusal !== null);
  const waiting = cells.filter((c) => c.refusal === null && c.mean === null);
  const box = 52;
  const hatch = refused.flatMap((c) => [-0.3, 0, 0.3].map((shift) => ({ ...c, shift })));
  const legend = Array.from({ length: 41 }, (_, i) => i / 40);
  const [width, height] = [LEFT + 10 + 92 * Math.max(4, columns.length), 150 + box * learners.length];
  const bar = { left: 130, width: 180 };
  const svg = plot(document, title, {
    width,
    height,
    marginLeft: LEFT,
    marginRight: 10,
    marginTop: 62,
    marginBottom: 80,
    grid: false,
    x: { domain: columns, axis: null, padding: 0.06 },
    y: { domain: learners, axis: null, padding: 0.08 },
    color: explainedScale,
    marks: [
      Plot.cell(done, { x: column, y: "learner", fill: (c: MatrixCell) => shade(c.mean ?? 0) }),
      Plot.text(done, {
        x: column,
        y: "learner",
        text: cellText,
        fill: (c: MatrixCell) => inkOn(shade(c.mean ?? 0)),
        fontSize: 12,
      }),
      Plot.cell(refused, {
        x: column,
        y: "learner",
        fill: "none",
        stroke: "currentColor",
        strokeOpacity: 0.25,
      }),
      ...hatch.map((c) =>
        Plot.text([c], {
          x: column,
          y: "learner",
          text: () => "/",
          dx: c.shift * 80,
          fontSize: 26,
          fill: "currentColor",
          fillOpacity: 0.28,
        }),
      ),
      Plot.text(waiting, {
        x: column,
        y: "learner",
        text: () => "not run",
        fill: "currentColor",
        fillOpacity: 0.6,
      }),
      Plot.axisY({ anchor: "left", tickSize: 0, fontSize: 12.5, label: null }),
      Plot.text(columns, {
        x: (c: string) => c,
        frameAnchor: "top",
        dy: -8,
        text: (c: string) => c.split("|")[1],
        fill: "currentColor",
      }),
      Plot.text(families, {
        x: (f: string) => `${f}|hard`,
        frameAnchor: "top",
        dy: -34,
        dx: 46,
        text: (f: string) => f,
        fill: "currentColor",
        fontWeight: "bold",
        fontSize: 12.5,
      }),
      ...legend.map((v) =>
        Plot.text([v], {
          frameAnchor: "bottom-left",
          dx: bar.left + v * bar.width,
          dy: 40,
          text: () => "█",
          fill: () => v,
          fontSize: 9,
        }),
      ),
      Plot.text(["0"], {
        frameAnchor: "bottom-left",
        dx: bar.left - 8,
        dy: 40,
        textAnchor: "end",
        fill: "currentColor",
      }),
      Plot.text(["1"], {
        frameAnchor: "bottom-left",
        dx: bar.left + bar.width + 14,
        dy: 40,
        fill: "currentColor",
      }),
      Plot.text(["explained variance"], {
        frameAnchor: "bottom-left",
        dx: bar.left - 24,
        dy: 40,
        textAnchor: "end",
        fill: "currentColor",
      }),
      Plot.text(["hatched: the pair makes no sense (reasons below)"], {
        frameAnchor: "bottom-left",
        dx: 0,
        dy: 64,
        textAnchor: "start",
        fill: "currentColor",
        fillOpacity: 0.75,
      }),
    ],
  });
  return figureOf("learnability-matrix", title, svg, cells.map(row));
}

const row = (c: MatrixCell) => ({
  family: c.family,
  params: JSON.stringify(c.params),
  target: c.easy ? "easy twin" : "hard",
  learner: c.learner,
  explainedVariance: c.mean,
  seeds: c.explained.map((x) => x.toFixed(4)).join(" "),
  queries: c.queries,
  samples: c.samples,
  refusal: c.refusal,
});
