/** Transitions as a table, for a terminal and for a page. */

import type { Table } from "../../report/page.ts";
import type { CellTransition } from "../../sweep/transitions.ts";
import { brief } from "./read.ts";

/** The values of a transition's other names in words. */
export const placeOf = (values: CellTransition["values"]): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(" ");

/** A transition's place in words: where it is not found, on which side of all values it lies. */
export function transitionTable(transitions: readonly CellTransition[]): Table {
  const ends = ([from, to]: readonly [number | null, number | null]): string =>
    `${brief(from)} to ${brief(to)}`;
  return {
    head: ["family", "at", "over", "transition", "estimate", "between", "90 % interval"],
    rows: transitions.map(({ family, values, over, transition: t }) => [
      family,
      placeOf(values),
      over,
      t?.status ?? "not found yet",
      brief(t?.estimate ?? null),
      ends(t?.between ?? [null, null]),
      ends(t?.interval ?? [null, null]),
    ]),
  };
}
