/**
 * Scaling: the exponents with which what is left unexplained, and the steps until a training stops by itself, grow
 * along a name of a sweep. Least squares on logarithmic scales, through the means over the seeds; the interval comes
 * from drawing the seeds anew (2000 times): it says how far other seeds would move the slope, not whether a power law
 * holds.
 */

import * as Plot from "@observablehq/plot";
import { bootstrap, mean } from "../../base/statistics.ts";
import { logLogSlope } from "../../numeric/slope.ts";
import { figureOf, inColour, legend, plot } from "../../report/figure.ts";
import { capital, sentences, type Table } from "../../report/page.ts";
import type { Drawn } from "./curves.ts";
import { colourAt } from "./layout.ts";
import { brief, grouped, outcomeIn, type SweepAxis, type SweepCell, type SweepData } from "./read.ts";

/** Fewer values of a name or fewer seeds than these give no slope, or no interval. */
const [VALUES, SEEDS] = [3, 3];

interface FitPoint {
  readonly x: number;
  /** By seed. */
  readonly values: ReadonlyMap<number, number>;
}

/** A power law y = c x^slope. */
export interface Fit {
  readonly quantity: string;
  readonly family: string;
  readonly axis: string;
  /** The values of the other names. */
  readonly at: string;
  readonly slope: number;
  /** 95 %; null from fewer than three seeds. */
  readonly interval: readonly [number, number] | null;
  /** Share of the variance of log y along the line. */
  readonly fit: number;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

type Quantity = readonly [name: string, of: (trial: SweepCell["trials"][number]) => number | null];

const quantities: readonly Quantity[] = [
  [
    "unexplained share",
    ({ record }) => {
      const explained = outcomeIn(record, "final_explained_variance");
      return explained === null ? null : 1 - explained;
    },
  ],
  [
    "steps until it stopped",
    ({ record }) => {
      const { stopped } = record.result as { stopped?: string };
      return stopped === "reached" ? outcomeIn(record, "steps") : null;
    },
  ],
];

/** The slopes along every name that has three positive numbers or more, in every combination of the others. */
export const fitsOf = ({ axes, cells }: SweepData, family: string): Fit[] =>
  axes
    .filter(({ isNumeric, values }) => isNumeric && values.length >= VALUES && Number(values[0]) > 0)
    .flatMap((axis) => {
      const others = axes.filter((other) => other !== axis);
      return quantities.flatMap(([quantity, of]) =>
        [...grouped(cells, others)].flatMap(
          ([at, same]) => fitOf({ quantity, family, axis: axis.name, at }, pointsOf(same, axis, of)) ?? [],
        ),
      );
    });

function pointsOf(cells: readonly SweepCell[], { name }: SweepAxis, of: Quantity[1]): FitPoint[] {
  return cells.flatMap((cell) => {
    const values = new Map(
      cell.trials.flatMap((trial) => {
        const value = of(trial);
        return value === null || value <= 0 ? [] : [[trial.seed, value] as const];
      }),
    );
    return values.size === 0 ? [] : [{ x: Number(cell.values[name]), values }];
  });
}

/** Of a seed, its values as points; with seeds drawn twice, the mean counts them twice. */
function meansOf(points: readonly FitPoint[], seeds: readonly number[]) {
  return points.flatMap(({ x, values }) => {
    const drawn = seeds.flatMap((seed) => values.get(seed) ?? []);
    return drawn.length === 0 ? [] : [{ x, y: mean(drawn) }];
  });
}

function fitOf(
  of: Pick<Fit, "quantity" | "family" | "axis" | "at">,
  points: readonly FitPoint[],
): Fit | null {
  const seeds = [...new Set(points.flatMap(({ values }) => [...values.keys()]))];
  const means = meansOf(points, seeds);
  if (means.length < VALUES || new Set(means.map(({ y }) => y)).size < 2) return null;
  const slopeOf = (sample: readonly number[]): number => logLogSlope(meansOf(points, sample));
  const slope = slopeOf(seeds);
  const name = `slope ${of.quantity} ${of.family} ${of.axis} ${of.at}`;
  const interval = seeds.length < SEEDS ? null : bootstrap(seeds, slopeOf, name);
  return { ...of, slope, interval, fit: explainedBy(means, slope), points: means };
}

function explainedBy(points: Fit["points"], slope: number): number {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const [mx, my] = [mean(logs.map((p) => p.x)), mean(logs.map((p) => p.y))];
  const total = logs.reduce((sum, p) => sum + (p.y - my) ** 2, 0);
  const left = logs.reduce((sum, p) => sum + (p.y - my - slope * (p.x - mx)) ** 2, 0);
  return 1 - left / total;
}

const slopeText = ({ slope, interval }: Fit): string =>
  interval === null
    ? slope.toFixed(2)
    : `${slope.toFixed(2)} (${interval.map((x) => x.toFixed(2)).join(" to ")})`;

export const fitTable = (fits: readonly Fit[]): Table => ({
  head: ["quantity", "family", "along", "at", "values", "slope", "95 % low", "95 % high", "R²"],
  rows: fits.map(({ quantity, family, axis, at, points, slope, interval, fit }) => [
    quantity,
    family,
    axis,
    at === "" ? "-" : at,
    String(points.length),
    brief(slope),
    brief(interval?.[0] ?? null),
    brief(interval?.[1] ?? null),
    fit.toFixed(3),
  ]),
});

/** Lines that one figure can tell apart. */
const LINES = 6;

/** The points and lines of one quantity along one name. */
export function scalingFigure(fits: readonly Fit[], document: Document): Drawn {
  const [{ quantity, axis }] = fits;
  const shown = fits.slice(0, LINES);
  const title = `${capital(quantity)} against ${axis}`;
  const points = shown.flatMap(({ points: own, at }, i) =>
    own.map((p) => ({ ...p, at, colour: colourAt(i) })),
  );
  const lines = shown.flatMap((fit, i) => lineOf(fit).map((p) => ({ ...p, colour: colourAt(i) })));
  const colour = (p: { readonly colour: string }): string => p.colour;
  const svg = plot(document, title, {
    marginRight: 330,
    x: { type: "log", label: `${axis} (log scale)`, ticks: 6, tickFormat: "~g" },
    y: { type: "log", label: `${quantity} (log scale)`, ticks: 6, tickFormat: "~g" },
    marks: [
      Plot.line(lines, { x: "x", y: "y", z: "colour", stroke: colour, strokeDasharray: "5,4" }),
      Plot.dot(points, { x: "x", y: "y", r: 4, ...inColour(colour) }),
      ...legend(
        shown.map(
          (fit, i) => [`${fit.at === "" ? "" : `${fit.at}: `}${slopeText(fit)}`, colourAt(i)] as const,
        ),
      ),
    ],
  });
  const rows = shown.flatMap(({ points: own, at }) =>
    own.map(({ x, y }) => ({ ...(at === "" ? {} : { at }), [axis]: x, mean: y })),
  );
  return {
    figure: figureOf(`scaling-${quantity.split(" ")[0]}-${axis}`, title, svg, rows),
    caption: sentences(
      "Means over the seeds, and the power law through them by least squares of the logarithms;",
      "in the legend its exponent, with 95 % over seeds drawn anew where there are three or more.",
      "R² in the table says how much of a power law it is: a share that comes to rest at 1 is none.",
      fits.length > LINES ? `${fits.length - LINES} more are in the table only.` : undefined,
    ),
  };
}

/** The ends of a fitted line. */
function lineOf({ points, slope }: Fit): { x: number; y: number }[] {
  const level = mean(points.map(({ x, y }) => Math.log(y) - slope * Math.log(x)));
  return points.map(({ x }) => ({ x, y: Math.exp(level + slope * Math.log(x)) }));
}
