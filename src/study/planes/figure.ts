/** Hidden planes: how fast their correlations fall with the dimension, and what lists of them certify. */

import * as Plot from "@observablehq/plot";
import type { Growth, PlaneStatistics, Spread } from "./study.ts";
import { colourBar } from "../../report/colour-bar.ts";
import { colours, figureOf, inColour, legend, palette, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { telling } from "../../report/tell.ts";
import { sentences } from "../../report/page.ts";

export function correlationFigure({ spreads, scalings }: PlaneStatistics, document: Document): Figure {
  const falls = scalings.map((s) => `${s.slope.toFixed(2)} at k = ${s.k}`);
  const title = `Random planes correlate less the more features there are: slope ${falls.join(", ")}`;
  const degrees = scalings.map((s) => s.k);
  const colour = (k: number): string => palette[degrees.indexOf(k) % palette.length];
  const svg = plot(document, title, {
    marginLeft: 64,
    marginRight: 230,
    x: { type: "log", base: 2, label: "features d (log scale)", tickFormat: "d" },
    y: { type: "log", label: "root-mean-square correlation (log scale)", ticks: 6, tickFormat: "~e" },
    marks: [
      Plot.line(spreads, {
        x: "d",
        y: "bound",
        z: "k",
        stroke: (s: Spread) => colour(s.k),
        strokeDasharray: "3,4",
      }),
      Plot.line(spreads, {
        x: "d",
        y: "rootMeanSquare",
        z: "k",
        stroke: (s: Spread) => colour(s.k),
        strokeWidth: 1.8,
      }),
      Plot.dot(spreads, {
        ...telling(),
        x: "d",
        y: "rootMeanSquare",
        r: 4,
        ...inColour((s: Spread) => colour(s.k)),
      }),
      ...legend(
        scalings.map(
          (s) => [`k = ${s.k}: slope ${s.slope.toFixed(2)}, proved ${s.proved}`, colour(s.k)] as const,
        ),
      ),
    ],
  });
  const rows = spreads.map(({ d, k, rootMeanSquare, bound }) => ({ d, k, rootMeanSquare, bound }));
  return figureOf("plane-correlations", title, svg, rows);
}

export function correlationCaption({ spreads, scalings }: PlaneStatistics): string {
  const ds = spreads.map((s) => s.d);
  const slopes = scalings.map((s) => `${s.slope.toFixed(2)} at k = ${s.k} (proved ${s.proved})`).join(", ");
  return sentences(
    `Planes drawn uniformly, d = ${Math.min(...ds)} to ${Math.max(...ds)},`,
    "every pair by the closed form or its series.",
    `Slopes by least squares over all of these d: ${slopes}.`,
    "Dashed: 1/sqrt(dim H_k), which Schur's lemma forbids the root mean square to exceed.",
  );
}

export function growthFigure({ growths }: PlaneStatistics, document: Document): Figure {
  const longest = Math.max(...growths.map((g) => g.count));
  const least = Math.min(
    ...growths.filter((g) => g.count === longest).map((g) => g.effective / g.harmonicDimension),
  );
  const title = `Lists of ${longest} planes certify at least ${least.toFixed(2)} of what all planes do`;
  const name = (g: Growth): string => `d = ${g.d}, k = ${g.k}: dim H_k = ${g.harmonicDimension}`;
  const series = [...new Set(growths.map(name))];
  const colour = (g: Growth): string => palette[series.indexOf(name(g)) % palette.length];
  const ends = series.map((s) => growths.find((g) => name(g) === s)!);
  const svg = plot(document, title, {
    marginRight: 230,
    x: { type: "log", label: "planes in the list, D (log scale)", tickFormat: "d" },
    y: { type: "log", label: "D / lambda (log scale)", tickFormat: "d", ticks: 5 },
    marks: [
      Plot.ruleY(ends, { y: "harmonicDimension", stroke: colour, strokeDasharray: "3,4" }),
      Plot.line(growths, { x: "count", y: "effective", z: name, stroke: colour, strokeWidth: 1.8 }),
      Plot.dot(growths, { ...telling(), x: "count", y: "effective", r: 4, ...inColour(colour) }),
      ...legend(ends.map((g) => [name(g), colour(g)] as const)),
    ],
  });
  const rows = growths.map(({ d, k, count, effective, harmonicDimension }) => ({
    d,
    k,
    count,
    effective,
    harmonicDimension,
  }));
  return figureOf("plane-dimension", title, svg, rows);
}

export function growthCaption({ growths }: PlaneStatistics): string {
  const longest = Math.max(...growths.map((g) => g.count));
  const ends = growths.filter((g) => g.count === longest);
  const reached = ends.map((g) => `${g.effective.toFixed(1)} of ${g.harmonicDimension}`).join(", ");
  return sentences(
    "Dashed: dim H_k, the certificate over all planes.",
    `D / lambda of the first D planes of a list comes up to it from below: ${reached} at D = ${longest}.`,
    "A list can certify no more than its length.",
  );
}

export function gramFigure({ heat }: PlaneStatistics, document: Document): Figure {
  const cells = heat.gram.flatMap((row, i) => row.map((value, j) => ({ i, j, value })));
  const beside = cells.filter(({ i, j }) => i > j); // symmetric: one half says all
  const largest = Math.max(...beside.map((c) => Math.abs(c.value)));
  const title = sentences(
    `Of ${heat.gram.length} planes, d = ${heat.d}, k = ${heat.k},`,
    `no two correlate by more than ${largest.toFixed(2)}`,
  );
  const size = 400;
  const svg = plot(document, title, {
    width: size + 180,
    height: size + 40,
    marginLeft: 20,
    marginRight: 160,
    marginBottom: 20,
    grid: false,
    x: { axis: null, padding: 0 },
    y: { axis: null, padding: 0 },
    color: { type: "diverging", scheme: "PuOr", domain: [-largest, largest] },
    marks: [
      Plot.cell(beside, { ...telling(beside.map((c) => cells.indexOf(c))), x: "j", y: "i", fill: "value" }),
      Plot.cell(
        cells.filter(({ i, j }) => i === j),
        { x: "j", y: "i", fill: () => colours.baseline },
      ),
      ...correlationBar(largest),
    ],
  });
  return figureOf(
    "plane-gram",
    title,
    svg,
    cells.map(({ i, j, value }) => ({ i, j, value })),
  );
}

/** What the colours mean, beside the frame: from the largest correlation at the top down to its opposite. */
function correlationBar(largest: number) {
  const steps = Array.from({ length: 21 }, (_, i) => (1 - i / 10) * largest);
  const note = (text: string, dx: number, dy: number) =>
    Plot.text([text], { frameAnchor: "top-right", dx, dy, textAnchor: "start", fill: "currentColor" });
  return [
    colourBar(steps, {
      corner: ({ width, marginRight, marginTop }) => ({ x: width - marginRight + 24, y: marginTop + 5 }),
      length: 210,
      thickness: 12,
      upright: true,
    }),
    ...[0, 10, 20].map((i) => note(steps[i].toPrecision(2), 42, 10 + 10 * i)),
    note("correlation", 16, 232),
  ];
}

export const gramCaption = ({ heat }: PlaneStatistics): string =>
  sentences(
    `Correlations of ${heat.gram.length} random planes in closed form, each pair once; the diagonal, 1, is grey.`,
    "A dimension this small is chosen so that anything shows beside the diagonal.",
  );
