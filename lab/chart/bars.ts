/** Named numbers side by side, on an axis of powers of ten where they span many. */

import { scale } from "./scale.ts";
import { label, picture, round, tag, widthOf } from "./svg.ts";

/** One of the numbers. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly text: string;
  readonly colour: string;
  /** Drawn as an outline: not told from nothing. */
  readonly hollow?: boolean;
  /** Limits of the number, as a line across the bar's end. */
  readonly limits?: readonly [low: number, high: number];
}

export interface Bars {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly log?: boolean;
  /** Where the axis ends at the least. */
  readonly to?: number;
  /** What the lengths are, below the bars. */
  readonly axis: string;
  readonly width?: number;
}

const row = 26;

export function barChart({ title, bars, log = false, to = 0, axis, width = 360 }: Bars): string {
  const names = Math.min(width / 2, Math.max(...bars.map(({ name }) => widthOf(name))) + 8);
  const texts = Math.max(...bars.map(({ text }) => widthOf(text))) + 8;
  const least = log ? 1 : 0;
  const ends = bars.map(({ value, limits }) => Math.max(value, limits?.[1] ?? value));
  const most = Math.max(to, ...ends, log ? 10 : 1e-9);
  const scaled = scale({ from: least, to: most, log }, names, width - texts);
  const at = (x: number): number => round(scaled(Math.max(least, x)));
  const rows = bars.map(({ name, value, text, colour, hollow, limits }, i) => {
    const [y, end] = [i * row + 4, at(value)];
    const fill = { fill: hollow === true ? "none" : colour, stroke: colour };
    const middle = y + (row - 8) / 2;
    const whisker = { y1: middle, y2: middle, stroke: "currentColor", "stroke-width": 1.5 };
    return [
      label(names - 6, y + 14, name, { "text-anchor": "end" }),
      tag("rect", { x: round(names), y, width: round(Math.max(1, end - names)), height: row - 8, ...fill }),
      limits === undefined ? "" : tag("line", { x1: at(limits[0]), x2: at(limits[1]), ...whisker }),
      label(Math.max(end, at(limits?.[1] ?? value)) + 5, y + 14, text),
    ].join("");
  });
  const bottom = bars.length * row + 18;
  const below = label(width / 2, bottom, axis, { "text-anchor": "middle", opacity: 0.75 });
  return picture(width, bottom + 6, title, rows.join("") + below);
}
