// The documentation as pages of the lab's site, and the theory as one beside reports: Markdown to HTML.
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

/** The anchor that links to a heading use, as GitHub makes it. */
const anchor = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

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
  md.renderer.rules.heading_open = (tokens, at, options, env, self) => {
    tokens[at].attrSet("id", anchor(tokens[at + 1].content));
    return self.renderToken(tokens, at, options);
  };
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
  md.core.ruler.push("formulas", formulasOf);
  return md;
}

/** A whole page; `nav` stands above it. */
function pageOf(text, md, nav) {
  const title = /^# (.*)$/m.exec(text)?.[1] ?? "";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'">
<link rel="icon" href="data:,"><title>${md.utils.escapeHtml(title)}</title><style>${style}</style></head><body>
<nav>${nav}</nav>
<main>${md.render(text)}</main></body></html>
`;
}

/** The theory as a page that stands beside a report, and so without links to the other pages. */
export const theoryPage = (root) =>
  pageOf(
    readFileSync(join(root, "docs", "theory.md"), "utf8"),
    renderer(() => null),
    '<a href="report.html">the report</a>',
  );

const LAB = '<a href="../index.html">equihard lab</a><a href="README.html">documentation</a>';

/**
 * @param from folder of Markdown files and figures
 * @param to folder to write pages to, which is made
 */
export function writeDocs(from, to) {
  mkdirSync(to, { recursive: true });
  const md = renderer((href) => href.replace(/\.md(?=$|#)/, ".html"));
  for (const name of readdirSync(from)) {
    if (name.endsWith(".svg")) copyFileSync(join(from, name), join(to, name));
    if (!name.endsWith(".md")) continue;
    const text = readFileSync(join(from, name), "utf8");
    writeFileSync(join(to, name.replace(/\.md$/, ".html")), pageOf(text, md, LAB));
  }
}
