/** What a page's script reads: the numbers of every figure, and lists too long to stand in the page. */

import type { Chart } from "./drawing.ts";

/** A figure's rows, by columns. */
export interface FigureData {
  readonly name: string;
  readonly title: string;
  readonly chart?: Chart;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A long table; the first cell of a row is the id of a record. */
export interface Listing {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** All that is embedded, once. */
export interface PageData {
  readonly figures: readonly FigureData[];
  readonly listings: readonly Listing[];
}

/** Rows as records of their columns, as charts read them. */
export const rowsOf = ({ columns, rows }: FigureData): Readonly<Record<string, string | number | null>>[] =>
  rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
