/** Rows as Parquet files. */

import { parquetWriteBuffer } from "hyparquet-writer";

/** What a table's field holds. */
export type Cell = string | number | boolean | null;
/** A row by column names; what it does not name is null. */
export type Row = Readonly<Record<string, Cell>>;

/** Columns that measured values have: real numbers, whatever values there happen to be (options share these names). */
const REAL = /^(final_.*|loss|accuracy)$/;

/**
 * @param names the columns, in order
 * @returns the file's bytes
 */
export function printParquet(names: readonly string[], rows: readonly Row[]): Uint8Array {
  const columnData = names.map((name) => ({ name, ...typed(name, columnOf(name, rows)) }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

const columnOf = (name: string, rows: readonly Row[]): Cell[] => rows.map((row) => row[name] ?? null);

/** The narrowest type that holds a column; of what is mixed, the text. */
function typed(name: string, data: Cell[]) {
  const values = data.filter((value) => value !== null);
  const numbers = values.every((v) => typeof v === "number");
  if (REAL.test(name) && numbers) return { type: "DOUBLE" as const, data };
  if (values.length > 0 && values.every((v) => typeof v === "boolean"))
    return { type: "BOOLEAN" as const, data };
  if (values.length === 0 || !numbers)
    return { type: "STRING" as const, data: data.map((v) => (v === null ? null : String(v))) };
  if (!values.every((v) => Number.isSafeInteger(v))) return { type: "DOUBLE" as const, data };
  return { type: "INT64" as const, data: data.map((v) => (v === null ? null : BigInt(v))) };
}
