/** What the room of results can be set to: which columns are drawn. Which file is no part of a link. */

import type { Fields } from "../../state/fields.ts";

const column = (label: string) => ({ kind: "text", label, pattern: /^[^<>]{0,60}$/, preset: "" }) as const;

export const resultsFields = (): Fields => ({
  x: column("across"),
  y: column("up"),
  by: column("a curve for each"),
  filter: column("only where (column=value)"),
});
