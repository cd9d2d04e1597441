/** One self-contained page of sections: opens from disk, no network, light and dark. */

import type { Figure } from "./drawing.ts";

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
  | { readonly kind: "figure"; readonly figure: Figure; readonly caption: string };

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
}

/** Sentences as one text; those that do not apply are absent. */
export const sentences = (...given: readonly (string | undefined)[]): string =>
  given.filter((s) => s !== undefined).join(" ");

export const paragraph = (text: string): Block => ({ kind: "paragraph", text });
export const list = (items: readonly string[]): Block => ({ kind: "list", items });
export const table = (head: Table["head"], rows: Table["rows"]): Block => ({
  kind: "table",
  table: { head, rows },
});
export const figure = (shown: Figure, caption: string): Block => ({
  kind: "figure",
  figure: shown,
  caption,
});

export const figuresOf = (sections: readonly Section[]): Figure[] =>
  sections.flatMap((s) => s.blocks.flatMap((b) => (b.kind === "figure" ? [b.figure] : [])));

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${escape(block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((i) => `<li>${escape(i)}</li>`).join("")}</ul>`;
    case "table": {
      const line = (cells: readonly string[], tag: string): string =>
        `<tr>${cells.map((c) => `<${tag}>${escape(c)}</${tag}>`).join("")}</tr>`;
      const { head, rows } = block.table;
      const body = rows.map((r) => line(r, "td")).join("");
      return scrolled(`<table><thead>${line(head, "th")}</thead><tbody>${body}</tbody></table>`);
    }
    case "figure": {
      const { name, title, svg } = block.figure;
      const caption = `${escape(block.caption)} Numbers: <code>${escape(name)}.csv</code>.`;
      return [
        `<figure id="${escape(name)}"><h3>${escape(title)}</h3>`,
        scrolled(svg),
        `<figcaption>${caption}</figcaption></figure>`,
      ].join("");
    }
  }
}

/** What is wider than the page moves in a frame of its own, by keyboard too. */
const scrolled = (inner: string): string => `<div class="scroll" tabindex="0">${inner}</div>`;

function sectionHtml({ id, title, blocks, folded }: Section): string {
  const inner = blocks.map(blockHtml).join("\n");
  return folded === true
    ? `<details id="${escape(id)}"><summary>${escape(title)}</summary>${inner}</details>`
    : `<section id="${escape(id)}"><h2>${escape(title)}</h2>${inner}</section>`;
}

const style = `
:root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--soft:#5c5f66;--line:#d9dce1}
@media (prefers-color-scheme:dark){:root{--ink:#e7e8ea;--paper:#15171a;--soft:#a3a8b0;--line:#34383e}}
body{font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
body{max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.3rem;margin:0 0 .5rem}h3{font-size:1.1rem;margin:0 0 .5rem}
figure{margin:2.5rem 0}figcaption{color:var(--soft);font-size:.92rem;max-width:46rem}
svg{max-width:100%;height:auto;min-width:34rem}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .7rem;border-bottom:1px solid var(--line);white-space:nowrap}
td:last-child{white-space:normal}.scroll{overflow-x:auto}
nav ul{columns:2;padding-left:1.2rem}a{color:inherit}
.lead{font-size:1.08rem}code{font-size:.9em}
details{margin:1.5rem 0}section{margin-top:3rem}summary{cursor:pointer}
`;

export function pageHtml({ title, lead, sections }: Page): string {
  const contents = sections.map((s) => `<li><a href="#${escape(s.id)}">${escape(s.title)}</a></li>`).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>equihard: ${escape(title)}</title>
<style>${style}</style></head><body>
<h1>${escape(title)}</h1>
<p class="lead">${escape(lead)}</p>
<nav aria-label="Contents"><ul>${contents}</ul></nav>
${sections.map(sectionHtml).join("\n")}
</body></html>
`;
}
