/**
 * A chart as data, and one function that draws it: in a report as it is written, and again in the reader's browser for
 * what is filtered and as wide as the screen.
 */

import * as Plot from "@observablehq/plot";
import { compactSvg } from "./markup.ts";
import { telling } from "./tell.ts";
import type { Axis, Chart, Figure, Series } from "./drawing.ts";

type Row = Figure["rows"][number];
/** A row with its number among all: what a mark in the page refers to. */
interface Placed {
  readonly row: Row;
  readonly number: number;
}

/** How all plots of a report look: in the colour of their surroundings. */
export const plotStyle = {
  background: "transparent",
  color: "currentColor",
  fontSize: "13px",
  fontFamily: "system-ui, sans-serif",
};

const LETTER = 7.4;
const LINE = 20;
const TITLES = 22;
/** The axis below, the tails of its label's letters too. */
const BELOW = 50;
/** Between panels: the name of the next. */
const GAP = 30;
/** Half of a long number below the end of the axis. */
const RIGHT = 24;

const panelHeight = ({ height = 300 }: Chart): number => height;
/** What of a panel's height is the gap before the next. */
const gapOf = (chart: Chart): number => Math.min(0.3, GAP / panelHeight(chart));

interface Entry extends Series {
  readonly left: number;
  readonly line: number;
}

/** Names of series in lines as wide as the chart. */
function legendLines(series: readonly Series[], width: number): Entry[] {
  let [left, line] = [0, 0];
  return series.map((one) => {
    const wide = 26 + LETTER * one.name.length;
    if (left > 0 && left + wide > width) [left, line] = [0, line + 1];
    const entry = { ...one, left, line };
    left += wide + 10;
    return entry;
  });
}

/** A value within the axis' ends. */
function within({ column, type, domain }: Axis, { row }: Placed): number | string | null {
  const value = row[column];
  if (type === "point" || typeof value !== "number") return value;
  const [low, high] = [Number(domain[0]), Number(domain.at(-1))];
  return Math.min(high, Math.max(low, value));
}

/** Pixels between series that stand side by side, where there is room. */
const STEP = 8;

/** A panel's series that share places stand side by side there, and do not reach the next line. */
function asideOf(chart: Chart, data: readonly Placed[], present: readonly Series[], i: number) {
  const { x, y, series } = chart;
  const line = (panelHeight(chart) * (1 - gapOf(chart))) / y.domain.length;
  const most = y.type === "point" ? (0.6 * line) / Math.max(1, present.length - 1) : STEP;
  const step = Math.min(STEP, most) * (i - (present.length - 1) / 2);
  const shared = (place: string): boolean => {
    const there = new Map<unknown, unknown>();
    return data.some(({ row }) => {
      const before = there.get(row[place]) ?? row[series.column];
      there.set(row[place], before);
      return before !== row[series.column];
    });
  };
  if (x.type === "point") return shared(x.column) ? { dx: step } : {};
  return y.type === "point" && shared(y.column) ? { dy: step } : {};
}

/** The marks of a panel, or of a chart without any: its series one after another. */
function panelMarks(chart: Chart, data: readonly Placed[]): Plot.Markish[] {
  const { column, of } = chart.series;
  const present = of.filter(({ name }) => data.some(({ row }) => row[column] === name));
  return present.flatMap((one, i) => seriesMarks(chart, data, one, asideOf(chart, data, present, i)));
}

/** The marks of one series. */
function seriesMarks(
  chart: Chart,
  all: readonly Placed[],
  series: Series,
  aside: { readonly dx?: number; readonly dy?: number },
): Plot.Markish[] {
  const { x, y, panel, joined, text } = chart;
  const data = all.filter(({ row }) => row[chart.series.column] === series.name);
  const place = {
    x: (p: Placed) => within(x, p),
    y: (p: Placed) => within(y, p),
    ...(panel === undefined ? {} : { fy: (p: Placed) => p.row[panel] }),
    ...aside,
  };
  const lines =
    joined === undefined
      ? []
      : [
          Plot.line(data, {
            ...place,
            z: (p: Placed) => p.row[joined],
            stroke: series.colour,
            strokeWidth: 1.5,
          }),
        ];
  const tell = telling(data.map((p) => p.number));
  const marks =
    text === undefined
      ? Plot.dot(data, {
          ...place,
          symbol: series.form,
          r: 4.5,
          stroke: series.colour,
          ...filled(series),
          ...tell,
        })
      : Plot.text(data, {
          ...place,
          text: (p: Placed) => String(p.row[text]),
          fill: series.colour,
          fontWeight: 700,
          ...tell,
        });
  return [...lines, marks];
}

const filled = ({ form, colour }: Series) =>
  form === "times" || form === "star" ? { strokeWidth: 2 } : { fill: colour, fillOpacity: 0.65 };

const axisOptions = ({ type, domain, ticks, label }: Axis, labelAnchor: "center" | "right" = "center") => ({
  label,
  labelAnchor,
  domain: [...domain],
  ...(type === undefined ? {} : { type }),
  ...(type === "point" ? { padding: 0.6 } : {}),
  ...(ticks === undefined ? {} : { ticks: [...ticks] }),
  ...(type === "log" ? { tickFormat: "~s" } : {}),
});

/** Where words above the frame begin, in pixels from its left, and how far they reach. */
interface Above {
  readonly left: number;
  readonly width: number;
}

/** Narrower frames have their words begin at the edge of the drawing. */
const NARROW = 300;
const aboveOf = (inner: number, margin: number): Above =>
  inner < NARROW ? { left: -margin, width: inner + margin } : { left: 0, width: inner };

/** Names above the panels. */
const panelNames = (names: readonly string[], { left, width }: Above) =>
  Plot.text(names, {
    dx: left,
    lineWidth: width / 15,
    textOverflow: "ellipsis",
    fy: (name: string) => name,
    text: (name: string) => name,
    frameAnchor: "top-left",
    dy: -14,
    fontWeight: 700,
    fill: "currentColor",
  });

/** The legend, above the frame. */
function legendMarks(
  { series, text }: Chart,
  { left: begin, width }: Above,
  above: number,
  first: object,
): Plot.Markish[] {
  return legendLines(series.of, width).flatMap(({ name, colour, form, left, line }) => {
    const dy = line * LINE - above;
    const at = { ...first, frameAnchor: "top-left" as const };
    const sign = { ...at, dx: begin + left + 6, dy: dy + 6 };
    return [
      text === undefined
        ? Plot.dot([0], { ...sign, symbol: form, r: 4.5, stroke: colour, ...filled({ name, colour, form }) })
        : Plot.text([text], {
            ...sign,
            dx: begin + left + 4,
            fill: colour,
            fontWeight: 700,
            lineAnchor: "middle",
          }),
      Plot.text([name], { ...at, dx: begin + left + 16, dy, fill: "currentColor", textAnchor: "start" }),
    ];
  });
}

/** How a chart is drawn. */
export interface Drawn {
  readonly title: string;
  readonly width: number;
  /** Rows that are drawn; all where it is not given. */
  readonly shown?: (row: Row) => boolean;
}

/** Draws a chart into a document, Node's or a browser's. */
export function drawChart(
  document: Document,
  chart: Chart,
  rows: Figure["rows"],
  { title, width, shown = () => true }: Drawn,
): SVGSVGElement | HTMLElement {
  const { x, y, panel, levels = [], series } = chart;
  const data = rows.map((row, number) => ({ row, number })).filter(({ row }) => shown(row));
  const names = panel === undefined ? [] : [...new Set(data.map(({ row }) => String(row[panel])))];
  const left = marginLeft(chart);
  const inner = width - left - RIGHT;
  const words = aboveOf(inner, left);
  const entries = legendLines(series.of, words.width);
  const above = (entries.at(-1)?.line ?? 0) * LINE + LINE + 8 + (names.length > 0 ? TITLES : 0);
  const element = Plot.plot({
    document,
    width,
    height: above + BELOW + panelHeight(chart) * Math.max(1, names.length),
    marginLeft: left,
    marginRight: RIGHT,
    marginTop: above,
    marginBottom: BELOW,
    grid: true,
    style: plotStyle,
    x: axisOptions(x, LETTER * x.label.length > inner ? "right" : "center"),
    y: {
      ...axisOptions(y),
      ...(y.type === "point" ? { label: null, tickFormat: cut } : { labelArrow: "none" }),
    },
    ...(panel === undefined ? {} : { fy: { domain: names, axis: null, padding: gapOf(chart) } }),
    marks: [
      ...levelMarks(chart, levels),
      ...(panel === undefined
        ? panelMarks(chart, data)
        : names.flatMap((name) =>
            panelMarks(
              chart,
              data.filter(({ row }) => row[panel] === name),
            ),
          )),
      ...(panel === undefined ? [] : [panelNames(names, words)]),
      ...legendMarks(chart, words, above - 4, names.length === 0 ? {} : { fy: [names[0]] }),
    ],
  });
  for (const group of element.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", title);
  return element as SVGSVGElement;
}

/** Where values are counted along x, levels stand upright. */
function levelMarks({ y }: Chart, levels: readonly number[]): Plot.Markish[] {
  const options = { stroke: "#888888", strokeDasharray: "2,4" };
  if (levels.length === 0) return [];
  return [y.type === "point" ? Plot.ruleX(levels, options) : Plot.ruleY(levels, options)];
}

/** Longer names on the left are cut. */
const LONGEST = 26;
const cut = (name: unknown): string => {
  const text = String(name);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
};

/** Room for what stands on the left. */
function marginLeft({ y }: Chart): number {
  if (y.type !== "point") return 58;
  return 20 + LETTER * Math.min(LONGEST, Math.max(0, ...y.domain.map((name) => String(name).length)));
}

/** A chart as a figure of the report. */
export function chartFigure(
  given: Pick<Figure, "name" | "title" | "rows"> & { readonly chart: Chart },
  document: Document,
  width = STATIC_WIDTH,
): Figure {
  const { title, rows, chart } = given;
  const element = drawChart(document, chart, rows, { title, width });
  element.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  // the page's script draws it again: only then are its marks asked for their rows
  return { ...given, svg: compactSvg(element.outerHTML).replace(/ data-row="\d+"/g, "") };
}

/** Of a chart that is not redrawn: as wide as a sheet's text, where its letters have 11 pixels and more. */
const STATIC_WIDTH = 720;
