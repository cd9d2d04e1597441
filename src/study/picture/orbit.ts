/** A hidden subset and its images under a group: the function averages over all of them. */

import { drawInstance } from "../../family/draw.ts";
import { frameParity } from "../../family/frame-parity/index.ts";
import type { Picture } from "../../report/card.ts";
import { svg } from "../../report/markup.ts";

const N = 12;
const SHOWN = 6;
const [CELL, RADIUS] = [84, 30];

function ring(subset: readonly number[], cx: number, cy: number): string {
  const points = Array.from({ length: N }, (_, i) => {
    const angle = (2 * Math.PI * i) / N - Math.PI / 2;
    const inside = subset.includes(i);
    const [x, y] = [cx + RADIUS * Math.cos(angle), cy + RADIUS * Math.sin(angle)];
    const place = `cx="${x.toFixed(1)}" cy="${y.toFixed(1)}"`;
    const looks = inside ? 'r="5.5" fill="var(--hard)"' : 'r="3" fill="none" stroke="var(--soft)"';
    return `<circle ${place} ${looks}/>`;
  });
  return points.join("");
}

/** The subset that `equihard sample frame-parity --group cyclic:12 --k 4` hides, and the first of its images. */
export function orbitPicture(): Picture {
  const params = frameParity.parse({ group: `cyclic:${N}`, k: 4 });
  const { hidden, facts } = drawInstance(frameParity, params, 0);
  const shifted = (g: number): number[] => hidden.subset.map((i) => (i + g) % N);
  const rings = Array.from({ length: SHOWN }, (_, g) =>
    ring(shifted(g), CELL * ((g % 3) + 0.5), CELL * (Math.floor(g / 3) + 0.5)),
  );
  const caption =
    `The hidden subset of ${hidden.subset.length} of ${N} inputs (first), and five of the ` +
    `${String(facts["orbit"])} images that ` +
    "cyclic shifts make of it: the label is the mean of the parities on all of them.";
  return { svg: svg(3 * CELL, 2 * CELL, caption, ...rings), caption };
}
