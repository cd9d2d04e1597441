/** How the spectral dimension of sparse invariant polynomials grows, on logarithmic scales. */

import * as Plot from "@observablehq/plot";
import { figureOf, inColour, legend, palette, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { telling } from "../../report/tell.ts";
import type { DimensionSeries } from "./study.ts";

const colourAt = (i: number): string => palette[i % palette.length];

/** log2 of d_eff = C(m, k) against m, one line a degree. */
export function invariantDimensionFigure(series: readonly DimensionSeries[], document: Document): Figure {
  const slopes = series.map((s) => `${s.slope.toFixed(2)} for k = ${s.degree}`);
  const title = `The dimension C(m, k) grows with the number of invariants m: slope ${slopes.join(", ")}`;
  const points = series.flatMap((s, i) => s.points.map((p) => ({ ...p, series: i })));
  const svg = plot(document, title, {
    x: { type: "log", base: 2, label: "invariants m (log scale)", tickFormat: "d" },
    y: { label: "log2 of the dimension C(m, k)" },
    marks: [
      Plot.line(points, {
        x: "variables",
        y: "log2Dimension",
        z: "series",
        stroke: (p: { series: number }) => colourAt(p.series),
        strokeWidth: 1.8,
      }),
      Plot.dot(points, {
        ...telling(),
        x: "variables",
        y: "log2Dimension",
        r: 4,
        ...inColour((p: { series: number }) => colourAt(p.series)),
      }),
      ...legend(series.map((s, i) => [`k = ${s.degree}: slope ${s.slope.toFixed(2)}`, colourAt(i)] as const)),
    ],
  });
  const rows = points.map(({ variables, degree, log2Dimension, series: i }) => ({
    series: `k = ${series[i].degree}`,
    variables,
    degree,
    log2Dimension,
  }));
  return figureOf("invariant-dimension", title, svg, rows);
}
