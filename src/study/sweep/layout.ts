/** Which of a sweep's names goes along the axis of a figure, which into colours, and which into panels. */

import type * as Plot from "@observablehq/plot";
import { palette } from "../../report/figure.ts";
import { grouped, type SweepAxis, type SweepCell, type SweepData } from "./read.ts";

/** Panels that are drawn; what has more combinations is in the tables. */
const PANELS = 4;

export interface Layout {
  readonly x: SweepAxis;
  readonly series: SweepAxis | undefined;
  /** One panel a combination of their values. */
  readonly panels: readonly SweepAxis[];
}

const most = (axes: readonly SweepAxis[]): SweepAxis | undefined =>
  [...axes].sort((a, b) => b.values.length - a.values.length)[0];

/** The name that is bisected goes along x, else the numbers of which there are most. Null where nothing varies. */
export function layoutOf({ axes, plan: { spec } }: SweepData): Layout | null {
  const x =
    axes.find(({ name }) => name === spec.bisect?.over) ??
    most(axes.filter((a) => a.isNumeric)) ??
    most(axes);
  if (x === undefined) return null;
  const rest = axes.filter((axis) => axis !== x);
  const series = most(rest.filter(({ values }) => values.length <= palette.length));
  return { x, series, panels: rest.filter((axis) => axis !== series) };
}

/** The axes beside the one along which a figure goes. */
export const besideX = ({ series, panels }: Layout): SweepAxis[] => [
  ...(series === undefined ? [] : [series]),
  ...panels,
];

/** The combinations that are drawn, a panel each, and how many are not. */
export function panelsOf(
  cells: readonly SweepCell[],
  axes: readonly SweepAxis[],
): { readonly drawn: readonly (readonly [string, readonly SweepCell[]])[]; readonly left: number } {
  const all = [...grouped(cells, axes)];
  return { drawn: all.slice(0, PANELS), left: Math.max(0, all.length - PANELS) };
}

/** What a caption says of combinations that are not drawn. */
export const leftOut = (left: number): string | undefined =>
  left === 0
    ? undefined
    : `Of ${left + PANELS} combinations the first ${PANELS}; the others are in the table below.`;

/** Numbers that span a factor of eight or more, all above 0, are drawn by their logarithms. */
export function isLogarithmic({ isNumeric, values }: SweepAxis): boolean {
  const numbers = values.map(Number);
  return isNumeric && numbers[0] > 0 && numbers[numbers.length - 1] >= 8 * numbers[0];
}

/** The scale of an axis; of what is no number, a place a value. */
export function scaleOf(axis: SweepAxis): Plot.ScaleOptions {
  if (!axis.isNumeric) return { type: "point", domain: axis.values.map(String), label: axis.name };
  const label = isLogarithmic(axis) ? `${axis.name} (log scale)` : axis.name;
  const ticks = axis.values.length <= 12 ? { ticks: axis.values.map(Number), tickFormat: String } : {};
  return { type: isLogarithmic(axis) ? "log" : "linear", label, ...ticks };
}

/** Where a cell stands on an axis. */
export const placeOn = ({ name, isNumeric }: SweepAxis, { values }: SweepCell): number | string =>
  isNumeric ? Number(values[name]) : String(values[name]);

export const colourAt = (i: number): string => palette[Math.max(0, i) % palette.length];

/** The size of a figure with so many panels beside each other. */
export const panelled = (count: number): Plot.PlotOptions => ({
  width: count > 2 ? 1180 : 880,
  marginRight: 190,
  marginTop: 40,
  fx: { label: null, padding: 0.12 },
});

/** Up to `count` of a list, its ends among them. */
export function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]);
}
