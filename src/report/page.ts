/** One self-contained page of sections: opens from disk, no network, light and dark. */

import { reject } from "../base/errors.ts";
import { cardHtml, type Card } from "./card.ts";
import { demandsHtml, type Demands } from "./demands.ts";
import type { Figure } from "./drawing.ts";
import { pageScript } from "./live/script.ts";
import { escape, grouped, scrolled, tag } from "./markup.ts";
import { turned, type Listing, type PageData } from "./page-data.ts";
import { openingHtml, type Opening } from "./opening.ts";
import { style } from "./style.ts";

/** A table of text: as many cells in every row as in the head. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What stands in a section, in order. Text is plain: the page escapes it. */
export type Block =
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "table"; readonly table: Table }
  /** A caption's first two sentences, a claim and a caveat, are seen; `more` is folded. */
  | { readonly kind: "figure"; readonly figure: Figure; readonly caption: string; readonly more?: string }
  | { readonly kind: "links"; readonly links: readonly { readonly text: string; readonly href: string }[] }
  | { readonly kind: "card"; readonly card: Card }
  /** Of the figure before it. */
  | { readonly kind: "demands"; readonly demands: Demands }
  /** A table too long to stand in the page: its script builds it on demand. */
  | { readonly kind: "listing"; readonly listing: Listing; readonly file: string };

/** A part of the page under one heading. */
export interface Section {
  /** Unique in the page: the anchor of its heading. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Folded until it is opened. */
  readonly folded?: boolean;
}

export interface Page {
  readonly title: string;
  /** The finding in one paragraph. */
  readonly lead: string;
  readonly sections: readonly Section[];
  /** Charts are drawn by the page's script alone; without it they are pictures from the files beside the page. */
  readonly lean?: boolean;
  /** The first screen, in place of the lead. */
  readonly opening?: Opening & { readonly lead: Figure };
}

/** Sentences as one text; those that do not apply are absent. */
export const sentences = (...given: readonly (string | undefined)[]): string =>
  given.filter((s) => s !== undefined).join(" ");

/** The text as a sentence or a title begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const paragraph = (text: string): Block => ({ kind: "paragraph", text });
export const list = (items: readonly string[]): Block => ({ kind: "list", items });
export const table = (head: Table["head"], rows: Table["rows"]): Block => ({
  kind: "table",
  table: { head, rows },
});
/** @param more what only some readers ask: folded */
export const figure = (shown: Figure, caption: string, more?: string): Block => ({
  kind: "figure",
  figure: shown,
  caption,
  ...(more === undefined ? {} : { more }),
});

export const figuresOf = (sections: readonly Section[]): Figure[] =>
  sections.flatMap((s) => s.blocks.flatMap(figuresIn));

/** All of a page, in the order of their numbers. */
export const pageFigures = ({ opening, sections }: Page): Figure[] => [
  ...(opening === undefined ? [] : [opening.lead]),
  ...figuresOf(sections),
];

function figuresIn(block: Block): readonly Figure[] {
  if (block.kind === "figure") return [block.figure];
  return block.kind === "card" && block.card.strip !== null ? [block.card.strip] : [];
}

/** Sections of one id as one, where the first stands. @throws InputError if they differ in more than their blocks */
export function merged(sections: readonly Section[]): Section[] {
  const byId = new Map<string, Section>();
  for (const section of sections) {
    const { id, title, blocks } = section;
    const before = byId.get(id);
    if (before !== undefined && (before.title !== title || before.folded !== section.folded))
      reject({
        where: `section ${id}`,
        what: `is called "${before.title}" by one study, "${title}" by another`,
      });
    byId.set(id, before === undefined ? section : { ...before, blocks: [...before.blocks, ...blocks] });
  }
  return [...byId.values()];
}

/** A section under another name, its figures too, so that it may stand beside the one that it is like. */
export const prefixed = (section: Section, by: string): Section => ({
  ...section,
  id: `${by}-${section.id}`,
  blocks: section.blocks.map((block) =>
    block.kind === "figure"
      ? { ...block, figure: { ...block.figure, name: `${by}-${block.figure.name}` } }
      : block,
  ),
});

/** Cells with more characters than this are prose, and break into lines. */
const LONGEST_LINE = 28;

/** What figures are put into a page with. */
interface Placing {
  /** A figure's number in the page, by its name. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly lean: boolean;
}

function tableHtml({ head, rows }: Table, label: string): string {
  const numeric = head.map(
    (_, i) => rows.length > 0 && rows.every((r) => /^[-−+]?[\d.,\s]+(e\d+)?$|^-?$/.test(r[i])),
  );
  const cell = (name: string, text: string, i: number): string => {
    const prose = text.length > LONGEST_LINE ? "text" : null;
    const said = /^equihard | --\w/.test(text) ? text : grouped(text); // a command is typed as it stands
    return tag(name, { class: numeric[i] ? "number" : prose }, escape(said));
  };
  const line = (cells: readonly string[], name: string): string =>
    tag("tr", {}, ...cells.map((c, i) => cell(name, c, i)));
  const body = rows.map((r) => line(r, "td")).join("");
  return scrolled(tag("table", {}, `<thead>${line(head, "th")}</thead><tbody>${body}</tbody>`), label);
}

function blockHtml(block: Block, title: string, placing: Placing): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${escape(block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((i) => `<li>${escape(i)}</li>`).join("")}</ul>`;
    case "links": {
      const items = block.links.map(({ text, href }) => `<li>${tag("a", { href }, escape(text))}</li>`);
      return `<ul>${items.join("")}</ul>`;
    }
    case "table":
      return tableHtml(block.table, title);
    case "figure":
      return figureHtml(block.figure, placing, block.caption, block);
    case "demands":
      return demandsHtml(block.demands);
    case "listing":
      // its script puts the table below the sentence, which stands alone on paper
      return tag(
        "div",
        { "data-listing": block.listing.name },
        `<p>${block.listing.rows.length} lines: see ${escape(block.file)}.</p>`,
      );
    case "card":
      return cardHtml(block.card, block.card.strip === null ? "" : figureHtml(block.card.strip, placing, ""));
  }
}

/** Sentences of a caption that are seen: a claim and its caveat. */
const SEEN = 2;

/** What is seen of a caption, and what is folded. */
function captionParts(caption: string, more = ""): [string, string] {
  const found = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(caption)];
  const joined = (from: number, to?: number): string =>
    found
      .slice(from, to)
      .map((s) => s.segment)
      .join("")
      .trim();
  return [joined(0, SEEN), [joined(SEEN), more].filter((text) => text !== "").join(" ")];
}

interface FigureForm {
  readonly more?: string | undefined;
  readonly heading?: "h2" | "h3";
}

/** A figure with its number, its caption, the rest of that folded, and where its numbers are. */
function figureHtml(
  shown: Figure,
  placing: Placing,
  caption: string,
  { more, heading = "h3" }: FigureForm = {},
): string {
  const { name, title, chart } = shown;
  const files = ["csv", "svg"].map((end) => tag("a", { href: `figures/${name}.${end}` }, end.toUpperCase()));
  const [seen, rest] = captionParts(caption, more);
  const folded =
    rest === "" ? "" : `<details><summary>More on this figure</summary><p>${escape(rest)}</p></details>`;
  const said = seen === "" ? "" : `<p>${escape(seen)}</p>`;
  const drawn = chart === undefined ? still(shown, placing.lean) : live(shown, placing.lean);
  const frame = tag("div", { class: "frame", style: drawn.style ?? null }, drawn.inner);
  return tag(
    "figure",
    { id: name, "data-figure": name },
    tag(heading, {}, `Figure ${placing.numbers.get(name)}. ${escape(title)}`),
    frame,
    `<figcaption>${said}${folded}<p class="small">${files.join(" · ")}</p></figcaption>`,
  );
}

/** Pixels across and down, as the drawing says. */
const sizeOf = (svg: string): number[] =>
  ["width", "height"].map((name) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(svg)?.[1]));

/** What a figure's frame holds. */
interface Drawn {
  readonly inner: string;
  readonly style?: string;
}

/** Characters from which on a drawing of a lean page is packed with the data. */
const LONG_DRAWING = 6000;
const isPacked = ({ svg, chart }: Figure, lean: boolean): boolean =>
  lean && chart === undefined && svg.length > LONG_DRAWING;

/** A drawing's shape: on paper tall ones and narrow ones stand upright, wide ones have a sheet across. */
function shapeOf(svg: string): "tall" | "narrow" | "wide" {
  const [width, height] = sizeOf(svg);
  if (height > width) return "tall";
  return width > UPRIGHT ? "wide" : "narrow";
}

/** As wide as plots are: on an upright sheet their letters can still have 11 pixels. */
const UPRIGHT = 880;

/** A drawing that keeps its size. */
function still(shown: Figure, lean: boolean): Drawn {
  const { svg, title } = shown;
  const { inner, ...rest } = isPacked(shown, lean) ? fromFile(shown) : { inner: svg };
  return { inner: scrolled(tag("div", { class: shapeOf(svg) }, inner), title), ...rest };
}

/** A chart that the page's script draws again. */
const live = (shown: Figure, lean: boolean): Drawn => (lean ? fromFile(shown) : { inner: shown.svg });

/** What comes from the page's script; without it, from the file beside. */
function fromFile({ name, title, svg }: Figure): Drawn {
  const picture = tag("img", { src: `figures/${name}.svg`, alt: title, loading: "lazy" });
  return { inner: `<noscript>${picture}</noscript>`, style: `min-height:${sizeOf(svg)[1]}px` };
}

function sectionHtml({ id, title, blocks, folded }: Section, placing: Placing): string {
  const inner = blocks.map((block) => blockHtml(block, title, placing)).join("\n");
  return folded === true
    ? `<details id="${escape(id)}"><summary>${escape(title)}</summary>${inner}</details>`
    : `<section id="${escape(id)}"><h2>${escape(title)}</h2>${inner}</section>`;
}

/** Digits of numbers that the page itself shows; files have all. */
const DIGITS = 5;
const short = (value: string | number | null): string | number | null =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;

/** The rows of every figure and long table, once, as the page's script reads them. */
function dataOf({ sections, lean = false }: Page, figures: readonly Figure[]): string {
  const listings = sections.flatMap((s) =>
    s.blocks.flatMap((b) => (b.kind === "listing" ? [b.listing] : [])),
  );
  const data: PageData = {
    figures: figures.map((shown) => {
      const { name, title, chart, rows, svg } = shown;
      const columns = Object.keys(rows[0] ?? {});
      const values = columns.map((c) => rows.map((row) => short(row[c])));
      const drawn = chart === undefined ? {} : { chart };
      return { name, title, columns, values, ...drawn, ...(isPacked(shown, lean) ? { drawing: svg } : {}) };
    }),
    listings: listings.map(({ name, columns, rows }) => ({ name, columns, values: turned(rows) })),
  };
  return JSON.stringify(data);
}

/** @param pack makes the data smaller, as `live/unpack.ts` takes it; plain where there is none */
function dataHtml(data: string, pack: ((text: string) => string) | undefined): string {
  if (pack !== undefined)
    return tag("script", { type: "text/plain", id: "data", "data-packed": true }, pack(data));
  // nothing in it may end the script element
  return tag("script", { type: "application/json", id: "data" }, data.replaceAll("<", "\\u003c"));
}

/** @returns a whole document: nothing is loaded from elsewhere
 * @param pack makes embedded data smaller (`pack.node.ts`) */
export function pageHtml(page: Page, pack?: (text: string) => string): string {
  const { title, lead, sections, opening, lean = false } = page;
  const contents = sections.map((s) => `<li><a href="#${escape(s.id)}">${escape(s.title)}</a></li>`).join("");
  const figures = pageFigures(page);
  const placing = { numbers: new Map(figures.map(({ name }, i) => [name, i + 1])), lean };
  const begin =
    opening === undefined
      ? `<h1>${escape(title)}</h1>\n<p class="lead">${escape(lead)}</p>`
      : openingHtml(title, opening, figureHtml(opening.lead, placing, "", { heading: "h2" }));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>equihard: ${escape(title)}</title>
<style>${style}</style></head><body><main>
${begin}
<nav aria-label="Contents"><details><summary>Contents</summary><ul>${contents}</ul></details></nav>
${sections.map((section) => sectionHtml(section, placing)).join("\n")}
</main>
${dataHtml(dataOf(page, figures), pack)}
${pageScript}</body></html>
`;
}
