/** One graph with its degrees, the hidden set S and the label. */

import { foldIn } from "../../base/random.ts";
import { degreesOf } from "../../distribution/erdos-renyi.ts";
import { isGraphs } from "../../distribution/samples.ts";
import { drawInstance } from "../../family/draw.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/index.ts";
import type { Picture } from "../../report/card.ts";
import { svg } from "../../report/markup.ts";

const N = 8;
const [WIDTH, HEIGHT, RADIUS] = [260, 230, 88];

const at = (i: number): [number, number] => {
  const angle = (2 * Math.PI * i) / N - Math.PI / 2;
  return [WIDTH / 2 + RADIUS * Math.cos(angle), HEIGHT / 2 + RADIUS * Math.sin(angle)];
};

const pairs = Array.from({ length: N }, (_, i) =>
  Array.from({ length: i }, (__, j) => [i, j] as const),
).flat();

function edge([i, j]: readonly [number, number]): string {
  const [[a, b], [c, d]] = [at(i), at(j)];
  return `<path d="M${a.toFixed(1)} ${b.toFixed(1)}L${c.toFixed(1)} ${d.toFixed(1)}" stroke="var(--soft)"/>`;
}

/** Filled where the degree counts: the number alone would not show it. */
function node(i: number, degree: number, counts: boolean): string {
  const [x, y] = at(i).map((v) => v.toFixed(1));
  const [fill, ink] = counts ? ["#0072B2", "#fff"] : ["var(--paper)", "currentColor"];
  return [
    `<circle cx="${x}" cy="${y}" r="15" fill="${fill}" stroke="currentColor" stroke-width="${counts ? 2.5 : 1}"/>`,
    `<text x="${x}" y="${y}" dy=".35em" text-anchor="middle" font-size="15" font-weight="700" fill="${ink}">`,
    `${degree}</text>`,
  ].join("");
}

/** Of the instance that `equihard sample gnn-degree-parity --n 8` draws. */
export function graphPicture(): Picture {
  const instance = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n: N }), 0);
  const samples = instance.law.sample(foldIn(instance.key, "picture"), 1);
  if (!isGraphs(samples)) throw new Error("degree parities are of graphs");
  const degrees = [...degreesOf(samples)];
  const { degrees: hidden, bit } = instance.hidden;
  const counted = degrees.filter((d) => hidden.includes(d)).length;
  const [label] = instance.hard.label(samples);
  const edges = pairs.filter(([i, j]) => samples.data[i * N + j] === 1);
  const caption = [
    `A graph on ${N} nodes, each with its degree. Hidden: S = {${hidden.join(", ")}}.`,
    `${counted} nodes have a degree in S (filled), an ${counted % 2 === 0 ? "even" : "odd"} number,`,
    `so the label is y = ${label > 0 ? "+1" : "−1"}${bit === 1 ? " (its sign is turned)" : ""}.`,
  ].join(" ");
  const nodes = degrees.map((d, i) => node(i, d, hidden.includes(d)));
  return { svg: svg(WIDTH, HEIGHT, caption, ...edges.map(edge), ...nodes), caption };
}
