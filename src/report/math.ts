/** Formulas as MathML, which browsers typeset themselves: `f(x) = F(U x)`, `y^2`, `h_{i j}`, `\text{words}`. */

import { escape, tag } from "./markup.ts";

const tokens = /\\text\{[^}]*\}|[_^{}]|\d+(?:\.\d+)?|[A-Za-zα-ωΑ-Ωℝ𝔼]|\s+|./gu;

function atom(token: string): string {
  if (token.startsWith("\\text{"))
    return tag("mtext", {}, escape(token.slice(6, -1)).replace(/^ | $/g, "\u00a0"));
  if (/^\d/.test(token)) return tag("mn", {}, token);
  if (/^\p{L}/u.test(token)) return tag("mi", {}, token);
  const space = token === "|" ? "0" : null;
  const stretchy = /[()|]/.test(token) ? "false" : null;
  return tag("mo", { stretchy, lspace: space, rspace: space }, escape(token));
}

/** Reads up to a closing brace or the end. */
function row(rest: string[]): string[] {
  const out: string[] = [];
  for (let token = rest.shift(); token !== undefined && token !== "}"; token = rest.shift()) {
    if (token.trim() === "") continue;
    if (token === "{") out.push(tag("mrow", {}, ...row(rest)));
    else if (token === "_" || token === "^") {
      const base = out.pop() ?? tag("mrow", {});
      const next = rest.shift() ?? "";
      const script = next === "{" ? tag("mrow", {}, ...row(rest)) : atom(next);
      out.push(tag(token === "_" ? "msub" : "msup", {}, base, script));
    } else out.push(atom(token));
  }
  return out;
}

/** A formula within a line of text. */
export const math = (source: string): string =>
  tag("math", {}, tag("mrow", {}, ...row(source.match(tokens) ?? [])));
