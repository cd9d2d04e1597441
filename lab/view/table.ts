/** The numbers of a chart, for those who would rather read them. */

import { el } from "./dom.ts";

/** Cells row by row under a head. */
export interface Numbers {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Whether a chart has room for its numbers beside it. */
export const roomBeside = (): boolean => matchMedia("(min-width: 60rem)").matches;

/**
 * Closed until it is asked for; filled anew whenever it is opened, and by `refresh` while it is open.
 * @param open whether it is so from the start
 */
export function numbersOf(
  numbers: () => Numbers,
  open = false,
): { readonly element: HTMLElement; refresh(): void } {
  const body = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Numbers" });
  const element = el(
    "details",
    { class: "numbers", open, toggle: () => refresh() },
    el("summary", {}, "Numbers"),
    body,
  );
  const refresh = (): void => {
    if (!element.open) return;
    const { caption, head, rows } = numbers();
    const line = (cells: readonly string[], tag: "td" | "th") =>
      el("tr", {}, ...cells.map((cell) => el(tag, tag === "th" ? { scope: "col" } : {}, cell)));
    const table = el("table", {}, el("caption", {}, caption), el("thead", {}, line(head, "th")));
    table.append(el("tbody", {}, ...rows.map((cells) => line(cells, "td"))));
    body.replaceChildren(table);
  };
  return { element, refresh };
}
