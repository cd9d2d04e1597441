/** The escapes' cost in examples: explained variance against samples, one colour a learner. */

import * as Plot from "@observablehq/plot";
import type { SampleCurve } from "./study.ts";
import { figureOf, legend, palette, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { sentences } from "../../report/page.ts";
import { mean } from "../../base/statistics.ts";

export function sampleCurveFigure(curves: readonly SampleCurve[], document: Document): Figure {
  const title = "What the escapes need: explained variance against the number of examples";
  const name = (c: SampleCurve): string => `${c.learner}, ${c.family}`;
  const colour = (of: string): string => palette[curves.findIndex((c) => name(c) === of) % palette.length];
  const points = curves.flatMap((c) =>
    c.points.map((p) => ({ ...p, curve: name(c), shown: Math.max(-0.1, p.explained) })),
  );
  const means = curves.flatMap((c) =>
    [...new Set(c.points.map((p) => p.samples))].map((samples) => ({
      curve: name(c),
      samples,
      mean: mean(c.points.filter((p) => p.samples === samples).map((p) => Math.max(-0.1, p.explained))),
    })),
  );
  const svg = plot(document, title, {
    marginRight: 290,
    x: { type: "log", label: "labelled examples (log scale)", tickFormat: "~s" },
    y: { label: "explained variance on fresh samples (below -0.1 drawn at -0.1)", domain: [-0.12, 1.04] },
    marks: [
      Plot.ruleY([0, 1], { stroke: "#888888", strokeDasharray: "2,4" }),
      Plot.line(means, {
        x: "samples",
        y: "mean",
        z: "curve",
        stroke: (d: { curve: string }) => colour(d.curve),
        strokeWidth: 1.8,
      }),
      Plot.dot(points, {
        x: "samples",
        y: "shown",
        r: 3.5,
        fill: (d: { curve: string }) => colour(d.curve),
        fillOpacity: 0.6,
        stroke: "none",
      }),
      ...legend(curves.map((c) => [name(c), colour(name(c))] as const)),
    ],
  });
  const rows = points.map(({ curve, samples, seed, explained, exact }) => ({
    curve,
    samples,
    seed,
    explained,
    exact: String(exact),
  }));
  return figureOf("escape-samples", title, svg, rows);
}

/** The least number of examples at which every seed explained at least 0.99, in words. */
export function sampleCurveCaption(curves: readonly SampleCurve[]): string {
  const parts = curves.map((c) => {
    const sizes = [...new Set(c.points.map((p) => p.samples))].sort((a, b) => a - b);
    const enough = sizes.find((s) =>
      c.points.filter((p) => p.samples === s).every((p) => p.explained >= 0.99),
    );
    const seeds = new Set(c.points.map((p) => p.seed)).size;
    const outcome =
      enough === undefined
        ? "not all at 0.99 with any of the sizes tried"
        : `all above 0.99 from ${enough.toLocaleString("en")} examples on`;
    return `${c.learner} on ${c.family} (${seeds} seeds): ${outcome}`;
  });
  return sentences(
    "One dot a run, lines join the means.",
    `${parts.join("; ")}.`,
    "None of these learners is covered by the certificate's model: they use more of the label than its correlations.",
  );
}
