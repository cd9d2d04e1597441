/** What stands beside the trainings of a figure, and a chip for each thing that does not. */

import { escape, tag } from "./markup.ts";

/** A check that is missing, or was made for a part only. */
export interface Gap {
  readonly name: string;
  readonly says: string;
}

/** The checks of a figure's trainings. */
export interface Demands {
  /** Names of those that were made for every target. */
  readonly made: readonly string[];
  readonly gaps: readonly Gap[];
}

const gapHtml = ({ name, says }: Gap): string =>
  tag("li", { class: "chip missing" }, escape(name), " ", tag("small", {}, escape(says)));

export const demandsHtml = ({ made, gaps }: Demands): string =>
  tag(
    "div",
    { class: "demands" },
    tag(
      "p",
      { class: "small" },
      escape(`Checks of every target shown: ${made.join(", ")}. Not of every one:`),
    ),
    tag("ul", { class: "chips" }, ...gaps.map(gapHtml)),
  );
