/** What every room has around its figure: heading, controls, a paragraph, and what there is to take along. */

import type { Fields, State } from "../state/fields.ts";
import type { Tools } from "../room/room.ts";
import { controls } from "./controls.ts";
import { theoryLink } from "./docs.ts";
import { el, type Child } from "./dom.ts";
import { share, type Copies } from "./share.ts";

export interface Scaffold {
  readonly title: string;
  /** Buttons and what belongs to them, above the figure. */
  readonly bar: readonly Child[];
  readonly figure: readonly Child[];
  readonly prose: readonly Child[];
  readonly fields: Fields;
  readonly state: State;
  readonly copies: Copies;
}

/** Fills the host. */
export function scaffold(host: HTMLElement, parts: Scaffold, { change, link, frame, announce }: Tools): void {
  const { title, bar, figure, prose, fields, state, copies } = parts;
  host.replaceChildren(
    el("h1", {}, title),
    el("div", { class: "bar" }, ...bar),
    ...figure.filter((child) => child !== null),
    el(
      "div",
      { class: "below" },
      el("div", {}, el("h2", { class: "heading" }, "Settings"), controls(fields, state, change)),
      el("p", { class: "prose" }, ...prose, ...theoryLink()),
    ),
    share({ link, frame, ...copies }, announce),
  );
}

export const button = (text: string, click: () => void, primary = false): HTMLButtonElement =>
  el("button", { type: "button", class: primary ? "primary" : undefined, click }, text);
