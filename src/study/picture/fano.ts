/** The Fano plane, the least instance that cannot be fitted, with the colouring that comes closest. */

import type { Picture } from "../../report/card.ts";
import { svg } from "../../report/markup.ts";
import { isProper } from "../../reduction/hypergraph.ts";
import { fano } from "../reduction-instances/recipe.ts";

const [WIDTH, HEIGHT] = [240, 220];
/** A triangle: corners, middles of its sides, centre. The lines of `fano` run through them. */
const places: readonly (readonly [number, number])[] = [
  [120, 18],
  [69, 107],
  [18, 196],
  [171, 107],
  [222, 196],
  [120, 196],
  [120, 137],
];

const oneColour = (line: readonly number[], mask: number): boolean =>
  new Set(line.map((v) => (mask >> v) & 1)).size === 1;
const spoilt = (mask: number): number => fano.edges.filter((line) => oneColour(line, mask)).length;

/** Straight where the three points lie so; the seventh line is the circle through the middles. */
function lineMark(line: readonly number[], bold: boolean): string {
  const looks = `fill="none" stroke="${bold ? "var(--bad)" : "var(--soft)"}" stroke-width="${bold ? 4 : 1.2}"`;
  const [a, b, c] = line.map((v) => places[v]);
  const area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
  if (Math.abs(area) > 100) return `<circle cx="120" cy="137" r="59" ${looks}/>`;
  const ends = [a, b, c].sort((p, q) => p[1] - q[1] || p[0] - q[0]);
  return `<path d="M${ends[0].join(" ")}L${ends[2].join(" ")}" ${looks}/>`;
}

function point(v: number, mask: number): string {
  const [x, y] = places[v];
  const first = ((mask >> v) & 1) === 1;
  const shape = first
    ? `<circle cx="${x}" cy="${y}" r="11" fill="#0072B2" stroke="currentColor"/>`
    : `<rect x="${x - 10}" y="${y - 10}" width="20" height="20" fill="#C35400" stroke="currentColor"/>`;
  return `${shape}<text x="${x}" y="${y}" dy=".35em" text-anchor="middle" font-size="13" fill="#fff">${v}</text>`;
}

/** Every colouring is tried here, as there are 128. */
export function fanoPicture(): Picture {
  const masks = Array.from({ length: 2 ** fano.vertices }, (_, mask) => mask);
  const proper = masks.filter((mask) =>
    isProper(
      fano,
      Array.from({ length: fano.vertices }, (_, v) => (mask >> v) & 1),
    ),
  );
  const best = masks.reduce((a, b) => (spoilt(b) < spoilt(a) ? b : a));
  const examples = 1 + fano.vertices + fano.edges.length;
  const caption =
    `Worked instance, the Fano plane: seven points, seven lines of three. Of its ${masks.length} colourings ` +
    `by two colours ${proper.length} leave no line in one colour; this one spoils ${spoilt(best)} (bold). ` +
    `So no two threshold units fit the ${examples} examples that the reduction makes of it.`;
  const lines = fano.edges.map((line) => lineMark(line, oneColour(line, best)));
  return { svg: svg(WIDTH, HEIGHT, caption, ...lines, ...places.map((_, v) => point(v, best))), caption };
}
