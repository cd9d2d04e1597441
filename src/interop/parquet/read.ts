/** Parquet files of unknown origin, read column by column: bounded, and every fault of the file is said in one line. */

import { parquetMetadata, parquetRead, type ColumnData, type FileMetaData } from "hyparquet";
import { InputError, reject } from "../../base/errors.ts";
import { checkFooterBytes, chunksOf, leavesOf, type Leaf } from "./footer.ts";
import { checkPages, unpackSnappy, Unread } from "./pages.ts";

/** Most rows. */
const mostRows = 10_000_000;

export interface ParquetFile {
  readonly rows: number;
  /** Top-level columns, in the order of the file: plain ones and lists. */
  readonly names: readonly string[];
  /** The values of a column, lists as arrays. @throws InputError for damaged pages */
  read(name: string): Promise<unknown[]>;
}

/** How a Parquet file begins, and how one does whose footer is encrypted. */
const [magic, encryptedMagic] = ["PAR1", "PARE"];
const beginning = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 4));

/** Whether the bytes begin as a Parquet file does. */
export const isParquet = (bytes: Uint8Array): boolean => [magic, encryptedMagic].includes(beginning(bytes));

/**
 * @param bytes the whole file
 * @param where its name, for complaints
 * @throws InputError for a damaged file, and for one with too many rows
 */
export async function openParquet(bytes: Uint8Array, where: string): Promise<ParquetFile> {
  const file = new Uint8Array(bytes).buffer; // a Buffer's own `slice` would share the pool that it lies in
  const metadata = await guarded(where, () => {
    if (beginning(bytes) === encryptedMagic) throw new Unread("an encrypted footer");
    checkFooterBytes(bytes);
    return parquetMetadata(file, { geoparquet: false });
  });
  const rows = Number(metadata.num_rows);
  if (!(rows >= 0 && rows <= mostRows))
    reject({ where, what: `${rows} rows`, allowed: `at most ${mostRows}` });
  const leaves = await guarded(where, () => leavesOf(metadata.schema));
  requireDistinct(leaves, where);
  const chunks = await guarded(where, () => chunksOf(metadata, bytes.length));
  return {
    rows,
    names: [...new Set(leaves.map(({ path }) => path[0]))],
    read: (name) =>
      guarded(where, async () => {
        for (const chunk of chunks) if (chunk.leaf.path[0] === name) checkPages(bytes, chunk);
        return columnOf(file, metadata, name);
      }),
  };
}

/** The values of a column whose pages were checked: rows as objects would take twice the time and memory. */
async function columnOf(file: ArrayBuffer, metadata: FileMetaData, name: string): Promise<unknown[]> {
  const values: unknown[] = [];
  const onChunk = ({ columnData, rowStart }: ColumnData): void => {
    for (let i = 0; i < columnData.length; i++) values[rowStart + i] = columnData[i];
  };
  await parquetRead({ file, metadata, columns: [name], compressors: { SNAPPY: unpackSnappy }, onChunk });
  if (values.length !== Number(metadata.num_rows)) throw new Error("a column of another length");
  return values;
}

/** A column's name stands for one column: of two, other readers may take the other. */
function requireDistinct(leaves: readonly Leaf[], where: string): void {
  const seen = new Set<string>();
  for (const { path } of leaves) {
    const name = path.join("\0");
    if (seen.has(name)) reject({ where, what: `two columns are named "${path.join(".").slice(0, 60)}"` });
    seen.add(name);
  }
}

/** What a reader of damaged files throws is a fault of the file. */
async function guarded<T>(where: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    return reject({
      where,
      what:
        error instanceof Unread
          ? `holds ${error.message}, which is not read here`
          : "damaged, or no Parquet file that is read here",
      allowed: "columns of numbers, text or lists, plain or by a dictionary, packed by Snappy or not at all",
    });
  }
}
