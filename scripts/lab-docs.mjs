// The documentation as pages of the lab's site, and the theory as one beside reports: Markdown to HTML.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import markdownIt from "markdown-it";
import temml from "temml";

const style = `:root{color-scheme:light dark;--accent:light-dark(#005a8e,#6cc3f5);--edge:light-dark(#d5d7dc,#3b3f46)}
body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:1rem auto 4rem;padding:0 1rem}
body{color:light-dark(#1b1b1f,#e9eaec);background:light-dark(#fff,#15171a);overflow-wrap:break-word}
a{color:var(--accent)}nav{display:flex;gap:1.2rem;font-size:.9rem}h1{line-height:1.2}h2{margin-top:2.2em}
code{font-size:.88em}p code,li code,td code{background:light-dark(#eef0f3,#23272e);border-radius:3px;padding:.05em .25em}
pre{overflow-x:auto;border:1px solid var(--edge);border-radius:6px;padding:.7rem .9rem;line-height:1.45}
pre{background:light-dark(#f7f8fa,#1b1e23)}pre.printed{border-style:dashed;background:none}
table{border-collapse:collapse;display:block;overflow-x:auto;margin:1.2em 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--edge)}
td:first-child{min-width:7rem}img{max-width:100%;height:auto}math{font-family:"STIX Two Math","Cambria Math","Latin Modern Math",math}
.display{overflow-x:auto;overflow-y:hidden;margin:1em 0}`;

/** A formula in TeX as MathML, which browsers typeset themselves. @throws where the TeX is wrong */
const formula = (tex, displayMode) => temml.renderToString(tex, { displayMode, throwOnError: true });

const { escapeHtml } = markdownIt().utils;

/** The anchor that links to a heading use, as GitHub makes it. */
const anchor = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** Headings get anchors: one that they name at their end (`{#anchor}`), else what GitHub makes, where that is free. */
function anchors({ tokens }) {
  const headings = tokens.flatMap((token, at) =>
    token.type === "heading_open" ? [{ token, words: tokens[at + 1] }] : [],
  );
  for (const { token, words } of headings) {
    const [, text, named] = /^(.*) \{#([\w-]+)\}$/.exec(words.content) ?? [];
    if (named === undefined) continue;
    words.content = text;
    token.attrSet("id", named);
  }
  const taken = new Set(headings.map(({ token }) => token.attrGet("id")));
  for (const { token, words } of headings) {
    const own = anchor(words.content);
    if (token.attrGet("id") === null && !taken.has(own)) token.attrSet("id", own);
    taken.add(own);
  }
}

/** Formulas in a line are written as on GitHub, code between dollars. */
function formulasOf({ tokens }) {
  for (const { children } of tokens)
    for (const [i, token] of (children ?? []).entries()) {
      const [before, after] = [children[i - 1], children[i + 1]];
      if (token.type !== "code_inline" || !before?.content.endsWith("$") || !after?.content.startsWith("$"))
        continue;
      before.content = before.content.slice(0, -1);
      after.content = after.content.slice(1);
      token.type = "html_inline";
      token.content = formula(token.content, false);
    }
}

/** @param hrefOf where a link between pages leads; null takes it away and leaves its words */
function renderer(hrefOf) {
  const md = markdownIt({ html: false, linkify: false });
  md.renderer.rules.link_open = (tokens, at, options, env, self) => {
    const href = tokens[at].attrGet("href") ?? "";
    if (/^[a-z]+:|^#/.test(href)) return self.renderToken(tokens, at, options);
    const to = hrefOf(href);
    if (to !== null) tokens[at].attrSet("href", to);
    else tokens[at].attrs = null;
    return self.renderToken(tokens, at, options);
  };
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, at, options, env, self) => {
    const { info, content } = tokens[at];
    if (info === "math") return `<div class="display">${formula(content, true)}</div>`;
    const rendered = fence(tokens, at, options, env, self);
    return info.startsWith("text") ? rendered.replace("<pre", '<pre class="printed"') : rendered;
  };
  md.core.ruler.after("block", "anchors", anchors);
  md.core.ruler.push("formulas", formulasOf);
  return md;
}

/**
 * A whole page; `nav` stands above it.
 * @param more styles beside those of all pages, and the only script that the page may run
 */
export function pageOf(title, html, nav, { css = "", script = "" } = {}) {
  const allowed = `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  const scripts = script === "" ? "" : `; script-src ${allowed}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:${scripts}">
<link rel="icon" href="data:,"><title>${escapeHtml(title)}</title><style>${style}${css}</style></head><body>
<nav>${nav}</nav>
<main>${html}</main>${script === "" ? "" : `<script>${script}</script>`}</body></html>
`;
}

const documentOf = (text, md, nav) => pageOf(/^# (.*)$/m.exec(text)?.[1] ?? "", md.render(text), nav);

/** The theory as a page that stands beside a report, and so without links to the other pages. */
export const theoryPage = (root) =>
  documentOf(
    readFileSync(join(root, "docs", "theory.md"), "utf8"),
    renderer(() => null),
    '<a href="report.html">the report</a>',
  );

/** To the page of the same name in the site. */
export const siteRenderer = () => renderer((href) => href.replace(/\.md(?=$|#)/, ".html"));

const LAB = [
  '<a href="../index.html">equihard lab</a>',
  '<a href="README.html">documentation</a>',
  '<a href="api/README.html">reference</a>',
].join("");

/** Stands at the end of the index, which elsewhere has no reference beside it. */
const ofReference = `
## The library, name by name

[The reference](api/README.md) has every name that a program can import, by entry, and a search over them all.
`;

/**
 * @param from folder of Markdown files and figures
 * @param to folder to write pages to, which is made
 */
export function writeDocs(from, to) {
  mkdirSync(to, { recursive: true });
  const md = siteRenderer();
  for (const name of readdirSync(from)) {
    if (name.endsWith(".svg")) copyFileSync(join(from, name), join(to, name));
    if (!name.endsWith(".md")) continue;
    const text = readFileSync(join(from, name), "utf8");
    const whole = name === "README.md" ? text + ofReference : text;
    writeFileSync(join(to, name.replace(/\.md$/, ".html")), documentOf(whole, md, LAB));
  }
}
