/**
 * What figures are made with: palette, plots serialised as SVG, legends, and the table that a figure was drawn from.
 */

import * as Plot from "@observablehq/plot";
import type { Figure, Form, Series } from "./drawing.ts";
import { plotStyle } from "./chart.ts";
import { compactSvg } from "./markup.ts";

/** Okabe and Ito's palette, distinguishable with colour-vision deficiencies and on light and dark ground. */
export const colours = { hard: "#0072B2", easy: "#D55E00", other: "#009E73", baseline: "#888888" };
/** More of that palette, for series without a role; its pale colours are darker, for 3:1 on white and on black. */
export const palette = ["#0072B2", "#D55E00", "#009E73", "#B8609A", "#B07800", "#3A8DC4"];

const forms: readonly Form[] = ["circle", "triangle", "diamond2", "square", "wye", "star", "times"];

/** The form that goes with a colour: of the palette each has its own. */
const formOf = (colour: string): Form => forms[palette.indexOf(colour)] ?? "square";

/** How dots look by their colour: filled, and in its form. */
export const inColour = <T>(colour: (of: T) => string) => ({
  fill: colour,
  stroke: "none",
  symbol: (of: T) => formOf(colour(of)),
});

/** Series without a role, told apart by colour and form. */
export const seriesNamed = (names: readonly string[]): readonly Series[] =>
  names.map((name, i) => ({
    name,
    colour: palette[i % palette.length],
    form: forms[i % forms.length],
  }));

/** Serialises a plot: namespace, a title for readers of the page, and text in the colour of its surroundings. */
function serialise(element: Element, title: string): string {
  const svg = element.tagName.toLowerCase() === "svg" ? element : element.querySelector("svg:last-of-type")!;
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", title);
  return compactSvg(svg.outerHTML);
}

/** A plot in the report's style, serialised. */
export function plot(document: Document, title: string, options: Plot.PlotOptions): string {
  const element = Plot.plot({
    document,
    width: 880,
    height: 400,
    marginLeft: 56,
    marginRight: 190,
    marginBottom: 44,
    grid: true,
    style: plotStyle,
    ...options,
    // the margin on the right is the legend's
    ...(options.x == null ? {} : { x: { labelAnchor: "center", ...options.x } }),
  });
  return serialise(element, title);
}

/** A mark's one panel, as a channel. */
const beside = (panel: object): object =>
  Object.fromEntries(Object.entries(panel).map(([axis, of]) => [axis, [of]]));

function legendSign(colour: string, form: "times" | "line" | undefined, at: object) {
  if (form === "line")
    return Plot.text(["―"], {
      ...at,
      textAnchor: "middle",
      lineAnchor: "middle",
      fill: colour,
      fontWeight: 700,
      fontSize: 18,
    });
  return form === "times"
    ? Plot.dot([0], { ...at, symbol: form, stroke: colour, r: 3.5 })
    : Plot.dot([0], { ...at, symbol: formOf(colour), fill: colour, stroke: "none", r: 4.5 });
}

/**
 * A legend in the right margin, drawn as marks so that it is part of the saved file; of panels, beside one of them. An
 * entry's colour says its form, or that it is a line.
 */
export const legend = (
  entries: readonly (readonly [string, string, ("times" | "line")?])[],
  panel: { readonly fx?: number | string; readonly fy?: string } = {},
) =>
  entries.flatMap(([name, colour, form], i) => [
    legendSign(colour, form, { ...beside(panel), frameAnchor: "top-right", dx: 16, dy: 8 + 20 * i }),
    Plot.text([name], {
      ...beside(panel),
      frameAnchor: "top-right",
      dx: 28,
      dy: 2 + 20 * i,
      textAnchor: "start",
      fill: "currentColor",
    }),
  ]);

/** A figure from its parts. */
export const figureOf = (name: string, title: string, svg: string, rows: Figure["rows"]): Figure => ({
  name,
  title,
  svg,
  rows,
});

/** Comma-separated values with a header line. */
export function csv(rows: Figure["rows"]): string {
  if (rows.length === 0) return "";
  const columns = Object.keys(rows[0]);
  const cell = (value: unknown): string => {
    const text = value === null ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns.join(","), ...rows.map((r) => columns.map((c) => cell(r[c])).join(","))]
    .join("\n")
    .concat("\n");
}
