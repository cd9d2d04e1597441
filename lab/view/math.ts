/** Formulas in the lab's text, in the notation of the report's. */

import { math as markup } from "../../src/report/math.ts";
import { draw, el } from "./dom.ts";

/** A formula within a line of text. */
export function math(source: string): Element {
  const host = el("span");
  draw(host, markup(source));
  return host.children[0];
}
