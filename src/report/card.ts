/** One result in full: a drawing of its function, the statement, what is certified, what was measured, every check. */

import { verdictHtml, type CheckState, type Sign } from "./board.ts";
import type { Figure } from "./drawing.ts";
import { escape, tag } from "./markup.ts";
import { math } from "./math.ts";

/** A drawing for a card: markup of its own, and what it shows. */
export interface Picture {
  readonly svg: string;
  readonly caption: string;
}

/** A check as a chip that opens. */
export interface Chip {
  readonly name: string;
  readonly asks: string;
  readonly state: CheckState;
  /** What came of it; absent where it was not made. */
  readonly says?: string;
}

/** Somewhere else to read on. */
export interface Link {
  readonly text: string;
  /** Null where it is named without a link. */
  readonly href: string | null;
}

/** A result, all by one template. */
export interface Card {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly sign: Sign;
  readonly verdict: string;
  readonly picture: Picture;
  /** The statement in words, and as a formula in the notation of `math`. */
  readonly words: string;
  readonly formula: string;
  readonly hypotheses: string;
  readonly theory: Link;
  readonly certificate: string;
  /** Hard targets beside their twins; null where none was trained. */
  readonly strip: Figure | null;
  readonly measured: string;
  readonly chips: readonly Chip[];
  /** Why there are no chips. */
  readonly unchecked: string | null;
  readonly escape: string;
  readonly command: string | null;
  readonly links: readonly Link[];
}

const words: Readonly<Record<CheckState, string>> = {
  holds: "✓",
  against: "✕",
  beside: "·",
  missing: "not made",
};

function chipHtml({ name, asks, state, says }: Chip): string {
  if (says === undefined)
    return tag(
      "li",
      { class: `chip ${state}`, title: asks },
      `${escape(name)} <small>${words.missing}</small>`,
    );
  const inner = `<summary>${words[state]} ${escape(name)}</summary><p>${escape(asks)}</p><p>${escape(says)}.</p>`;
  return tag("li", { class: `chip ${state}` }, tag("details", {}, inner));
}

const anchor = ({ text, href }: Link): string =>
  href === null ? escape(text) : tag("a", { href }, escape(text));
const part = (title: string, inner: string): string => `<h4>${title}</h4>${inner}`;
const said = (text: string): string => `<p>${escape(text)}</p>`;

function checksHtml({ id, chips, unchecked }: Card): string {
  if (unchecked !== null) return part("Checks", said(`None asked for: ${unchecked}.`));
  const made = chips.filter((c) => c.state !== "missing").length;
  const list = tag("ul", { class: "chips", id: `${id}-checks` }, ...chips.map(chipHtml));
  return part(`Checks: ${made} of ${chips.length} made`, list);
}

/** @param stripHtml the card's chart, as the page draws figures */
export function cardHtml(card: Card, stripHtml: string): string {
  const { id, number, name, picture, theory, command, links } = card;
  const drawing = `${picture.svg}<figcaption>${escape(picture.caption)}</figcaption>`;
  const statement = [
    said(card.words),
    tag("div", { class: "formula", tabindex: 0, role: "group", "aria-label": "formula" }, math(card.formula)),
    `<p class="small">${escape(card.hypotheses)} Proof and limits: ${anchor(theory)}.</p>`,
    part("Certificate", said(card.certificate)),
  ].join("");
  return tag(
    "article",
    { class: "card", id },
    `<header><h3>${number}. ${escape(name)}</h3>${verdictHtml(card)}</header>`,
    tag("div", { class: "two" }, tag("figure", {}, drawing), tag("div", {}, statement)),
    part("Measured", said(card.measured) + stripHtml),
    checksHtml(card),
    part("Escape", said(card.escape)),
    command === null ? "" : part("Do it again", `<p><code>${escape(command)}</code></p>`),
    links.length === 0 ? "" : `<p class="small">${links.map(anchor).join(" · ")}</p>`,
  );
}
