/** Figures of the invariant polynomials and of what escapes need: dimension and examples on logarithmic scales. */

import * as Plot from "@observablehq/plot";
import type { DimensionSeries } from "../experiment/invariants.ts";
import type { SampleNeed } from "../experiment/sample-need.ts";
import { figureOf, legend, palette, plot, type Figure } from "./figures.ts";

const colourAt = (i: number): string => palette[i % palette.length];

/** log2 of d_eff = C(m, k) against m, one line a degree. */
export function invariantDimensionFigure(series: readonly DimensionSeries[], document: Document): Figure {
  const title = "Spectral query dimension of sparse invariant polynomials against the number of invariants";
  const points = series.flatMap((s, i) => s.points.map((p) => ({ ...p, series: i })));
  const svg = plot(document, title, {
    x: { type: "log", base: 2, label: "invariants m (log scale)", tickFormat: "d" },
    y: { label: "log2 of the dimension C(m, k)" },
    marks: [
      Plot.line(points, { x: "variables", y: "log2Dimension", z: "series", stroke: (p: { series: number }) => colourAt(p.series), strokeWidth: 1.8 }),
      Plot.dot(points, { x: "variables", y: "log2Dimension", r: 3.5, fill: (p: { series: number }) => colourAt(p.series), stroke: "none" }),
      ...legend(series.map((s, i) => [`k = ${s.degree}: slope ${s.slope.toFixed(2)}`, colourAt(i)] as const)),
    ],
  }); // prettier-ignore
  const rows = points.map(({ variables, degree, log2Dimension, series: i }) => ({ series: `k = ${series[i].degree}`, variables, degree, log2Dimension })); // prettier-ignore
  return figureOf("invariant-dimension", title, svg, rows);
}

/** Examples needed against the parameter that grows, one colour a learner. */
export function sampleNeedFigure(needs: readonly SampleNeed[], document: Document): Figure {
  const title = "Examples the escapes need as the family grows";
  const points = needs.flatMap((need, i) =>
    need.points.flatMap(({ value, samples }) => (samples === null ? [] : [{ value, samples, series: i }])),
  );
  const name = ({ learner, parameter, slope }: SampleNeed): string =>
    `${learner} in ${parameter}${slope === null ? "" : `: slope ${slope.toFixed(2)}`}`;
  const svg = plot(document, title, {
    marginRight: 290,
    x: { type: "log", label: "value of the parameter (log scale)", tickFormat: "d" },
    y: { type: "log", label: "examples until three quarters of the seeds succeed (log scale)", tickFormat: "~s" },
    marks: [
      Plot.line(points, { x: "value", y: "samples", z: "series", stroke: (p: { series: number }) => colourAt(p.series), strokeWidth: 1.8 }),
      Plot.dot(points, { x: "value", y: "samples", r: 4, fill: (p: { series: number }) => colourAt(p.series), stroke: "none" }),
      ...legend(needs.map((need, i) => [name(need), colourAt(i)] as const)),
    ],
  }); // prettier-ignore
  const rows = needs.flatMap((need) =>
    need.points.map(({ value, samples }) => ({ learner: need.learner, family: need.family, parameter: need.parameter, value, samples, seeds: need.seeds })),
  ); // prettier-ignore
  return figureOf("escape-needs", title, svg, rows);
}
