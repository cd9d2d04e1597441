/** What the escapes need as a parameter grows: examples and seconds on logarithmic scales. */

import { hundredths } from "../../base/hundredths.ts";
import * as Plot from "@observablehq/plot";
import type { SampleNeed, ShownNeed, TimedNeed } from "./study.ts";
import { logLogSlope } from "../../numeric/slope.ts";
import { figureOf, inColour, legend, palette, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { telling } from "../../report/tell.ts";
import { sentences } from "../../report/page.ts";

const colourAt = (i: number): string => palette[i % palette.length];

/** The name of one of several needs: of the family's parameters, those in which needs of the same kind differ. */
function needName({ learner, parameter, params = {} }: ShownNeed, all: readonly ShownNeed[]): string {
  const alike = all.filter((n) => n.learner === learner && n.parameter === parameter);
  const own = Object.entries(params)
    .filter(([key, value]) => alike.some((n) => n.params?.[key] !== value))
    .map(([key, value]) => (typeof value === "string" ? value : `${key} ${String(value)}`));
  return [learner, ...own].join(", ");
}

function fitted({ parameter, slope, against }: Pick<ShownNeed, "parameter" | "slope" | "against">): string {
  if (slope === null) return `in ${parameter}`;
  const power = hundredths(slope);
  return against === "value" ? `10^(${power} ${parameter})` : `${parameter}^${power}`;
}

interface NeedPlot {
  readonly name: string;
  readonly title: string;
  readonly x: Plot.ScaleOptions;
  readonly y: string;
  /** Whether names stand beside the series: not where the title says the only one's. */
  readonly named: boolean;
  readonly series: readonly {
    readonly name: string;
    /** One a row of the figure's numbers; without a height it is not drawn. */
    readonly points: readonly {
      readonly value: number;
      readonly y: number | null;
      readonly row: Figure["rows"][number];
    }[];
  }[];
}

/** One colour a series over the parameter that grows; the vertical axis is logarithmic. */
function needPlot({ name, title, x, y, named, series }: NeedPlot, document: Document): Figure {
  const points = series.flatMap((s, i) => s.points.map((p) => ({ ...p, series: i })));
  const svg = plot(document, title, {
    ...(named ? { marginRight: 372 } : { width: 560, marginRight: 30 }),
    x: { tickFormat: "d", ...x },
    y: {
      type: "log",
      label: `${y} (log scale)`,
      tickFormat: (v: number) => (v >= 1000 ? `${v / 1000}k` : String(Number(v.toPrecision(2)))),
    },
    marks: [
      Plot.line(
        points.filter((p) => p.y !== null),
        {
          x: "value",
          y: "y",
          z: "series",
          stroke: (p: { series: number }) => colourAt(p.series),
          strokeWidth: 1.8,
        },
      ),
      Plot.dot(points, {
        ...telling(),
        x: "value",
        y: "y",
        r: 4,
        ...inColour((p: { series: number }) => colourAt(p.series)),
      }),
      ...(named ? legend(series.map((s, i) => [s.name, colourAt(i)] as const)) : []),
    ],
  });
  return figureOf(
    name,
    title,
    svg,
    points.map((p) => p.row),
  );
}

/** What every learner needs. */
const needTitle = (what: string, needs: readonly ShownNeed[]): string =>
  `${what}: ${needs.map((need) => `${fitted(need)} by ${needName(need, needs)}`).join("; ")}`;

const rowStart = ({ learner, family, parameter }: SampleNeed) => ({ learner, family, parameter });

const needSeries = (needs: readonly ShownNeed[]): NeedPlot["series"] =>
  needs.map((need) => ({
    name: needName(need, needs),
    points: need.points.map(({ value, samples }) => ({
      value,
      y: samples,
      row: { ...rowStart(need), value, samples, seeds: need.seeds },
    })),
  }));

const UNTIL = "examples until three quarters of the seeds succeed";

/** Examples needed against the parameter that grows, one colour a learner; both scales logarithmic. */
export const sampleNeedFigure = (needs: readonly ShownNeed[], document: Document): Figure =>
  needPlot(
    {
      name: "escape-needs",
      title: needTitle("Examples that the ways round need", needs),
      x: { type: "log", label: "value of the parameter (log scale)" },
      y: UNTIL,
      named: needs.length > 1,
      series: needSeries(needs),
    },
    document,
  );

/** Examples needed against a degree: powers of ten a degree. */
export const degreeNeedFigure = (needs: readonly ShownNeed[], document: Document): Figure =>
  needPlot(
    {
      name: "escape-needs-degree",
      title: needTitle("Examples needed as the terms' degree grows", needs),
      x: { label: "degree", ticks: [...new Set(needs.flatMap((n) => n.points.map((p) => p.value)))] },
      y: UNTIL,
      named: needs.length > 1,
      series: needSeries(needs),
    },
    document,
  );

/** How far the degree's curve goes, in words. */
export function degreeNeedCaption(needs: readonly SampleNeed[]): string {
  const parts = needs.map(({ learner, points, slope, seeds }) => {
    const missing = points
      .filter((p) => p.samples === null)
      .map(({ value, tried }) => {
        const last = tried[tried.length - 1];
        const most = last.samples.toLocaleString("en");
        return `degree ${value} succeeded in ${last.successes} of ${seeds} seeds with ${most}, the most tried`;
      });
    const fit =
      slope === null
        ? "too few degrees for a slope"
        : `a factor ${(10 ** slope).toPrecision(2)} a degree (slope ${slope.toFixed(2)} of log10)`;
    return [`${learner}: ${fit}`, ...missing].join("; ");
  });
  return sentences(
    "The least number tried, doubling, with which at least three quarters of the seeds find every term",
    "with coefficients within 5 %.",
    `${parts.join(". ")}.`,
    "Growing-Basis takes the variables on which the label's size depends, and measures the coefficient of every",
    "monomial in them on the examples with these within an interval (.99 of them), by medians of five means.",
  );
}

/** Seconds a run with the needed number of examples took, against the parameter that grows. */
export function needTimeFigure(timed: readonly TimedNeed[], document: Document): Figure {
  const needs = timed.map(({ need }) => need);
  return needPlot(
    {
      name: "escape-times",
      title: "Time the escapes take as the family grows, with the examples they need",
      x: { type: "log", label: "value of the parameter (log scale)" },
      y: "seconds, median over the seeds",
      named: true,
      series: timed.map(({ need, times }) => {
        const slope = times.length < 2 ? null : logLogSlope(times.map((t) => ({ x: t.value, y: t.seconds })));
        return {
          name: `${needName(need, needs)}: ${fitted({ ...need, slope })}`,
          points: times.map(({ value, samples, seconds }) => ({
            value,
            y: seconds,
            row: { ...rowStart(need), value, samples, seconds },
          })),
        };
      }),
    },
    document,
  );
}
