/** Curves over one horizontal axis, with rules that they are held against. */

import { scale, ticks, type Domain } from "./scale.ts";
import { label, picture, round, tag } from "./svg.ts";

/** A curve; points without a value leave a gap. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly (readonly [x: number, y: number | null])[];
  /** Behind the others and thin: what the others are a summary of. */
  readonly faint?: boolean;
  /** Points that are joined by steps rather than by lines. */
  readonly stepped?: boolean;
  readonly dashed?: boolean;
  /** Points that are measured one by one: each gets a mark. */
  readonly marked?: boolean;
}

/** A straight line across the chart. */
export interface Rule {
  readonly at: number;
  readonly across: "x" | "y";
  readonly text: string;
}

/** An axis: which numbers it shows, and of what. */
export interface Axis extends Domain {
  readonly label: string;
  readonly format?: (x: number) => string;
}

/** All that is drawn. */
export interface LineChart {
  readonly title: string;
  readonly series: readonly Series[];
  readonly x: Axis;
  readonly y: Axis;
  readonly rules?: readonly Rule[];
  readonly width?: number;
  readonly height?: number;
  /** Where the names of the curves begin, as a share of the height from the top. */
  readonly key?: number;
}

const margin = { left: 44, right: 20, top: 12, bottom: 34 };
const grid = { stroke: "currentColor", "stroke-opacity": 0.14 };

/** The chart as SVG. */
export function lineChart(chart: LineChart): string {
  const { title, series, x, y, rules = [], width = 360, height = 220, key = 0 } = chart;
  const [right, bottom] = [width - margin.right, height - margin.bottom];
  const across = scale(x, margin.left, right);
  const up = scale(y, bottom, margin.top);
  const clamp = (v: number): number => Math.min(Math.max(v, Math.min(y.from, y.to)), Math.max(y.from, y.to));
  const place = ([px, py]: readonly [number, number]): [number, number] => [
    round(across(px)),
    round(up(clamp(py))),
  ];
  const parts = [
    ...ticks(y, 4).map((v) => horizontal(up(v), right, (y.format ?? plain)(v))),
    ...ticks(x, width < 400 ? 3 : 6).map((v) =>
      label(across(v), bottom + 15, (x.format ?? plain)(v), { "text-anchor": "middle", opacity: 0.75 }),
    ),
    label((margin.left + right) / 2, height - 4, x.label, { "text-anchor": "middle", opacity: 0.75 }),
    ...rules.map((rule) =>
      ruleMark(rule, rule.across === "x" ? up(clamp(rule.at)) : across(rule.at), right, bottom),
    ),
    ...[...series]
      .sort((a, b) => Number(b.faint ?? false) - Number(a.faint ?? false))
      .map((s) => curve(s, place)),
    ...legend(
      series.filter((s) => s.faint !== true && s.points.length > 0),
      right,
      margin.top + 8 + key * height,
    ),
  ];
  return picture(width, height, title, parts.join(""));
}

/** Which curve is which, where there are several; on the right. */
function legend(series: readonly Series[], right: number, top: number): string[] {
  if (series.length < 2) return [];
  return series.map(({ name, colour, dashed }, i) => {
    const y = top + 16 * i;
    const dashes = dashed === true ? "6 4" : "none";
    const ends = { x1: right - 22, x2: right, y1: y, y2: y };
    const line = tag("line", { ...ends, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dashes });
    return line + label(right - 28, y + 4, name, { "text-anchor": "end" });
  });
}

const plain = (x: number): string =>
  Math.abs(x) >= 10_000 ? x.toExponential(0).replace("e+", "e") : String(x);

const horizontal = (at: number, right: number, text: string): string =>
  tag("line", { x1: margin.left, x2: right, y1: round(at), y2: round(at), ...grid }) +
  label(margin.left - 6, at + 4, text, { "text-anchor": "end", opacity: 0.75 });

function ruleMark({ across, text }: Rule, at: number, right: number, bottom: number): string {
  const line =
    across === "x"
      ? { x1: margin.left, x2: right, y1: round(at), y2: round(at) }
      : { x1: round(at), x2: round(at), y1: margin.top, y2: bottom };
  const words =
    across === "x"
      ? label(right, at - 4, text, { "text-anchor": "end", "font-size": 11 })
      : label(at + 4, margin.top + 9, text, { "font-size": 11 });
  return (
    tag("line", { ...line, stroke: "currentColor", "stroke-dasharray": "4 3", "stroke-opacity": 0.7 }) + words
  );
}

function curve(
  { points, colour, faint, stepped, dashed, marked }: Series,
  place: (point: readonly [number, number]) => [number, number],
): string {
  let [path, pen, marks] = ["", "M", ""];
  for (const [px, py] of points) {
    if (py === null || !Number.isFinite(py)) {
      pen = "M";
      continue;
    }
    const [h, v] = place([px, py]);
    path += stepped === true && pen === "L" ? `H${h}V${v}` : `${pen}${h} ${v}`;
    if (marked === true) marks += tag("circle", { cx: h, cy: v, r: 4, fill: colour });
    pen = "L";
  }
  const line = tag("path", {
    d: path === "" ? "M0 0" : path,
    fill: "none",
    stroke: colour,
    "stroke-width": faint === true ? 1 : 2.5,
    "stroke-opacity": faint === true ? 0.45 : 1,
    "stroke-linejoin": "round",
    ...(dashed === true ? { "stroke-dasharray": "6 4" } : {}),
  });
  return line + marks;
}
