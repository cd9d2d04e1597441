/** Predictions against truth: on the diagonal where they agree. */

import { scale } from "./scale.ts";
import { grid, label, picture, quiet, round, tag, widthOf } from "./svg.ts";

export interface Scatter {
  readonly title: string;
  /** Both between -1 and 1. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The value that 1 stands for, on both axes. */
  readonly limit: number;
  readonly colour: string;
  readonly across: string;
  readonly up: string;
  readonly width?: number;
}

const height = 220;

export function scatter({ title, points, limit, colour, across, up, width = 360 }: Scatter): string {
  const numbers = [-1, 0, 1].map((v) => ({ v, text: String(Number((v * limit).toPrecision(2))) }));
  const left = Math.max(...numbers.map(({ text }) => widthOf(text))) + 30;
  const [right, top, bottom] = [width - 12, 8, height - 40];
  const x = scale({ from: -1.1, to: 1.1 }, left, right);
  const y = scale({ from: -1.1, to: 1.1 }, bottom, top);
  const line = (x1: number, x2: number, y1: number, y2: number, look: typeof grid): string =>
    tag("line", { x1: round(x1), x2: round(x2), y1: round(y1), y2: round(y2), ...look });
  const dashed = { stroke: "currentColor", "stroke-dasharray": "4 3", "stroke-opacity": 0.6 };
  return picture(
    width,
    height,
    title,
    [
      ...numbers.flatMap(({ v, text }) => [
        line(left, right, y(v), y(v), grid),
        line(x(v), x(v), top, bottom, grid),
        label(left - 6, y(v) + 4, text, { "text-anchor": "end", ...quiet }),
        label(x(v), bottom + 15, text, { "text-anchor": "middle", ...quiet }),
      ]),
      line(x(-1), x(1), y(-1), y(1), dashed),
      ...points.map(([a, b]) =>
        tag("circle", { cx: round(x(a)), cy: round(y(b)), r: 2.5, fill: colour, "fill-opacity": 0.7 }),
      ),
      label((left + right) / 2, height - 6, across, { "text-anchor": "middle", ...quiet }),
      label(12, (top + bottom) / 2, up, {
        "text-anchor": "middle",
        ...quiet,
        transform: `rotate(-90 12 ${(top + bottom) / 2})`,
      }),
    ].join(""),
  );
}
