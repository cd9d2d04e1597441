/** Links to the documentation, which lies beside the page; the single file has none. */

import { el, type Child } from "./dom.ts";

const lies = import.meta.env.MODE !== "single";

/** The index of the documentation. */
export const docsLink = (text: string): Child =>
  lies ? el("a", { href: "docs/README.html", id: "go-docs" }, text) : null;

/** The end of a room's paragraph. */
export const theoryLink = (): readonly Child[] =>
  lies ? [" ", el("a", { href: "docs/theory.html" }, "What is proved, and what is not"), "."] : [];
