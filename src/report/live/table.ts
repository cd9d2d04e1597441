/** A table that is sorted by a press on its heads. */

import type { Listing } from "../page-data.ts";
import { element, shown } from "./dom.ts";

type Row = Listing["rows"][number];

const byColumn =
  (column: number, sign: number) =>
  (a: Row, b: Row): number => {
    const [x, y] = [a[column], b[column]];
    if (x === null || x === "") return 1;
    if (y === null || y === "") return -1;
    if (typeof x === "number" && typeof y === "number") return sign * (x - y);
    return sign * String(x).localeCompare(String(y), "en", { numeric: true });
  };

/** @param idOf gives a row the place that links lead to */
export function sortableTable(
  { columns, rows }: Pick<Listing, "columns" | "rows">,
  label: string,
  idOf: (row: Row) => string | null = () => null,
): HTMLElement {
  const body = element("tbody");
  const numeric = columns.map((_, i) => rows.every((r) => r[i] === null || typeof r[i] === "number"));
  const fill = (sorted: readonly Row[]): void =>
    body.replaceChildren(...sorted.map((row) => lineOf(row, numeric, idOf(row))));
  fill(rows);
  const heads = columns.map((name) =>
    element("th", { scope: "col" }, element("button", { type: "button" }, name)),
  );
  heads.forEach((head, i) =>
    head.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      fill(rows.toSorted(byColumn(i, down ? -1 : 1)));
    }),
  );
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);
  return element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": label }, table);
}

function lineOf(row: Row, numeric: readonly boolean[], id: string | null): HTMLElement {
  const cells = row.map((value, i) => element("td", numeric[i] ? { class: "number" } : {}, shown(value)));
  return element("tr", id === null ? {} : { id }, ...cells);
}
