/** What the room of results can be set to: which columns are drawn. Which file of one's own is no part of a link. */

import { choice, type Fields } from "../../state/fields.ts";

const column = (label: string, preset = "") =>
  ({ kind: "text", label, pattern: /^[^<>]{0,60}$/, preset }) as const;

/** The settings under which the example is closed, and a file of one's own is drawn. */
export const ofOwn = { of: "own" } as const;

export const resultsFields = ({ of }: Readonly<Record<string, unknown>>): Fields => {
  const own = of === ofOwn.of;
  const preset = (ofExample: string): string => (own ? "" : ofExample);
  return {
    of: choice("results", { example: "the example", own: "of your own" }, "example"),
    x: column("across", preset("d")),
    axis: choice("scale across", { linear: "linear", log: "logarithmic" }, own ? "linear" : "log"),
    y: column("up", preset("explained")),
    by: column("a curve for each", preset("k")),
    filter: column("only where (column=value)"),
  };
};
