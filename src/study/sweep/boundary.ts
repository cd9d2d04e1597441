/** Transitions of a sweep: those that it seeks by bisection, or those that its grid shows. */

import * as Plot from "@observablehq/plot";
import type { BisectSpec } from "../../sweep/spec.ts";
import { transitionsOf, type CellTransition } from "../../sweep/transitions.ts";
import { mean } from "../../base/statistics.ts";
import type { StoredRecord } from "../../run/record.ts";
import { figureOf, inColour, legend, plot } from "../../report/figure.ts";
import { sentences } from "../../report/page.ts";
import type { Drawn } from "./curves.ts";
import { colourAt, scaleOf, type Layout } from "./layout.ts";
import { outcomeIn, type SweepAxis, type SweepData } from "./read.ts";
import { placeOf } from "./transition-table.ts";

/** Transitions, and the condition that holds beyond them. */
export interface Boundary {
  readonly until: string;
  readonly over: SweepAxis;
  readonly transitions: readonly CellTransition[];
}

/** Null where the sweep seeks none, and its grid shows none along the axis. */
export function boundaryOf(
  data: SweepData,
  { x }: Layout,
  records: readonly StoredRecord[],
): Boundary | null {
  const { plan } = data;
  const bisect = plan.spec.bisect ?? gridCondition(data, x);
  if (bisect === null || x.name !== bisect.over) return null;
  const families = new Set(data.cells.map(({ values }) => values["family"]));
  const all = transitionsOf(plan, records, bisect).transitions;
  const transitions = all.filter(({ family }) => families.has(family));
  const shown = plan.spec.bisect !== undefined || transitions.some((t) => t.transition?.status === "found");
  return shown ? { until: bisect.until, over: x, transitions } : null;
}

/** In a grid, a half of the variance is the line, in the direction in which the outcome goes. */
function gridCondition(
  { cells, plan }: SweepData,
  { name, isNumeric, values }: SweepAxis,
): BisectSpec | null {
  if (!isNumeric || values.length < 2) return null;
  const at = (value: unknown): number =>
    mean(
      cells
        .filter((cell) => cell.values[name] === value)
        .flatMap(({ trials }) =>
          trials.flatMap(({ record }) => outcomeIn(record, "final_explained_variance") ?? []),
        ),
    );
  const falls = at(values[0]) > at(values[values.length - 1]);
  return {
    over: name,
    until: `final_explained_variance ${falls ? "<" : ">="} 0.5`,
    seeds: plan.seeds.length,
    interval: true,
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly open: boolean;
  readonly series: string;
}

/** Where the transition lies as another name grows; null where it is not found at two numbers of another. */
export function boundaryFigure(
  { over, transitions }: Boundary,
  { axes }: SweepData,
  document: Document,
): Drawn | null {
  const along = axes.find((axis) => axis.isNumeric && axis !== over);
  if (along === undefined) return null;
  const [first, last] = [Number(over.values[0]), Number(over.values[over.values.length - 1])];
  const places = transitions.flatMap(({ values, transition }): Place[] => {
    if (transition === null || transition.estimate === null) return [];
    const { [along.name]: x, ...rest } = values;
    const [low, high] = transition.interval;
    const open = low === null || high === null;
    const series = placeOf(rest);
    return [{ x: Number(x), y: transition.estimate, low: low ?? first, high: high ?? last, open, series }];
  });
  if (new Set(places.map((place) => place.x)).size < 2) return null;
  const names = [...new Set(places.map(({ series }) => series))];
  const colour = ({ series }: Place): string => colourAt(names.indexOf(series));
  const title = `Where the transition along ${over.name} lies, by ${along.name}`;
  const svg = plot(document, title, {
    marginRight: 240,
    x: scaleOf(along),
    y: { ...scaleOf(over), domain: [first, last] },
    marks: [
      ...[true, false].map((open) =>
        Plot.ruleX(
          places.filter((place) => place.open === open),
          { x: "x", y1: "low", y2: "high", stroke: colour, ...(open ? { strokeDasharray: "3,4" } : {}) },
        ),
      ),
      Plot.line(places, { x: "x", y: "y", z: "series", stroke: colour, strokeWidth: 1.8 }),
      Plot.dot(places, { x: "x", y: "y", r: 4, ...inColour(colour) }),
      ...legend(names.map((name, i) => [name === "" ? "transition" : name, colourAt(i)] as const)),
    ],
  });
  const rows = places.map(({ x, y, low, high, open, series }) => ({
    ...(series === "" ? {} : { at: series }),
    [along.name]: x,
    estimate: y,
    low: open && low === first ? null : low,
    high: open && high === last ? null : high,
  }));
  return {
    figure: figureOf("boundary", title, svg, rows),
    caption: sentences(
      "Bars: the interval that contains the transition with 90 %; dashed where seeds or values do not close it.",
      "Transitions beyond the values that were tried are in the table only.",
    ),
  };
}
