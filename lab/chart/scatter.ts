/** Predictions against truth: on the diagonal where they agree. */

import { scale } from "./scale.ts";
import { label, picture, round, tag } from "./svg.ts";

export interface Scatter {
  readonly title: string;
  /** Both between -1 and 1. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly colour: string;
  readonly across: string;
  readonly up: string;
  readonly width?: number;
}

const height = 200;

export function scatter({ title, points, colour, across, up, width = 360 }: Scatter): string {
  const x = scale({ from: -1.1, to: 1.1 }, 40, width - 12);
  const y = scale({ from: -1.1, to: 1.1 }, height - 28, 8);
  const diagonal = { x1: round(x(-1)), y1: round(y(-1)), x2: round(x(1)), y2: round(y(1)) };
  return picture(
    width,
    height,
    title,
    [
      tag("line", { ...diagonal, stroke: "currentColor", "stroke-dasharray": "4 3", "stroke-opacity": 0.6 }),
      ...points.map(([a, b]) =>
        tag("circle", { cx: round(x(a)), cy: round(y(b)), r: 2.5, fill: colour, "fill-opacity": 0.7 }),
      ),
      label((40 + width) / 2, height - 6, across, { "text-anchor": "middle", opacity: 0.75 }),
      label(12, height / 2, up, {
        "text-anchor": "middle",
        opacity: 0.75,
        transform: `rotate(-90 12 ${height / 2})`,
      }),
    ].join(""),
  );
}
