/** One run: what it has learned, its curve, the function drawn, and how far its weights have turned. */

import { colours } from "../../chart/colours.ts";
import { heatSvg } from "../../chart/heat.ts";
import { lineChart } from "../../chart/line.ts";
import { meter } from "../../chart/meter.ts";
import { alone, chartPlace } from "../../view/chart-place.ts";
import { el, percent, shown } from "../../view/dom.ts";
import { numbersOf } from "../../view/table.ts";
import { planeAxes } from "../../work/jobs/plane.ts";
import type { RunKind } from "../../work/jobs/train.ts";
import { pictures } from "./pictures.ts";
import { reachedBy, unpacked, until, type Trace } from "./trace.ts";

export const titles: Readonly<Record<RunKind, readonly [title: string, about: string]>> = {
  hard: ["Hard", "fits y"],
  easy: ["Easy twin", "same hidden plane, other function"],
  square: ["Square first", "the hard y: first fits y², then y"],
};

/** Share of the variance from which on a run counts as having learned. */
export const LEARNED = 0.9;

/** How far a run is, for a reader. */
export function statusOf(trace: Trace): { readonly text: string; readonly learned: boolean } {
  const last = trace.points.at(-1);
  if (last === undefined) return { text: "not started", learned: false };
  if (last.explained === null) return { text: "diverged", learned: false };
  const share = percent(Math.max(0, last.explained));
  if (last.label !== "y") return { text: `explains ${share} of y²`, learned: false };
  const learned = last.explained >= LEARNED;
  const ended = last.step >= trace.steps;
  if (learned) return { text: `learned: explains ${share}`, learned };
  return { text: ended ? `not learned: explains ${share}` : `explains ${share}`, learned };
}

/** The curve as a chart, to be shown or copied. */
export function curveOf(trace: Trace, width = alone): string {
  const colour = colours[trace.run];
  const of = (label: string) =>
    trace.points.filter((p) => p.label === label).map((p) => [p.step, p.explained] as const);
  const handed = trace.points.find(
    (p, i) => i > 0 && p.label === "y" && trace.points[i - 1].label !== "y",
  )?.step;
  return lineChart({
    title: `${titles[trace.run][0]}: share of the label's variance explained, by steps`,
    series: [
      { name: "y", colour, points: of("y") },
      ...(trace.run === "square"
        ? [{ name: "y²", colour: colours.other, dashed: true, points: of("square") }]
        : []),
      { name: "batches", colour, faint: true, points: trace.losses.map(([step, loss]) => [step, 1 - loss]) },
    ],
    width,
    x: { from: 0, to: trace.steps, label: "steps" },
    y: { from: -0.25, to: 1.02, label: "explained", format: (v) => (v < 0 ? "" : percent(v)) },
    rules: [
      { at: 0, across: "x", text: "best constant" },
      ...(handed === undefined ? [] : [{ at: handed, across: "y" as const, text: "now y" }]),
    ],
  });
}

/** The function drawn on the hidden plane, beside its target, as drawings to be copied; none where no plane hides. */
export function drawingsOf(trace: Trace): readonly string[] {
  const frame = trace.frames.at(-1);
  const target = trace.targets[frame?.label ?? "y"];
  if (trace.picture !== "plane" || frame === undefined || target === undefined) return [];
  return [target.values, frame.values].map((text, i) => {
    const values = unpacked(text);
    const title = `${titles[trace.run][0]}, ${i === 0 ? "target" : "network"} on the hidden plane`;
    return heatSvg({
      title,
      values,
      columns: Math.round(Math.sqrt(values.length)),
      limit: 1,
      axes: planeAxes,
    });
  });
}

/** What a panel shows of a trace. */
export interface Panel {
  readonly element: HTMLElement;
  /** Draws the trace as it was at a step, and says how far it was. */
  show(trace: Trace, step: number): string;
}

export function panel(run: RunKind, about: string): Panel {
  const [title] = titles[run];
  const status = el("p", { class: "status" });
  let shownTrace: Trace | null = null;
  const chart = chartPlace((width) => (shownTrace === null ? "" : curveOf(shownTrace, width)));
  const [drawn, progress] = [pictures(run), progressMeter(run)];
  const numbers = numbersOf(() => ({
    caption: `${title}: validation sample`,
    head: ["step", "fits", "loss", "explained", "hidden progress"],
    rows: (shownTrace?.points ?? []).map((p) => [
      String(p.step),
      p.label === "y" ? "y" : "y²",
      shown(p.loss, 6),
      shown(p.explained, 4),
      p.progress === null ? "" : shown(p.progress[0], 4),
    ]),
  }));
  const head = el("header", {}, el("h2", {}, title), el("p", { class: "about" }, about), status);
  const element = el(
    "section",
    { class: `panel ${run}`, "aria-label": title },
    head,
    chart.element,
    drawn.element,
    progress.element,
    numbers.element,
  );
  return {
    element,
    show(trace, step) {
      const now = until(trace, step);
      const { text, learned } = statusOf(now);
      status.textContent = text;
      status.classList.toggle("learned", learned);
      status.classList.toggle("lost", text.startsWith("not learned"));
      shownTrace = now;
      chart.refresh();
      drawn.show(trace, step);
      progress.show(now);
      numbers.refresh();
      return text;
    },
  };
}

/** How far the weights have turned to what is hidden; empty where that is not measured. */
function progressMeter(run: RunKind): { readonly element: HTMLElement; show(trace: Trace): void } {
  const element = el("div", { class: "progress" });
  const heading = el("h3", {});
  let drawing: (width: number) => string = () => "";
  const place = chartPlace((width) => drawing(width));
  return {
    element,
    show({ points }) {
      const measured = points.findLast((p) => p.progress !== null)?.progress;
      if (measured === undefined || measured === null) return element.replaceChildren();
      const [value, mean, sd] = measured;
      const to = Math.max(1, mean + 6 * sd, ...points.map((p) => p.progress?.[0] ?? 0));
      const chance = `drawn at random: ${shown(mean)}, standard deviation ${shown(sd)}`;
      heading.textContent = `Hidden progress: ${shown(value, 2)}`;
      drawing = (width) =>
        meter({
          title: `Hidden progress ${shown(value)}; ${chance}`,
          value,
          colour: colours[run],
          band: [mean - 2 * sd, mean + 2 * sd],
          bandText: `chance ${shown(mean, 2)}`,
          to,
          toText: shown(to, 2),
          width,
        });
      if (element.childElementCount === 0) element.append(heading, place.element);
      place.refresh();
    },
  };
}

/** Where the slider ends: as far as any trace has come. */
export const lastStep = (traces: readonly Trace[]): number => Math.max(0, ...traces.map(reachedBy));
