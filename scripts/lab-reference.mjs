// The reference of the package's doors (scripts/api.mjs) as pages of the lab's site: a page a door with a list of its
// names above, an index of all, and on each a field that searches the list.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pageOf, siteRenderer } from "./lab-docs.mjs";

const css = `.names ul{list-style:none;padding:0;columns:13rem;margin:.3rem 0 1rem}.names.told ul{columns:auto}
.names li{padding:.2rem 0;break-inside:avoid}.names li span{color:light-dark(#50545b,#b2b7bf)}
.names input{font:inherit;color:inherit;background:none;display:block;box-sizing:border-box;width:100%;max-width:24rem}
.names input{border:1px solid light-dark(#8a8f98,#7b818a);border-radius:6px;padding:.3rem .7rem;min-height:2.2rem}
.names h2{font-size:1.05rem;margin:1.2em 0 0}[hidden],main>hr{display:none}
main>h3{margin:2em 0 .4em;padding-top:.8em;border-top:1px solid var(--edge)}main>h4{margin:1.2em 0 0}
main>h5,main>h6{margin:.9em 0 0;font-size:.92rem}main>h6{font-weight:500}main>h3~p,blockquote p{margin:.3em 0}
blockquote{margin:.5em 0;padding:.2em .8em;border-left:3px solid var(--accent);overflow-wrap:anywhere}
blockquote{background:light-dark(#f7f8fa,#1b1e23)}p code{overflow-wrap:anywhere}`;

/** Shows what of the list has all the words that are typed; Enter goes to the first. */
const script = `
const [field] = document.querySelectorAll(".names input");
const [count] = document.querySelectorAll(".names output");
const names = [...document.querySelectorAll(".names li")];
field.closest("label").hidden = false;
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\\s+/);
  for (const name of names) name.hidden = !words.every((word) => name.textContent.toLowerCase().includes(word));
  for (const part of document.querySelectorAll(".names section")) part.hidden = !part.querySelector("li:not([hidden])");
  count.textContent = field.value === "" ? "" : names.filter((name) => !name.hidden).length + " of " + names.length;
});
field.addEventListener("keydown", ({ key }) => {
  if (key === "Enter") names.find((name) => !name.hidden)?.querySelector("a").click();
});
`;

const NAV = [
  '<a href="../../index.html">equihard lab</a>',
  '<a href="../README.html">documentation</a>',
  '<a href="README.html">reference</a>',
].join("");

/** Anchors stand in a line of their own before their heading; here they end it, as `lab-docs.mjs` reads them. */
const withAnchors = (text) => text.replace(/^<a id="([\w-]+)"><\/a>\n+(#+ .*)$/gm, "$2 {#$1}");

/** The names of a page by their group (functions, ...), each with its anchor and the first sentence about it. */
function groupsOf(text) {
  const groups = [];
  const lines = text.split("\n");
  for (const [at, line] of lines.entries()) {
    const [, group] = /^## (.*)$/.exec(line) ?? [];
    const [, name, anchor] = /^### (.*) \{#(.*)\}$/.exec(line) ?? [];
    if (group !== undefined) groups.push({ group, names: [] });
    if (name !== undefined) groups.at(-1).names.push({ name, anchor, about: aboutAfter(lines, at) });
  }
  return groups;
}

function aboutAfter(lines, at) {
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => /^#|^\*\*\*/.test(line));
  const told = rest.slice(0, end < 0 ? undefined : end).filter((line) => !line.startsWith(">"));
  const [paragraph] = told.join("\n").trim().split("\n\n");
  return (/^[\s\S]*?[.:?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph).replace(/:$/, "");
}

/** A searched list of parts, each with a heading and its items. */
const listOf = (parts, told) =>
  [
    `<div class="names${told ? " told" : ""}" role="search">`,
    '<label hidden>Search these names<input type="search" autocomplete="off" spellcheck="false"></label>',
    "<output></output>",
    ...parts.map(({ head, items }) => `<section>${head}<ul>${items.join("")}</ul></section>`),
    "</div>",
  ].join("\n");

/**
 * @param from folder of Markdown, a page a door
 * @param to folder to write pages to, which is made
 */
export function writeReference(from, to) {
  mkdirSync(to, { recursive: true });
  const md = siteRenderer();
  const inline = (text) => md.renderInline(text);
  const files = readdirSync(from).flatMap((name) => /^(?!README)(.*)\.md$/.exec(name)?.[1] ?? []);
  const index = files.sort().map((file) => {
    const text = withAnchors(readFileSync(join(from, `${file}.md`), "utf8"));
    const href = `${file}.html`;
    const [, title, about, body] = /^# (.*)\n+([\s\S]*?)\n+(?=## )([\s\S]*)$/.exec(text);
    const groups = groupsOf(body);
    const link = ({ name, anchor }, page) => `<a href="${page}#${anchor}">${inline(name)}</a>`;
    const parts = groups.map(({ group, names }) => ({
      head: `<h2>${group}</h2>`,
      items: names.map((name) => `<li>${link(name, "")}</li>`),
    }));
    const head = `<h1>${title}</h1>${md.render(about)}`;
    const page = `${head}${listOf(parts, false)}${md.render(body)}`;
    writeFileSync(join(to, href), pageOf(title, page, NAV, { css, script }));
    return {
      head: `<h2><a href="${href}">${title}</a></h2>${md.render(about)}`,
      items: groups
        .flatMap(({ names }) => names)
        .map((name) => `<li>${link(name, href)} <span>${inline(name.about)}</span></li>`),
    };
  });
  const title = "Reference";
  const told = "Every name that a program can import, by the entry of the package that exports it.";
  const page = `<h1>${title}</h1><p>${told}</p>${listOf(index, true)}`;
  writeFileSync(join(to, "README.html"), pageOf(title, page, NAV, { css, script }));
}
