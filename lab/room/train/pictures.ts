/** The function that a run learns beside what it has learned: drawn on the hidden plane, else as pairs of values. */

import { colours } from "../../chart/colours.ts";
import { paint } from "../../chart/heat.ts";
import { scatter } from "../../chart/scatter.ts";
import { chartPlace } from "../../view/chart-place.ts";
import { el } from "../../view/dom.ts";
import { heatKey } from "../../view/heat-key.ts";
import { planeAxes } from "../../work/jobs/plane.ts";
import type { RunKind } from "../../work/jobs/train.ts";
import { frameAt, unpacked, type Trace } from "./trace.ts";

export interface Pictures {
  readonly element: HTMLElement;
  /** Draws the network as it was at a step. */
  show(trace: Trace, step: number): void;
}

/** Target and network at a step, by their values between -1 and 1. */
interface Pair {
  /** What is fitted, for a reader. */
  readonly what: string;
  readonly wanted: Float32Array;
  readonly got: Float32Array;
  /** The value that 1 stands for. */
  readonly limit: number;
}

function pairAt(trace: Trace, step: number): Pair | null {
  const frame = frameAt(trace, step);
  const label = frame?.label ?? Object.keys(trace.targets).at(-1) ?? "y";
  const target = trace.targets[label];
  if (target === undefined) return null;
  const wanted = unpacked(target.values);
  const got = frame?.values ?? new Float32Array(wanted.length);
  return { what: label === "y" ? "y" : "y²", wanted, got, limit: target.limit };
}

export function pictures(run: RunKind): Pictures {
  const element = el("div");
  const [plane, pairs] = [onPlane(), asPairs(run)];
  return {
    element,
    show(trace, step) {
      const pair = pairAt(trace, step);
      if (pair === null) return;
      const kind = trace.picture === "pairs" ? pairs : plane;
      if (kind.element.parentElement === null) element.replaceChildren(kind.element);
      kind.show(pair);
    },
  };
}

function asPairs(run: RunKind) {
  let now: Pair | null = null;
  const place = chartPlace((width) => {
    if (now === null) return "";
    const { what, wanted, got, limit } = now;
    const points = Array.from(wanted, (y, i) => [y, got[i]] as const);
    const title = `Predictions of ${what} against ${what}`;
    const axes = { across: `true ${what}`, up: `network's ${what}` };
    return scatter({ title, points, limit, colour: colours[run], ...axes, width });
  });
  return {
    element: place.element,
    show(pair: Pair): void {
      now = pair;
      place.refresh();
    },
  };
}

function onPlane() {
  const parts = ["target", "network"].map((name) => ({
    canvas: el("canvas", { role: "img" }),
    caption: el("figcaption", {}, name),
  }));
  const key = el("div");
  const axes = el("p", { class: "about" }, `${planeAxes}.`);
  let limit = 0;
  const figures = parts.map(({ canvas, caption }) => el("figure", {}, canvas, caption));
  return {
    element: el("div", {}, el("div", { class: "pictures" }, ...figures), axes, key),
    show({ what, wanted, got, limit: most }: Pair): void {
      const columns = Math.round(Math.sqrt(wanted.length));
      const texts = [`target ${what}`, `network's ${what}`];
      parts.forEach(({ canvas, caption }, i) => {
        const title = `The ${texts[i]} on the hidden plane`;
        paint(canvas, { title, values: i === 0 ? wanted : got, columns, limit: 1, axes: planeAxes });
        caption.textContent = texts[i];
      });
      if (most !== limit) key.replaceChildren(heatKey(most));
      limit = most;
    },
  };
}
