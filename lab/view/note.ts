/** The line of a room that says what is going on or what went wrong, and tells it to those who do not see it. */

import { el } from "./dom.ts";

export interface Note {
  readonly element: HTMLElement;
  say(text: string): void;
  /** What went wrong, told at once: it begins with a word for it, as colour is never alone. */
  fail(message: string): void;
}

/** What an error looks like, wherever it stands. */
const told = (message: string) => [el("strong", {}, "Error: "), message];

export function noteLine(text = ""): Note {
  const element = el("p", { class: "note", role: "status" }, text);
  const put = (failed: boolean, ...children: (Node | string)[]): void => {
    element.classList.toggle("error", failed);
    element.setAttribute("role", failed ? "alert" : "status");
    element.replaceChildren(...children);
  };
  return {
    element,
    say: (said) => put(false, said),
    fail: (message) => put(true, ...told(message)),
  };
}

/** An error in the place of what would stand there. */
export const errorLine = (message: string): HTMLElement =>
  el("p", { class: "error", role: "alert" }, ...told(message));
