/** A chart's place on the page: drawn as wide as it is, so that its words are as large as those around it. */

import { draw, el } from "./dom.ts";

export interface ChartPlace {
  readonly element: HTMLElement;
  /** Draws anew what has changed. */
  refresh(): void;
}

/** @param drawing the chart, so many pixels wide: made when the place is on the page, and when its width changes */
export function chartPlace(drawing: (width: number) => string): ChartPlace {
  const element = el("div", { class: "chart" });
  let width = 0;
  const refresh = (): void => {
    if (width > 0) draw(element, drawing(width));
  };
  new ResizeObserver(([entry]) => {
    const now = Math.round(entry.contentRect.width);
    if (now === width) return;
    width = now;
    refresh();
  }).observe(element);
  return { element, refresh };
}

/** How wide a chart is that is taken along alone: the same whatever the window. */
export const alone = 720;
