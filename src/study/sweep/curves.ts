/** The outcome along an axis, and trainings by their steps: means with bands from the least to the greatest seed. */

import * as Plot from "@observablehq/plot";
import { mean } from "../../base/statistics.ts";
import { recordsOf } from "../../run/record.ts";
import { figureOf, inColour, legend, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { capital, sentences } from "../../report/page.ts";
import {
  besideX,
  colourAt,
  leftOut,
  panelled,
  panelsOf,
  placeOn,
  scaleOf,
  spread,
  type Layout,
} from "./layout.ts";
import {
  outcomeLabels,
  outcomesOf,
  valueText,
  type SweepAxis,
  type SweepCell,
  type SweepData,
} from "./read.ts";

interface Point {
  readonly panel: string;
  readonly series: string;
  readonly x: number | string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
}

/** What a caption has to add to a figure. */
export interface Drawn {
  readonly figure: Figure;
  readonly caption: string;
}

function band(values: readonly number[]): Pick<Point, "mean" | "low" | "high" | "seeds"> {
  return { mean: mean(values), low: Math.min(...values), high: Math.max(...values), seeds: values.length };
}

const seriesOf = (axis: SweepAxis | undefined, { values }: SweepCell): string =>
  axis === undefined ? "" : valueText(values[axis.name]);

/** Bands, lines and dots; what has no order along x gets a rule for its band and no line. */
function marks(
  points: readonly Point[],
  names: readonly string[],
  title: string,
  joined: boolean,
  dots: boolean,
) {
  const colour = (p: Point): string => colourAt(names.indexOf(p.series));
  const at = { fx: "panel", x: "x", z: "series" } as const;
  const panel = points[points.length - 1]?.panel;
  const entries = names.map(
    (name, i) => [title === "" ? "all trials" : `${title} ${name}`, colourAt(i)] as const,
  );
  return [
    ...(joined
      ? [
          Plot.areaY(points, { ...at, y1: "low", y2: "high", fill: colour, fillOpacity: 0.16 }),
          Plot.line(points, { ...at, y: "mean", stroke: colour, strokeWidth: 1.8 }),
        ]
      : [
          Plot.ruleX(points, {
            fx: "panel",
            x: "x",
            y1: "low",
            y2: "high",
            stroke: colour,
            strokeWidth: 1.5,
          }),
        ]),
    ...(dots ? [Plot.dot(points, { ...at, y: "mean", r: 4, ...inColour(colour) })] : []),
    ...legend(entries, panel === undefined ? {} : { fx: panel }),
  ];
}

/** The outcome of every cell along x; a colour a series, a panel a combination of the rest. */
export function outcomeCurves(data: SweepData, layout: Layout, document: Document): Drawn {
  const { x, series, panels } = layout;
  const { drawn, left } = panelsOf(data.cells, panels);
  const points = drawn.flatMap(([panel, cells]) =>
    cells.flatMap((cell): Point[] => {
      const values = outcomesOf(cell);
      if (values.length === 0) return [];
      return [{ panel, series: seriesOf(series, cell), x: placeOn(x, cell), ...band(values) }];
    }),
  );
  const label = outcomeLabels[data.outcome];
  const title = `${capital(label)} against ${x.name}`;
  const names = series === undefined ? [""] : series.values.map(valueText);
  const svg = plot(document, title, {
    ...panelled(drawn.length),
    x: scaleOf(x),
    y: { label },
    marks: marks(points, names, series?.name ?? "", x.isNumeric, true),
  });
  const rows = points.map(({ panel, series: s, x: at, ...rest }) => ({
    ...(panels.length > 0 ? { panel } : {}),
    ...(series === undefined ? {} : { [series.name]: s }),
    [x.name]: at,
    ...rest,
  }));
  const lost = data.cells.flatMap(({ trials }) => trials).filter(({ outcome }) => outcome === null).length;
  return {
    figure: figureOf("outcome", title, svg, rows),
    caption: sentences(
      `Mean over the seeds; the ${x.isNumeric ? "band" : "bar"} goes from the least to the greatest.`,
      lost === 0 ? undefined : `${lost} trials have no ${label} (diverged, or labels that are no classes).`,
      leftOut(left),
    ),
  };
}

/** Trainings whose curves are drawn, a colour a value of the axis. */
const LINES = 6;

/** The loss of trainings by steps, of up to six values of x; null where no training was checked twice. */
export function trainingCurves(data: SweepData, layout: Layout, document: Document): Drawn | null {
  const { x } = layout;
  const axes = besideX(layout);
  const { drawn, left } = panelsOf(data.cells, axes);
  const shown = spread(x.values.map(valueText), LINES);
  const points = drawn.flatMap(([panel, cells]) =>
    cells.flatMap((cell) => {
      const name = valueText(cell.values[x.name]);
      return shown.includes(name) ? stepsOf(cell).map((p): Point => ({ ...p, panel, series: name })) : [];
    }),
  );
  if (new Set(points.map((p) => p.x)).size < 2) return null;
  const title = "Loss on fresh samples in the course of training";
  const positive = points.every(({ low }) => low > 0);
  const svg = plot(document, title, {
    ...panelled(drawn.length),
    x: { label: "step", ticks: 4 },
    y: positive ? { type: "log", label: "loss (log scale)", ticks: 5, tickFormat: "~g" } : { label: "loss" },
    marks: marks(points, shown, x.name, true, false),
  });
  const rows = points.map(({ panel, series: value, x: step, ...rest }) => ({
    ...(axes.length > 0 ? { panel } : {}),
    [x.name]: value,
    step,
    ...rest,
  }));
  return {
    figure: figureOf("training", title, svg, rows),
    caption: sentences(
      "Mean over the seeds that were checked at a step; the band goes from the least to the greatest.",
      shown.length < x.values.length
        ? `Of ${x.values.length} values of ${x.name}, ${shown.length}.`
        : undefined,
      leftOut(left),
    ),
  };
}

/** Of a cell's trainings, the losses at each step. */
function stepsOf({ trials }: SweepCell): Omit<Point, "panel" | "series">[] {
  const bySteps = new Map<number, number[]>();
  for (const { result } of recordsOf(
    trials.map(({ record }) => record),
    "train",
  ))
    for (const { step, loss } of result.curve)
      if (loss !== null) bySteps.set(step, [...(bySteps.get(step) ?? []), loss]);
  return [...bySteps].sort(([a], [b]) => a - b).map(([x, losses]) => ({ x, ...band(losses) }));
}
