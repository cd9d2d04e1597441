/** The learnability matrix as a heat map: learners down, families across, each hard beside its easy twin. */

import * as Plot from "@observablehq/plot";
import { LEARNED } from "../learned.ts";
import { bestOf, type Matrix, type MatrixCell } from "./read.ts";
import { figureOf, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { telling } from "../../report/tell.ts";
import { colourBar } from "../../report/colour-bar.ts";
import { explainedScale, inkOn, shade } from "../../report/heat.ts";

/** Room for the learners' names. */
const LEFT = 240;

function shown(x: number): string {
  if (x < -9.99) return "<-9.99";
  return Math.abs(x) < 0.005 ? "0.00" : x.toFixed(2);
}

/** `0.98`, with the range of the seeds where they differ. */
export function cellText({ explained, mean }: MatrixCell): string {
  if (mean === null) return "";
  const [low, high] = [Math.min(...explained), Math.max(...explained)];
  return high - low < 0.015 ? shown(mean) : `${shown(low)} to ${shown(high)}`;
}

/** What is drawn on a cell: the best, and below it the row's own setting where that is another one. */
const lines = (cell: MatrixCell): string => {
  const best = bestOf(cell);
  return best === null || best === cell.mean ? cellText(cell) : `${shown(best)}\ndefault\n${cellText(cell)}`;
};

const place = (c: MatrixCell): string => `${c.column}|${c.easy ? "easy twin" : "hard"}`;

/** Points from one corner of the frame. */
interface Place {
  readonly dx: number;
  readonly dy: number;
  readonly textAnchor?: "start" | "end";
}

const note = (text: string, place: Place, fillOpacity = 1) =>
  Plot.text([text], { frameAnchor: "bottom-left", fill: "currentColor", fillOpacity, ...place });

/** How many cells are learned, of those that have run. */
function matrixTitle(cells: readonly MatrixCell[]): string {
  const counted = (easy: boolean): string => {
    const run = cells.filter((c) => c.easy === easy && c.mean !== null);
    return `${run.filter((c) => (bestOf(c) ?? 0) > LEARNED).length} of ${run.length}`;
  };
  return `Who learns what: ${counted(false)} hard cells and ${counted(true)} easy ones explain more than ${LEARNED}`;
}

export function matrixFigure({ cells }: Matrix, document: Document): Figure {
  const title = matrixTitle(cells);
  const columns = [...new Set(cells.map(place))];
  const learners = [...new Set(cells.map((c) => c.learner))];
  const box = 52;
  const svg = plot(document, title, {
    width: LEFT + 10 + 78 * Math.max(4, columns.length),
    height: 150 + box * learners.length,
    marginLeft: LEFT,
    marginRight: 10,
    marginTop: 62,
    marginBottom: 80,
    grid: false,
    x: { domain: columns, axis: null, padding: 0.06 },
    y: { domain: learners, axis: null, padding: 0.08 },
    color: explainedScale,
    marks: [...cellMarks(cells), ...heads(cells, columns), ...key()],
  });
  return figureOf("learnability-matrix", title, svg, cells.map(row));
}

/** Values on their colours; hatching where a pair makes no sense; words where nothing has run. */
function cellMarks(cells: readonly MatrixCell[]) {
  const done = cells.filter((c) => c.mean !== null);
  const refused = cells.filter((c) => c.refusal !== null);
  const waiting = cells.filter((c) => c.refusal === null && c.mean === null);
  const at = { x: place, y: "learner" };
  return [
    Plot.cell(done, {
      ...telling(done.map((c) => cells.indexOf(c))),
      ...at,
      fill: (c: MatrixCell) => shade(bestOf(c) ?? 0),
    }),
    Plot.text(done, {
      ...at,
      text: lines,
      fill: (c: MatrixCell) => inkOn(shade(bestOf(c) ?? 0)),
      fontSize: 12,
    }),
    Plot.cell(refused, { ...at, fill: "none", stroke: "currentColor", strokeOpacity: 0.25 }),
    ...[-24, 0, 24].map((dx) =>
      Plot.text(refused, {
        ...at,
        text: () => "/",
        dx,
        fontSize: 26,
        fill: "currentColor",
        fillOpacity: 0.28,
      }),
    ),
    Plot.text(waiting, { ...at, text: () => "not run", fill: "currentColor", fillOpacity: 0.6 }),
  ];
}

/** Learners on the left; families above, each over its two targets. */
function heads(cells: readonly MatrixCell[], columns: readonly string[]) {
  const families = [...new Set(cells.map((c) => c.column))];
  return [
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
  ];
}

/** What the colours and the hatching mean, below the frame. */
function key() {
  const bar = { left: 130, width: 180 };
  const steps = Array.from({ length: 31 }, (_, i) => i / 30);
  return [
    colourBar(steps, {
      corner: ({ marginLeft, height, marginBottom }) => ({
        x: marginLeft + bar.left,
        y: height - marginBottom + 34,
      }),
      length: bar.width,
      thickness: 12,
      upright: false,
    }),
    note("0", { dx: bar.left - 8, dy: 40, textAnchor: "end" }),
    note("1", { dx: bar.left + bar.width + 8, dy: 40 }),
    note("explained variance", { dx: bar.left - 24, dy: 40, textAnchor: "end" }),
    note("hatched: the pair makes no sense (reasons below)", { dx: 0, dy: 64, textAnchor: "start" }, 0.75),
  ];
}

const row = (c: MatrixCell) => ({
  family: c.family,
  column: c.column,
  params: JSON.stringify(c.params),
  target: c.easy ? "easy twin" : "hard",
  learner: c.learner,
  explainedVariance: bestOf(c),
  defaultExplainedVariance: c.mean,
  setting: c.tuned !== null && bestOf(c) !== c.mean ? c.tuned.name : "default",
  movement: c.movement,
  seeds: c.explained.map((x) => x.toFixed(4)).join(" "),
  queries: c.queries,
  samples: c.samples,
  refusal: c.refusal,
});
