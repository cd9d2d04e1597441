/** Group averages: how the spectral dimension grows with n, norms shrink with the group, correlations fall with n. */

import * as Plot from "@observablehq/plot";
import type { Dimension, DimensionSlope, FrameStatistics, LargestCorrelation } from "./study.ts";
import { colours, figureOf, inColour, legend, palette, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { telling } from "../../report/tell.ts";
import { sentences } from "../../report/page.ts";

const slopeText = ({ slope, proved }: DimensionSlope): string =>
  proved === null ? "no power of n" : `slope ${slope.toFixed(2)}, proved ${proved}`;

/** The least and the greatest, one number where they print alike. */
function extent(values: readonly number[], digits = 2): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((x) => x.toFixed(digits));
  return low === high ? low : `${low} to ${high}`;
}

export function frameDimensionFigure(
  { dimensions, dimensionSlopes }: FrameStatistics,
  document: Document,
): Figure {
  const fixed = dimensionSlopes.filter((s) => s.proved !== null);
  const title = sentences(
    "Cyclic averages: for a fixed order the dimension grows as a power of n, with slopes",
    `${extent(fixed.map((s) => s.slope))} where ${extent(
      fixed.map((s) => s.proved ?? 0),
      0,
    )} are proved`,
  );
  const name = (d: Pick<Dimension, "family" | "series">): string => `${d.family}, ${d.series}`;
  const series = dimensionSlopes.map(name);
  const colour = (d: Pick<Dimension, "family" | "series">): string =>
    palette[series.indexOf(name(d)) % palette.length];
  const svg = plot(document, title, {
    marginLeft: 64,
    marginRight: 350,
    x: { type: "log", base: 2, label: "n (log scale)", tickFormat: "d" },
    y: { label: "log2 of the spectral dimension" },
    marks: [
      ...(["frame-parity", "cnn-hidden-plane"] as const).map((family) =>
        Plot.line(
          dimensions.filter((d) => d.family === family),
          {
            x: "n",
            y: "log2Dimension",
            z: "series",
            stroke: colour,
            strokeWidth: 1.8,
            ...(family === "cnn-hidden-plane" ? { strokeDasharray: "5,4" } : {}),
          },
        ),
      ),
      Plot.dot(dimensions, { ...telling(), x: "n", y: "log2Dimension", r: 4, ...inColour(colour) }),
      ...legend(dimensionSlopes.map((s) => [`${name(s)}: ${slopeText(s)}`, colour(s)] as const)),
    ],
  });
  const rows = dimensions.map(({ family, series: of, n, k, log2Dimension }) => ({
    family,
    series: of,
    n,
    k,
    log2Dimension,
  }));
  return figureOf("frame-dimension", title, svg, rows);
}

export function frameDimensionCaption({ dimensionSlopes }: FrameStatistics): string {
  const fixed = dimensionSlopes.filter((s) => s.proved !== null);
  return sentences(
    "Exact: orbits of cyclic:n on k-subsets, and hidden planes by the invariant harmonics.",
    `For fixed k about n^(k-1): ${fixed.map((s) => `${s.family}, ${s.series}: ${slopeText(s)}`).join("; ")}.`,
    "Slopes by least squares over all n shown, the last with k as it grows. Dashed: hidden planes.",
    "With k the even number nearest log2 n no power of n keeps up.",
  );
}

export function averagedNormFigure({ norms, normSlope }: FrameStatistics, document: Document): Figure {
  const slope = normSlope.toFixed(2);
  const title = `Averaging over a group leaves about 1 over its order of the squared norm: slope ${slope}`;
  const smallest = norms.reduce((a, b) => (a.order < b.order ? a : b));
  const orders = norms.map((x) => x.order);
  const guide = [Math.min(...orders), Math.max(...orders)].map((order) => ({
    order,
    mean: (smallest.mean * smallest.order) / order,
  }));
  const svg = plot(document, title, {
    marginLeft: 72,
    marginRight: 230,
    x: { type: "log", base: 2, label: "order of the group (log scale)", tickFormat: "d" },
    y: {
      type: "log",
      label: "mean squared norm over that before averaging (log scale)",
      nice: true,
      ticks: 5,
      tickFormat: "~g",
    },
    marks: [
      Plot.line(guide, { x: "order", y: "mean", stroke: colours.baseline, strokeDasharray: "3,4" }),
      Plot.dot(norms, { ...telling(), x: "order", y: "mean", r: 4.5, fill: colours.hard, stroke: "none" }),
      Plot.dot(norms, {
        ...telling(),
        x: "order",
        y: "exact",
        r: 4,
        symbol: "times",
        stroke: colours.easy,
      }),
      ...legend([
        [`random planes: slope ${normSlope.toFixed(2)}`, colours.hard],
        ["invariant harmonics", colours.easy, "times"],
        ["1 / order", colours.baseline, "line"],
      ]),
    ],
  });
  const rows = norms.map(({ group, order, mean, standardError, exact }) => ({
    group,
    order,
    mean,
    standardError,
    exact,
  }));
  return figureOf("averaged-norm", title, svg, rows);
}

export const averagedNormCaption = ({ norms, normSlope }: FrameStatistics): string =>
  sentences(
    `Groups ${norms.map((x) => x.group).join(", ")}.`,
    "Averaging leaves about 1/|G| of the squared norm",
    `(slope by least squares over all of them ${normSlope.toFixed(2)}, proved -1 for groups small against dim H_k):`,
    "the invariant part of a space of harmonics.",
  );

export function largestCorrelationFigure(
  { correlations, correlationSlopes }: FrameStatistics,
  document: Document,
): Figure {
  const slopes = correlationSlopes.map((s) => `${s.slope.toFixed(2)} at k = ${s.k}`);
  const title = `The largest correlation of planes under cyclic shifts falls with n: slope ${slopes.join(", ")}`;
  const degrees = correlationSlopes.map((s) => s.k);
  const colour = (k: number): string => palette[degrees.indexOf(k) % palette.length];
  const svg = plot(document, title, {
    marginLeft: 64,
    marginRight: 260,
    x: { type: "log", base: 2, label: "n (log scale)", tickFormat: "d" },
    y: { type: "log", label: "largest correlation (log scale)", ticks: 5, tickFormat: "~g" },
    marks: [
      Plot.line(correlations, {
        x: "n",
        y: "largest",
        z: "k",
        stroke: (c: LargestCorrelation) => colour(c.k),
        strokeWidth: 1.8,
      }),
      Plot.dot(correlations, {
        ...telling(),
        x: "n",
        y: "largest",
        r: 4,
        ...inColour((c: LargestCorrelation) => colour(c.k)),
      }),
      ...legend(
        correlationSlopes.map(
          (s) => [`k = ${s.k}: slope ${s.slope.toFixed(2)}, expected ${s.expected}`, colour(s.k)] as const,
        ),
      ),
    ],
  });
  const rows = correlations.map(({ n, k, planes, largest }) => ({ n, k, planes, largest }));
  return figureOf("cyclic-correlations", title, svg, rows);
}

export function largestCorrelationCaption({ correlations, correlationSlopes }: FrameStatistics): string {
  const slopes = correlationSlopes.map((s) => `${s.slope.toFixed(2)} at k = ${s.k} (expected ${s.expected})`);
  return sentences(
    `The largest of all pairs of ${correlations[0].planes} random planes, in closed form.`,
    "A family of dimension n^(k-1) has root-mean-square correlation n^(-(k-1)/2);",
    `slopes by least squares over all n: ${slopes.join(", ")}.`,
    "k = 2 stays correlated: use k >= 4.",
  );
}
