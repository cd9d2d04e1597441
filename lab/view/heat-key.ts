/** Which value a colour of a heat map stands for. */

import { el, shown } from "./dom.ts";

/** From the lowest to the highest; the colours between are in the style sheet. */
export const heatKey = (limit: number): HTMLElement =>
  el(
    "div",
    {
      class: "heat-key",
      role: "img",
      "aria-label": `Colours from ${shown(-limit, 2)} to ${shown(limit, 2)}`,
    },
    el("span", {}, shown(-limit, 2).replace("-", "−")),
    el("span", { class: "ramp" }),
    el("span", {}, shown(limit, 2)),
  );
