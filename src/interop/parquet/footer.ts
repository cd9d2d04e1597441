/**
 * What a Parquet file's footer declares, held against itself and against the file's size before memory is asked for:
 * rows are those of the row groups, chunks lie in the file and nowhere twice, and values are no more than such a file
 * may unpack to.
 */

import type { FileMetaData, SchemaElement } from "hyparquet";
import { readStruct } from "./compact.ts";

/** Values that a file may unpack to: of any size, by byte of it, and at most. */
const [anyway, perByte, mostValues] = [2 ** 17, 1000, 2 ** 27];
/** Row groups times columns. */
const mostChunks = 2 ** 22;

/** A column that holds values, with the levels of its path. */
export interface Leaf {
  readonly path: readonly string[];
  readonly type: string;
  /** Most levels of definition and of repetition: 0 for a plain column. */
  readonly definition: number;
  readonly repetition: number;
  /** Whether it holds numbers, truth values or text, or lists of these: what decodes without further lengths. */
  readonly plain: boolean;
}

/** The bytes of one column in one row group, and how many values they hold. */
export interface Chunk {
  readonly leaf: Leaf;
  readonly codec: string;
  readonly encrypted: boolean;
  readonly from: number;
  readonly to: number;
  readonly values: number;
}

/** @throws Error for a footer whose lists and numbers are longer than its bytes */
export function checkFooterBytes(bytes: Uint8Array): void {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(bytes.length - 8, true);
  if (size > bytes.length - 8) throw new Error("a footer larger than the file");
  readStruct(bytes.subarray(bytes.length - 8 - size, bytes.length - 8), 0);
}

const numberTypes = ["BOOLEAN", "INT32", "INT64", "FLOAT", "DOUBLE"];
/** Of whole numbers: others stand for dates, times and decimals. */
const sizedInteger = /^U?INT_\d+$/;

function isPlain({
  type,
  num_children,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): boolean {
  if ((num_children ?? 0) > 0)
    return (converted ?? "LIST") === "LIST" && (logical?.type ?? "LIST") === "LIST";
  if (type === "BYTE_ARRAY")
    return (converted ?? "UTF8") === "UTF8" && (logical?.type ?? "STRING") === "STRING";
  if (type === "FIXED_LEN_BYTE_ARRAY") return logical?.type === "FLOAT16";
  if (type === undefined || !numberTypes.includes(type)) return false;
  return sizedInteger.test(converted ?? "INT_32") && (logical?.type ?? "INTEGER") === "INTEGER";
}

/** The columns that hold values, in the order of the schema. */
export function leavesOf(schema: readonly SchemaElement[]): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (at: number, above: Omit<Leaf, "type">): number => {
    const { name, type, num_children: children = 0, repetition_type: repetition } = schema[at];
    const here = {
      path: [...above.path, name],
      definition: above.definition + Number(repetition !== "REQUIRED"),
      repetition: above.repetition + Number(repetition === "REPEATED"),
      plain: above.plain && isPlain(schema[at]),
    };
    if (here.path.length > 6) throw new Error("nested too deeply");
    if (children === 0) leaves.push({ ...here, type: type ?? "" });
    let next = at + 1;
    for (let child = 0; child < children; child++) next = visit(next, here);
    return next;
  };
  let at = 1;
  while (at < schema.length) at = visit(at, { path: [], definition: 0, repetition: 0, plain: true });
  return leaves;
}

/** @throws Error for a footer that contradicts itself or the file's size */
export function chunksOf({ schema, num_rows, row_groups }: FileMetaData, fileSize: number): Chunk[] {
  const leaves = leavesOf(schema);
  if (schema.length * row_groups.length > mostChunks) throw new Error("too many row groups");
  const chunks = row_groups.flatMap(({ columns, num_rows: rows }) => {
    if (columns.length !== leaves.length) throw new Error("a row group of other columns");
    return columns.map(({ meta_data: meta, crypto_metadata: crypto }, i) => {
      const leaf = leaves[i];
      if (meta === undefined) throw new Error("a column without metadata");
      if (meta.type !== leaf.type || meta.path_in_schema.join("\0") !== leaf.path.join("\0"))
        throw new Error("a column of another name or type");
      const from = Number(meta.dictionary_page_offset || meta.data_page_offset);
      const [size, values] = [Number(meta.total_compressed_size), Number(meta.num_values)];
      if (!(from >= 0 && size >= 0 && from + size <= fileSize)) throw new Error("a column outside the file");
      if (leaf.repetition === 0 ? values !== Number(rows) : !(values >= Number(rows)))
        throw new Error("a column of another length");
      const encrypted = crypto !== undefined;
      return { leaf, codec: meta.codec, encrypted, from, to: from + size, values };
    });
  });
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  if (row_groups.some((group) => group.num_rows < 0)) throw new Error("a negative number of rows");
  if (sum(row_groups.map((group) => Number(group.num_rows))) !== Number(num_rows))
    throw new Error("row groups of other rows");
  if (sum(chunks.map(({ from, to }) => to - from)) > fileSize) throw new Error("columns that share bytes");
  if (sum(chunks.map(({ values }) => values)) > Math.min(anyway + perByte * fileSize, mostValues))
    throw new Error("more values than such a file may hold");
  return chunks;
}
