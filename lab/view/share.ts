/** A view to take along: its link, the command that makes the same, its numbers, its drawings. */

import { el } from "./dom.ts";

/** What there is to copy, by what it is called; each is made when it is asked for. */
export type Copies = Readonly<Record<string, () => string | Promise<string>>>;

export function share(copies: Copies, announce: (text: string) => void): HTMLElement {
  const text = el("textarea", { readonly: true, rows: 4, "aria-label": "What was copied", hidden: true });
  const copy = async (name: string): Promise<void> => {
    text.value = await copies[name]();
    text.hidden = false;
    try {
      await navigator.clipboard.writeText(text.value);
      announce(`${name} copied`);
    } catch {
      text.select(); // a page in a frame may not write there: it is selected, to be copied by hand
      announce(`${name} selected: copy it`);
    }
  };
  const buttons = Object.keys(copies).map((name) =>
    el("button", { type: "button", click: () => void copy(name) }, `Copy ${name}`),
  );
  return el("div", { class: "share" }, el("div", { class: "row" }, ...buttons), text);
}
