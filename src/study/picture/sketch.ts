/** Results that are no function: an oracle's answers, and networks of several widths. */

import type { Picture } from "../../report/card.ts";
import { svg } from "../../report/markup.ts";

const text = (x: number, y: number, words: string, anchor = "middle"): string =>
  `<text x="${x}" y="${y}" font-size="13" text-anchor="${anchor}" fill="currentColor">${words}</text>`;
const box = (x: number, y: number, words: string): string =>
  `<rect x="${x}" y="${y}" width="84" height="40" rx="6" fill="none" stroke="currentColor"/>` +
  text(x + 42, y + 25, words);
const arrow = (x: number, y: number, right: boolean): string => {
  const s = right ? 1 : -1;
  const path = `M${x} ${y}h${60 * s}m${-8 * s} -5l${8 * s} 5l${-8 * s} 5`;
  return `<path d="${path}" fill="none" stroke="var(--hard)" stroke-width="2"/>`;
};

/** A query and its answer. */
export function oraclePicture(): Picture {
  const caption =
    "A query names a function h; the answer may be any number within τ of its correlation with the label, " +
    "so 0 as long as that is allowed.";
  const inner = [
    box(4, 40, "learner"),
    box(172, 40, "oracle"),
    arrow(100, 50, true),
    arrow(160, 72, false),
    text(130, 40, "h"),
    text(130, 94, "0 ± τ"),
  ];
  return { svg: svg(260, 110, caption, ...inner), caption };
}

const widths = [1, 2, 4, 8];
const UNITS = 2;

/** Hidden layers of 1, 2, 4 and 8 times the teacher's width. */
export function widthsPicture(): Picture {
  const columns = widths.map((times, c) => {
    const units = UNITS * times;
    const dots = Array.from({ length: units }, (_, i) => {
      const y = 100 + (i - (units - 1) / 2) * 11;
      return `<circle cx="${36 + 62 * c}" cy="${y}" r="4.5" fill="${times === 1 ? "#C35400" : "#0072B2"}"/>`;
    });
    return dots.join("") + text(36 + 62 * c, 206, `× ${times}`);
  });
  const caption =
    "Hidden layers of 1, 2, 4 and 8 times the teacher's width: every one of them can hold the target.";
  return { svg: svg(260, 214, caption, ...columns), caption };
}
