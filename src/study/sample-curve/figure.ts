/** The escapes' cost in examples: explained variance against samples, one colour a learner. */

import type { SampleCurve } from "./study.ts";
import { chartFigure } from "../../report/chart.ts";
import { seriesNamed } from "../../report/figure.ts";
import type { Chart, Figure } from "../../report/drawing.ts";
import { sentences } from "../../report/page.ts";

/** Lower values are drawn here. */
const FLOOR = -0.1;

export function sampleCurveFigure(curves: readonly SampleCurve[], document: Document): Figure {
  const name = (c: SampleCurve): string => `${c.learner}, ${c.family}`;
  const rows = curves.flatMap((c) =>
    c.points.map(({ samples, seed, explained, exact }) => ({
      curve: name(c),
      samples,
      seed,
      explained,
      exact: String(exact),
    })),
  );
  const sizes = rows.map((r) => r.samples);
  const found = curves.filter((c) => enoughFor(c) !== undefined).length;
  const chart: Chart = {
    x: {
      column: "samples",
      label: "labelled examples (log scale)",
      type: "log",
      domain: [Math.min(...sizes), Math.max(...sizes)],
    },
    y: {
      column: "explained",
      label: "explained variance",
      domain: [FLOOR, 1.04],
      ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
    },
    series: { column: "curve", of: seriesNamed(curves.map(name)) },
    joined: "seed",
    levels: [0, 1],
    filters: ["curve", "seed"],
  };
  const title = `With enough examples ${found} of ${curves.length} ways round explain 0.99 with every seed`;
  return chartFigure({ name: "escape-samples", title, rows, chart }, document);
}

/** The least number of examples with which every seed explains 0.99; undefined where none of those tried is. */
function enoughFor({ points }: SampleCurve): number | undefined {
  const sizes = [...new Set(points.map((p) => p.samples))].sort((a, b) => a - b);
  return sizes.find((s) => points.filter((p) => p.samples === s).every((p) => p.explained >= 0.99));
}

/** The least number of examples at which every seed explained at least 0.99, in words. */
export function sampleCurveCaption(curves: readonly SampleCurve[]): string {
  const parts = curves.map((c) => {
    const enough = enoughFor(c);
    const seeds = new Set(c.points.map((p) => p.seed)).size;
    const outcome =
      enough === undefined
        ? "not all at 0.99 with any of the sizes tried"
        : `all above 0.99 from ${enough.toLocaleString("en")} examples on`;
    return `${c.learner} on ${c.family} (${seeds} seeds): ${outcome}`;
  });
  return sentences(
    "One mark a run, lines join runs of a seed; values below -0.1 are drawn there.",
    `${parts.join("; ")}.`,
    "None of these learners is covered by the certificate's model: they use more of the label than its correlations.",
  );
}
