/** What the room of one's own can be set to; the file itself is no part of a link. */

import { choice, type Fields } from "../../state/fields.ts";

const file = choice(
  "the file holds",
  { class: "labels of a class of functions", data: "examples, the label last" },
  "class",
);
const group = { kind: "text", label: "group", pattern: /^[a-z0-9:-]{0,40}$/, preset: "" } as const;
const axis = choice("functions are in", { rows: "rows", columns: "columns" }, "rows");
const example = (shown: string) => choice("example", { shown, none: "none" }, "shown");

/** Whether what is looked at are labelled examples. */
export const ofData = ({ as }: Readonly<Record<string, unknown>>): boolean => as === "data";

export const ownFields = (given: Readonly<Record<string, unknown>>): Fields =>
  ofData(given)
    ? { as: file, group, example: example("a label that only its square tells of") }
    : { as: file, axis, example: example("parities of four bits") };
