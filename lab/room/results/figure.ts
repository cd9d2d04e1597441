/** Results drawn: curves of medians with the least and the largest beside them, and the same as numbers. */

import { colours } from "../../chart/colours.ts";
import { lineChart, type Series } from "../../chart/line.ts";
import type { State } from "../../state/fields.ts";
import { alone } from "../../view/chart-place.ts";
import { shown } from "../../view/dom.ts";
import type { Numbers } from "../../view/table.ts";
import { bandsOf, columnsOf, type Band, type Row } from "./rows.ts";

type Bands = ReadonlyMap<string, readonly Band[]>;

export interface Drawn {
  readonly x: string;
  readonly y: string;
  readonly bands: Bands;
  svg(width?: number): string;
}

const hues = [colours.hard, colours.easy, colours.square, colours.other, colours.quiet];
/** Points of a curve up to which each gets a mark. */
const marked = 24;

/** The columns asked for, else those that say most; what is not positive has no place on a logarithmic axis. */
export function drawnOf(rows: readonly Row[], { x, y, by, filter, axis }: State): Drawn {
  const { numbers } = columnsOf(rows);
  const [column, wanted] = String(filter).split("=", 2);
  const chosen = filter === "" ? rows : rows.filter((row) => String(row[column.trim()]) === wanted?.trim());
  const across = String(x) || (numbers.find((n) => /(^|\.)(step|n|d|samples)$/.test(n)) ?? numbers[0] ?? "");
  const up =
    String(y) ||
    (numbers.find((n) => /loss|accuracy|explained/.test(n) && n !== across) ??
      numbers.find((n) => n !== across) ??
      across);
  const log = axis === "log";
  const fitting = log ? chosen.filter((row) => Number(row[across]) > 0) : chosen;
  const bands = bandsOf(fitting, across, up, String(by));
  const axes = { x: across, y: up, by: String(by), log };
  return { x: across, y: up, bands, svg: (width = alone) => figureOf(bands, axes, width) };
}

interface Axes {
  readonly x: string;
  readonly y: string;
  readonly by: string;
  readonly log: boolean;
}

function figureOf(bands: Bands, { x, y, by, log }: Axes, width: number): string {
  const all = [...bands.values()].flat();
  const span = (values: readonly number[]) => ({
    from: Math.min(...values, Infinity),
    to: Math.max(...values, -Infinity),
  });
  const series = [...bands].flatMap(([value, band], i): Series[] => {
    const colour = hues[i % hues.length];
    const name = by === "" ? value : `${by} = ${value}`;
    const curve = (of: "median" | "low" | "high") => band.map((b) => [b.x, b[of]] as const);
    return [
      { name, colour, points: curve("median"), marked: band.length <= marked },
      { name, colour, faint: true, points: curve("low") },
      { name, colour, faint: true, points: curve("high") },
    ];
  });
  return lineChart({
    title: `${y} by ${x}`,
    series,
    x: { ...span(all.map((b) => b.x)), label: x, log, format: (v) => shown(v) },
    y: { ...aired(span(all.flatMap((b) => [b.low, b.high]))), label: y, format: plain },
    width,
  });
}

/** A little room above and below, so that the ends are no edges. */
const aired = ({ from, to }: { readonly from: number; readonly to: number }) => {
  const air = 0.04 * (to - from);
  return { from: from - air, to: to + air };
};

/** A tick's number, which is round. */
const plain = (v: number): string => (Math.abs(v) >= 1e-3 && Math.abs(v) < 1e4 ? String(v) : shown(v, 2));

export const tableOf = (drawn: Drawn | null): Numbers => ({
  caption: drawn === null ? "Nothing is drawn yet" : `${drawn.y} by ${drawn.x}`,
  head: ["curve", "across", "median", "least", "largest"],
  rows: [...(drawn?.bands ?? [])].flatMap(([name, band]) =>
    band.map((b) => [name, ...[b.x, b.median, b.low, b.high].map((v) => shown(v, 4))]),
  ),
});
