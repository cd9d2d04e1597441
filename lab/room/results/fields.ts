/** What the room of results can be set to: which columns are drawn. Which file of one's own is no part of a link. */

import { choice, type Fields } from "../../state/fields.ts";

const column = (label: string) => ({ kind: "text", label, pattern: /^[^<>]{0,60}$/, preset: "" }) as const;

export const resultsFields = (): Fields => ({
  of: choice("results", { own: "of your own", example: "the example" }, "own"),
  x: column("across"),
  axis: choice("distances across", { linear: "of numbers", log: "of powers" }, "linear"),
  y: column("up"),
  by: column("a curve for each"),
  filter: column("only where (column=value)"),
});

/** The example as it is opened: which of its columns are drawn. */
export const exampleSettings = {
  of: "example",
  x: "d",
  axis: "log",
  y: "explained",
  by: "k",
  filter: "",
} as const;
