/** The report's first screen: the question, whose paper it is, the board of results and a lead figure beside it. */

import { boardHtml, keyHtml, type Board } from "./board.ts";
import type { Link, Picture } from "./card.ts";
import { escape, tag } from "./markup.ts";

/** What a reader sees first. */
export interface Opening {
  readonly paper: Link & { readonly authors: string };
  /** Scale, date, version. */
  readonly facts: readonly string[];
  readonly command: string;
  readonly board: Board;
  readonly picture: Picture;
}

/** @param leadHtml the lead figure, as the page draws figures */
export function openingHtml(title: string, opening: Opening, leadHtml: string): string {
  const { paper, facts, command, board, picture } = opening;
  const caption = `<figcaption>${escape(picture.caption)}</figcaption>`;
  const by = `${tag("a", { href: paper.href }, escape(paper.text))} (${escape(paper.authors)})`;
  return tag(
    "div",
    { class: "opening" },
    `<header><h1>${escape(title)}</h1><p class="small">The paper, executable: `,
    `${by}. ${escape(facts.join(" · "))} · <code>${escape(command)}</code></p>${keyHtml(board)}</header>`,
    tag("div", {}, boardHtml(board)),
    tag("aside", {}, leadHtml, tag("figure", { class: "sketch" }, picture.svg, caption)),
  );
}
