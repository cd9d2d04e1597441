/**
 * What figures are made with: palette, plots serialised as SVG, legends, and the table that a figure was drawn from.
 */

import * as Plot from "@observablehq/plot";
import type { Figure } from "./drawing.ts";

/** Okabe and Ito's palette, distinguishable with colour-vision deficiencies and on light and dark ground. */
export const colours = { hard: "#0072B2", easy: "#D55E00", other: "#009E73", baseline: "#888888" };
/** More of that palette, for series without a role. */
export const palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

/** Serialises a plot: namespace, a title for readers of the page, and text in the colour of its surroundings. */
function serialise(element: Element, title: string): string {
  const svg = element.tagName.toLowerCase() === "svg" ? element : element.querySelector("svg:last-of-type")!;
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", title);
  return svg.outerHTML.replace(/--plot-background: white/g, "--plot-background: transparent");
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
    style: {
      background: "transparent",
      color: "currentColor",
      fontSize: "13px",
      fontFamily: "system-ui, sans-serif",
    },
    ...options,
  });
  return serialise(element, title);
}

/**
 * A legend in the right margin, drawn as marks so that it is part of the saved file; of panels, beside the last one.
 */
export const legend = (entries: readonly (readonly [string, string, "times"?])[], lastPanel?: number) =>
  entries.flatMap(([name, colour, symbol], i) => [
    Plot.dot([0], {
      ...(lastPanel === undefined ? {} : { fx: [lastPanel] }),
      frameAnchor: "top-right",
      dx: 16,
      dy: 8 + 20 * i,
      r: symbol === undefined ? 5 : 3.5,
      ...(symbol === undefined ? { fill: colour, stroke: "none" } : { symbol, stroke: colour }),
    }),
    Plot.text([name], {
      ...(lastPanel === undefined ? {} : { fx: [lastPanel] }),
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
