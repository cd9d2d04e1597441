/** What is watched: a panel a run, and a slider over the steps that they share. */

import { el, shown } from "../../view/dom.ts";
import type { RunKind } from "../../work/jobs/train.ts";
import { lastStep, panel, titles } from "./panel.ts";
import { emptyTrace, type Trace } from "./trace.ts";

export type Traces = ReadonlyMap<RunKind, Trace>;

export interface Stage {
  readonly slider: HTMLElement;
  readonly output: HTMLElement;
  /** The outcome of all runs in a few lines, where panels do not fit side by side. */
  readonly scores: HTMLElement;
  readonly panels: readonly HTMLElement[];
  /** Draws the runs as they were at a step; absent, as they are. */
  show(traces: Traces, step?: number): void;
}

/** @param about says of a run what it fits; `slid` is told the step that is slid to */
export function stage(
  kinds: readonly RunKind[],
  steps: number,
  about: (run: RunKind) => string,
  slid: (step: number) => void,
): Stage {
  const slider = el("input", {
    type: "range",
    min: 0,
    max: steps,
    value: 0,
    step: 1,
    "aria-label": "Step shown",
  });
  slider.addEventListener("input", () => slid(Number(slider.value)));
  const output = el("output", { class: "steps", "aria-live": "off" });
  const rows = kinds.map((run) => ({ run, panel: panel(run, about(run)), score: el("li", { class: run }) }));
  return {
    slider,
    output,
    scores: el("ul", { class: "scores", "aria-label": "Who has learned" }, ...rows.map(({ score }) => score)),
    panels: rows.map(({ panel: { element } }) => element),
    show(traces, step = lastStep([...traces.values()])) {
      for (const { run, panel: own, score } of rows) {
        const status = own.show(traces.get(run) ?? emptyTrace(run, steps), step);
        score.textContent = `${titles[run][0]}: ${status}`;
      }
      slider.value = String(step);
      output.value = `step ${shown(Math.round(step))} of ${shown(steps)}`;
    },
  };
}
