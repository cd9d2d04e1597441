/** A grid of values as colours: two hues that meet in the middle for signed values, one ramp for shares. */

import { label, picture, tag, widthOf } from "./svg.ts";

export type Rgb = readonly [number, number, number];

/** Okabe and Ito's blue and vermilion, with white between them. */
const ends = { below: [0, 114, 178], middle: [247, 247, 247], above: [213, 94, 0] } as const;

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const between = (i: 0 | 1 | 2): number => Math.round(a[i] + (b[i] - a[i]) * share);
  return [between(0), between(1), between(2)];
}

/** The colour of a value between -1 and 1. */
export function diverging(value: number): Rgb {
  const v = Math.min(1, Math.max(-1, Number.isFinite(value) ? value : 0));
  return v < 0 ? mix(ends.middle, ends.below, -v) : mix(ends.middle, ends.above, v);
}

/** Values row by row from the top, `size` a row; colours span -limit to limit. */
export interface Heat {
  readonly title: string;
  readonly values: ArrayLike<number>;
  readonly columns: number;
  readonly limit: number;
  /** What rows and columns are. */
  readonly axes: string;
}

/** Paints the grid, a pixel a value: the style sheet makes it large. */
export function paint(canvas: HTMLCanvasElement, { values, columns, limit, title, axes }: Heat): void {
  const rows = Math.ceil(values.length / columns);
  if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
  canvas.setAttribute("aria-label", `${title}; ${axes}`);
  const context = canvas.getContext("2d");
  if (context === null) return;
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < values.length; i++) image.data.set([...diverging(values[i] / limit), 255], 4 * i);
  context.putImageData(image, 0, 0);
}

/** Room for what rows and columns are, below the grid. */
const FOOT = 20;

/** The grid as SVG. */
export function heatSvg({ values, columns, limit, title, axes }: Heat, side = 12): string {
  const rows = Math.ceil(values.length / columns);
  const cells = Array.from(values, (value, i) =>
    tag("rect", {
      x: side * (i % columns),
      y: side * Math.floor(i / columns),
      width: side,
      height: side,
      fill: `rgb(${diverging(value / limit).join(" ")})`,
    }),
  );
  const width = Math.max(side * columns, widthOf(axes));
  const foot = label(0, side * rows + FOOT - 6, axes);
  return picture(width, side * rows + FOOT, title, cells.join("") + foot);
}
