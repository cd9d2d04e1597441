/** One number on a line, against the band that chance gives. */

import { scale } from "./scale.ts";
import { label, picture, round, tag } from "./svg.ts";

export interface Meter {
  readonly title: string;
  readonly value: number;
  readonly colour: string;
  /** The band, and what it is. */
  readonly band: readonly [from: number, to: number];
  readonly bandText: string;
  readonly to: number;
  readonly toText: string;
  readonly width?: number;
}

const height = 40;

export function meter({ title, value, colour, band, bandText, to, toText, width = 360 }: Meter): string {
  const at = scale({ from: 0, to }, 10, width - 10);
  const inside = (x: number): number => round(at(Math.min(to, Math.max(0, x))));
  const [low, high] = band.map(inside);
  return picture(
    width,
    height,
    title,
    [
      tag("rect", {
        x: 4,
        y: 6,
        width: width - 8,
        height: 10,
        fill: "currentColor",
        "fill-opacity": 0.1,
        rx: 5,
      }),
      tag("rect", {
        x: low,
        y: 6,
        width: Math.max(2, high - low),
        height: 10,
        fill: "currentColor",
        "fill-opacity": 0.35,
      }),
      tag("circle", {
        cx: inside(value),
        cy: 11,
        r: 8,
        fill: colour,
        stroke: "var(--paper, white)",
        "stroke-width": 2,
      }),
      label(Math.min(low, width - 150), 34, bandText, { "font-size": 11 }),
      label(width - 10, 34, toText, { "font-size": 11, "text-anchor": "end" }),
    ].join(""),
  );
}
