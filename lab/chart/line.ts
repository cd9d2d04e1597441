/** Curves over one horizontal axis, with rules that they are held against. */

import { legend, strokeOf, type Key } from "./legend.ts";
import { scale, ticks, type Domain } from "./scale.ts";
import { grid, halo, label, picture, quiet, round, tag, widthOf } from "./svg.ts";

/** A curve; points without a value leave a gap. */
export interface Series extends Key {
  readonly points: readonly (readonly [x: number, y: number | null])[];
  /** Points that are joined by steps rather than by lines. */
  readonly stepped?: boolean;
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
  /** In proportion to the width unless it is given. */
  readonly height?: number;
}

/** Neither too flat to read nor too high for a screen. */
const heightOf = (width: number): number => Math.round(Math.min(340, Math.max(220, 0.42 * width)));

/** Where the lines of the chart's frame lie. */
interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The chart as SVG. */
export function lineChart(chart: LineChart): string {
  const { title, series, x, y, rules = [], width = 360, height = heightOf(width) } = chart;
  const levels = ticks(y, 4).map((v) => ({ v, text: (y.format ?? plain)(v) }));
  const left = Math.max(24, ...levels.map(({ text }) => widthOf(text))) + 8;
  const keys = legend(series, widthOf(y.label) + 14, width);
  const frame = { left, right: width - 16, top: keys.height + 8, bottom: height - 36 };
  const across = scale(x, frame.left, frame.right);
  const up = scale(y, frame.bottom, frame.top);
  const clamp = (v: number): number => Math.min(Math.max(v, Math.min(y.from, y.to)), Math.max(y.from, y.to));
  const place = ([px, py]: readonly [number, number]): [number, number] => [
    round(across(px)),
    round(up(clamp(py))),
  ];
  const parts = [
    keys.markup,
    label(2, 12, y.label, quiet),
    ...levels.map(({ v, text }) => horizontal(up(v), frame, text)),
    ...marksBelow(x, across, frame).map(({ at, text }) =>
      label(at, frame.bottom + 15, text, { "text-anchor": "middle", ...quiet }),
    ),
    label((left + frame.right) / 2, height - 5, x.label, { "text-anchor": "middle", ...quiet }),
    ...[...series]
      .sort((a, b) => Number(b.faint ?? false) - Number(a.faint ?? false))
      .map((s) => curve(s, place)),
    ...rules.map((rule) => ruleMark(rule, rule.across === "x" ? up(clamp(rule.at)) : across(rule.at), frame)),
  ];
  return picture(width, height, title, parts.join(""));
}

/** The ticks across, without those whose numbers would touch the one before. */
function marksBelow(x: Axis, across: (x: number) => number, { left, right }: Frame) {
  const marks = ticks(x, right - left < 350 ? 3 : 6).map((v) => {
    const text = (x.format ?? plain)(v);
    return { at: Math.min(across(v), right + 14 - widthOf(text) / 2), text, half: widthOf(text) / 2 };
  });
  let free = -Infinity;
  return marks.filter(({ at, half }) => {
    if (at - half < free) return false;
    free = at + half + 6;
    return true;
  });
}

const plain = (x: number): string =>
  Math.abs(x) >= 10_000 ? x.toExponential(0).replace("e+", "e") : String(x);

const horizontal = (at: number, { left, right }: Frame, text: string): string =>
  tag("line", { x1: left, x2: right, y1: round(at), y2: round(at), ...grid }) +
  label(left - 6, at + 4, text, { "text-anchor": "end", ...quiet });

function ruleMark({ across, text }: Rule, at: number, { left, right, top, bottom }: Frame): string {
  const flat = across === "x";
  const ends = flat ? { x1: left, x2: right, y1: at, y2: at } : { x1: at, x2: at, y1: top, y2: bottom };
  const words = flat
    ? label(right, at - 4, text, { "text-anchor": "end", "font-size": 11, ...halo })
    : label(at + 4, top + 9, text, { "font-size": 11, ...halo });
  const line = Object.fromEntries(Object.entries(ends).map(([name, v]) => [name, round(v)]));
  return (
    tag("line", { ...line, stroke: "currentColor", "stroke-dasharray": "4 3", "stroke-opacity": 0.7 }) + words
  );
}

function curve(series: Series, place: (point: readonly [number, number]) => [number, number]): string {
  const { points, colour, stepped, marked } = series;
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
    "stroke-linejoin": "round",
    ...strokeOf(series),
  });
  return line + marks;
}
