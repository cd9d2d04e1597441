/** One input and its cyclic shifts, with the function's value at each: the label is their mean. */

import { foldIn } from "../../base/random.ts";
import { drawInstance } from "../../family/draw.ts";
import { cnnHiddenPlane } from "../../family/cnn-hidden-plane/index.ts";
import { alternating, reluPolygon } from "../../family/plane/polygon.ts";
import type { Picture } from "../../report/card.ts";
import { svg } from "../../report/markup.ts";

const [N, K, SHOWN] = [12, 4, 4];
const [WIDE, HIGH, UNIT] = [250, 48, 8];

const dot = (a: readonly number[], b: ArrayLike<number>): number =>
  a.reduce((sum, x, i) => sum + x * b[i], 0);

function bars(x: readonly number[], y: number, value: number): string {
  const middle = y + HIGH / 2 - 2;
  const columns = x.map((v, i) => {
    const high = Math.min(18, Math.abs(v) * UNIT);
    const top = v > 0 ? middle - high : middle;
    return `<rect x="${4 + 12 * i}" y="${top.toFixed(1)}" width="9" height="${high.toFixed(1)}" fill="var(--hard)"/>`;
  });
  const words = `<text x="158" y="${middle + 5}" font-size="13" fill="currentColor">F = ${value.toFixed(3)}</text>`;
  return `<path d="M2 ${middle}h148" stroke="var(--soft)"/>${columns.join("")}${words}`;
}

/** Of the instance that `equihard sample cnn-hidden-plane --group cyclic:12 --k 4` draws. */
export function shiftsPicture(): Picture {
  const params = cnnHiddenPlane.parse({ group: `cyclic:${N}`, k: K });
  const { hidden, hard, law, key } = drawInstance(cnnHiddenPlane, params, 0);
  const samples = law.sample(foldIn(key, "picture"), 1);
  const x = Array.from(samples.data);
  const F = reluPolygon(K, alternating(K));
  const drawn = Array.from({ length: SHOWN }, (_, g) => {
    const shifted = x.map((__, i) => x[(i + g) % N]);
    return bars(shifted, HIGH * g, F(dot(shifted, hidden.u), dot(shifted, hidden.v)));
  });
  const [label] = hard.label(samples);
  const caption =
    `An input on a ring of ${N} and the first of its cyclic shifts, with the polygon's value at each. ` +
    `The label is the mean over all ${N}: y = ${label.toFixed(3)}.`;
  return { svg: svg(WIDE, HIGH * SHOWN, caption, ...drawn), caption };
}
