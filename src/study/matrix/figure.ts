/** The learnability matrix as a heat map: learners across, families down, each hard above its easy twin. */

import { hundredths } from "../../base/hundredths.ts";
import * as Plot from "@observablehq/plot";
import { LEARNED } from "../learned.ts";
import { bestOf, type Matrix, type MatrixCell } from "./read.ts";
import { figureOf, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { telling } from "../../report/tell.ts";
import { colourBar } from "../../report/colour-bar.ts";
import { explainedScale, inkOn, shade } from "../../report/heat.ts";

/** Room for the families' names and the words hard and twin. */
const LEFT = 190;
/** Room for the learners' names, which stand aslant. */
const TOP = 164;
/** Width and height of a cell, gaps included: ranges over seeds have more letters, brackets below them more lines. */
const cellSize = (cells: readonly MatrixCell[]): readonly [number, number] =>
  cells.some((c) => cellText(c).includes(" to ")) ? [46, 46] : [40, 36];

function shown(x: number): string {
  if (x < -9.99) return "<-9.99";
  return hundredths(x);
}

/** `0.98`, with the range of the seeds where they differ. */
export function cellText({ explained, mean }: MatrixCell): string {
  if (mean === null) return "";
  const [low, high] = [Math.min(...explained), Math.max(...explained)];
  return high - low < 0.015 ? shown(mean) : `${shown(low)} to ${shown(high)}`;
}

/**
 * What is drawn on a cell: the best, and below it in brackets the row's own setting where that is another one; without
 * the zero before the point, as cells are narrow.
 */
function lines(cell: MatrixCell): string {
  const best = bestOf(cell);
  const own = cellText(cell).replace(" to", "\nto");
  const text = best === null || best === cell.mean ? own : `${shown(best)}\n(${own})`;
  return text.replaceAll(/\b0\./g, ".");
}

const place = (c: MatrixCell): string => `${c.column}|${c.easy ? "twin" : "hard"}`;

/** Points from one corner of the frame. */
interface Place {
  readonly dx: number;
  readonly dy: number;
  readonly textAnchor?: "start" | "end";
}

const note = (text: string, place: Place) =>
  Plot.text([text], { frameAnchor: "bottom-left", fill: "currentColor", textAnchor: "start", ...place });

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
  const places = [...new Set(cells.map(place))];
  const learners = [...new Set(cells.map((c) => c.learner))];
  const [marginRight, marginBottom] = [30, 84];
  const [wide, high] = cellSize(cells);
  const svg = plot(document, title, {
    width: LEFT + marginRight + wide * Math.max(6, learners.length),
    height: TOP + marginBottom + high * places.length,
    marginLeft: LEFT,
    marginRight,
    marginTop: TOP,
    marginBottom,
    grid: false,
    x: { domain: learners, axis: null, padding: 0.06 },
    y: { domain: places, axis: null, padding: 0.08 },
    color: explainedScale,
    marks: [...cellMarks(cells), ...heads(cells, { places, learners, high }), ...key()],
  });
  return figureOf("learnability-matrix", title, svg, cells.map(row));
}

/** Values on their colours; hatching where a pair makes no sense; words where nothing has run. */
function cellMarks(cells: readonly MatrixCell[]) {
  const done = cells.filter((c) => c.mean !== null);
  const refused = cells.filter((c) => c.refusal !== null);
  const waiting = cells.filter((c) => c.refusal === null && c.mean === null);
  const at = { x: "learner", y: place };
  const told = (of: readonly MatrixCell[]) => telling(of.map((c) => cells.indexOf(c)));
  const ink = { fill: "currentColor", fillOpacity: 0.4 };
  return [
    Plot.cell(done, { ...told(done), ...at, fill: (c: MatrixCell) => shade(bestOf(c) ?? 0) }),
    Plot.text(done, {
      ...at,
      text: lines,
      fill: (c: MatrixCell) => inkOn(shade(bestOf(c) ?? 0)),
      fontSize: SMALL,
    }),
    Plot.cell(refused, {
      ...told(refused),
      ...at,
      fill: "none",
      stroke: "currentColor",
      strokeOpacity: 0.25,
    }),
    Plot.text(refused, { ...at, text: () => "/ / /", fontSize: 17, ...ink }),
    Plot.text(waiting, {
      ...told(waiting),
      ...at,
      text: () => "not\nrun",
      fontSize: SMALL,
      ...ink,
      fillOpacity: 1,
    }),
  ];
}

/** The size of small letters. */
const SMALL = 11.5;

/** Families on the left, each beside its two targets; learners above. */
function heads(
  cells: readonly MatrixCell[],
  { places, learners, high }: { places: readonly string[]; learners: readonly string[]; high: number },
) {
  const families = [...new Set(cells.map((c) => c.column))];
  const first = (family: string): string => places.find((p) => p.startsWith(`${family}|`)) ?? "";
  const left = { frameAnchor: "left", textAnchor: "end", fill: "currentColor" } as const;
  return [
    Plot.tickY(families.slice(1), {
      y: first,
      dy: -high / 2,
      insetLeft: 8 - LEFT,
      stroke: "currentColor",
      strokeOpacity: 0.35,
    }),
    Plot.text(places, { ...left, y: (p: string) => p, dx: -8, text: (p: string) => p.split("|")[1] }),
    Plot.text(families, {
      ...left,
      y: first,
      dx: 8 - LEFT,
      dy: high / 2,
      textAnchor: "start",
      // a family of several columns has the column's own name below
      text: (family: string) => family.replace(" ", "\n"),
      fontSize: 12,
      fontWeight: "bold",
    }),
    Plot.text(learners, {
      x: (learner: string) => learner,
      frameAnchor: "top",
      rotate: -75,
      dy: -10,
      lineAnchor: "middle",
      textAnchor: "start",
      text: (learner: string) => learner.replace(", ", ",\n"),
      fill: "currentColor",
    }),
  ];
}

/** What colours, brackets and hatching mean, below the frame. */
function key() {
  const bar = { left: 8, width: 180 };
  const steps = Array.from({ length: 31 }, (_, i) => i / 30);
  return [
    colourBar(steps, {
      corner: ({ marginLeft, height, marginBottom }) => ({
        x: marginLeft + bar.left,
        y: height - marginBottom + 16,
      }),
      length: bar.width,
      thickness: 12,
      upright: false,
    }),
    note("explained variance 0", { dx: bar.left - 8, dy: 22, textAnchor: "end" }),
    note("1", { dx: bar.left + bar.width + 8, dy: 22 }),
    note("in brackets: the default setting, where another one did better", { dx: 8 - LEFT, dy: 46 }),
    note("hatched: the pair makes no sense (reasons below)", { dx: 8 - LEFT, dy: 68 }),
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
