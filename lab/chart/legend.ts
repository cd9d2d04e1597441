/** Which curve is which: short lines with their names in a row above a chart, in more rows where one is full. */

import { label, round, tag, widthOf } from "./svg.ts";

/** What the legend shows of a curve. */
export interface Key {
  readonly name: string;
  readonly colour: string;
  /** Behind the others and thin: what the others are a summary of. */
  readonly faint?: boolean;
  readonly dashed?: boolean;
}

const [line, gap, row] = [22, 14, 16];
/** Where further rows begin: the first shares its line with the name of the axis. */
const edge = 2;

/** How a curve's line is drawn, in the legend as in the chart. */
export const strokeOf = ({ colour, faint, dashed }: Key) => ({
  stroke: colour,
  "stroke-width": faint === true ? 1 : 2.5,
  "stroke-opacity": faint === true ? 0.6 : 1,
  ...(dashed === true ? { "stroke-dasharray": "6 4" } : {}),
});

/**
 * Lays the legend out between two pixels, from the top of the drawing, further rows from its edge; a single curve needs
 * none, and of curves with one name the first stands for all.
 */
export function legend(
  curves: readonly Key[],
  left: number,
  right: number,
): { readonly markup: string; readonly height: number } {
  const keys = curves.filter(({ name }, i) => curves.findIndex((c) => c.name === name) === i);
  if (keys.length < 2) return { markup: "", height: row };
  let [x, y] = [left, row - 4];
  const parts = keys.map((key) => {
    const wide = line + 6 + widthOf(key.name);
    if (x + wide > right && x > edge) [x, y] = [edge, y + row];
    const at = { x1: round(x), x2: round(x + line), y1: y - 4, y2: y - 4 };
    const part = tag("line", { ...at, ...strokeOf(key) }) + label(x + line + 6, y, key.name);
    x += wide + gap;
    return part;
  });
  return { markup: parts.join(""), height: y + 4 };
}
