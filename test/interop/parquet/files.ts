/** Parquet files of every kind that is read: plain, optional and listed columns, text, packed or not, in row groups. */

import { ByteWriter, ParquetWriter, type ColumnSource, type SchemaElement } from "hyparquet-writer";
import { openParquet } from "../../../src/interop/parquet/read.ts";

const list = (name: string, type: "DOUBLE" | "INT32"): SchemaElement[] => [
  { name, repetition_type: "OPTIONAL", converted_type: "LIST", num_children: 1 },
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  { name: "element", type, repetition_type: "OPTIONAL" },
];

/** Rows of every kind of column: what comes back is `columns`. */
export function parquetFile(
  rows: number,
  codec: "UNCOMPRESSED" | "SNAPPY",
): { readonly bytes: Uint8Array; readonly columns: Readonly<Record<string, readonly unknown[]>> } {
  const at = Array.from({ length: rows }, (_, i) => i);
  const columns = {
    y: at.map((i) => Math.sin(i)),
    few: at.map((i) => i % 3),
    same: at.map(() => 7),
    hole: at.map((i) => (i % 4 === 1 ? null : i / 2)),
    text: at.map((i) => `D${i % 5}?`),
    yes: at.map((i) => i % 3 === 0),
    X: at.map((i) => [i, Math.cos(i), i % 2]),
    ragged: at.map((i) => at.slice(0, i % 4)),
  };
  const schema: SchemaElement[] = [
    { name: "root", num_children: 8 },
    { name: "y", type: "DOUBLE", repetition_type: "REQUIRED" },
    { name: "few", type: "INT32", repetition_type: "REQUIRED" },
    { name: "same", type: "FLOAT", repetition_type: "REQUIRED" },
    { name: "hole", type: "DOUBLE", repetition_type: "OPTIONAL" },
    { name: "text", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
    { name: "yes", type: "BOOLEAN", repetition_type: "REQUIRED" },
    ...list("X", "DOUBLE"),
    ...list("ragged", "INT32"),
  ];
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema, codec });
  const columnData = Object.entries(columns).map(([name, data]): ColumnSource => ({ name, data }));
  void file.write({ columnData, rowGroupSize: Math.ceil(rows / 2) });
  void file.finish();
  return { bytes: new Uint8Array(writer.getBuffer()), columns };
}

/** All columns. @throws InputError for a damaged file */
export async function readParquet(bytes: Uint8Array): Promise<Record<string, readonly unknown[]>> {
  const { names, rows, read } = await openParquet(bytes, "a.parquet");
  const columns: Record<string, readonly unknown[]> = {};
  for (const name of names) {
    columns[name] = await read(name);
    if (columns[name].length !== rows) throw new Error(`${columns[name].length} of ${rows} rows`);
  }
  return columns;
}
