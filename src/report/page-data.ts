/** What a page's script reads: the numbers of every figure, and lists too long to stand in the page. */

import type { Chart } from "./drawing.ts";

type Value = string | number | null;

/** Columns with their names, each with a value a row: values of one kind together are packed the smallest. */
export interface Columns {
  readonly columns: readonly string[];
  readonly values: readonly (readonly Value[])[];
}

/** A figure's rows. */
export interface FigureData extends Columns {
  readonly name: string;
  readonly title: string;
  readonly chart?: Chart;
  /** SVG that is not in the page itself, where its length matters. */
  readonly drawing?: string;
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
  readonly listings: readonly (Columns & Pick<Listing, "name">)[];
}

/** Rows or columns, the other way round. */
export const turned = (of: readonly (readonly Value[])[]): Value[][] =>
  (of[0] ?? []).map((_, i) => of.map((values) => values[i]));

/** A row as a record of its columns, as charts read it. */
export const asRow = (
  columns: readonly string[],
  values: readonly Value[],
): Readonly<Record<string, Value>> => Object.fromEntries(columns.map((column, i) => [column, values[i]]));
