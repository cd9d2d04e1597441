/** Links to the documentation, which lies beside the page; the single file has none. */

import { filesBeside } from "./beside.ts";
import { el, type Child } from "./dom.ts";

/** The index of the documentation. */
export const docsLink = (text: string): Child =>
  filesBeside ? el("a", { href: "docs/README.html", id: "go-docs" }, text) : null;

/** The end of a room's paragraph. */
export const theoryLink = (): readonly Child[] =>
  filesBeside ? [" ", el("a", { href: "docs/theory.html" }, "What is proved, and what is not"), "."] : [];
