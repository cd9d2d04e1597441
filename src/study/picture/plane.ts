/** The polygon on a hidden plane as a polar plot. */

import { alternating, reluPolygon } from "../../family/plane/polygon.ts";
import type { Picture } from "../../report/card.ts";
import { svg } from "../../report/markup.ts";

const K = 6;
const [SIZE, BASE, SWING] = [230, 66, 40];
const turns = Array.from({ length: 361 }, (_, i) => (i * Math.PI) / 180);

/** A closed line about a circle: outside where the function is positive. */
function polar(values: readonly number[], cx: number, scale: number, base: number): string {
  const points = values.map((value, i) => {
    const r = base + scale * value;
    return `${(cx + r * Math.cos(turns[i])).toFixed(1)} ${(SIZE / 2 - r * Math.sin(turns[i])).toFixed(1)}`;
  });
  return [
    `<circle cx="${cx}" cy="${SIZE / 2}" r="${base}" fill="none" stroke="var(--soft)" stroke-dasharray="3 3"/>`,
    `<path d="M${points.join("L")}Z" fill="#0072B2" fill-opacity=".18" stroke="var(--hard)" stroke-width="1.8"/>`,
  ].join("");
}

const relative = (values: readonly number[]): number[] => {
  const most = Math.max(...values.map(Math.abs));
  return values.map((v) => v / most);
};

const around = (): number[] => {
  const F = reluPolygon(K, alternating(K));
  return turns.map((t) => F(Math.cos(t), Math.sin(t)));
};

/** F on one turn around the plane. */
export function planePicture(): Picture {
  const values = around();
  const changes = values.filter((v, i) => i > 0 && v > 0 !== values[i - 1] > 0).length;
  const caption =
    `F around the hidden plane, k = ${K}: outside the broken circle positive, inside negative, ` +
    `${changes} changes of sign on one turn. Nothing of degree below ${K} is in it, ` +
    "so no simple statistic shows the plane.";
  return { svg: svg(SIZE, SIZE, caption, polar(relative(values), SIZE / 2, SWING, BASE)), caption };
}
