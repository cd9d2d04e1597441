/** Parquet files of unknown origin, read column by column: bounded, and every fault of the file is said in one line. */

import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { InputError, reject } from "../../base/errors.ts";
import { checkFooterBytes, chunksOf, leavesOf } from "./footer.ts";
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

/** Whether the bytes begin as a Parquet file does. */
export const isParquet = (bytes: Uint8Array): boolean =>
  String.fromCharCode(...bytes.subarray(0, 4)) === "PAR1";

/**
 * @param bytes the whole file
 * @param where its name, for complaints
 * @throws InputError for a damaged file, and for one with too many rows
 */
export async function openParquet(bytes: Uint8Array, where: string): Promise<ParquetFile> {
  const file = bytes.slice().buffer;
  const metadata = await guarded(where, () => {
    checkFooterBytes(bytes);
    return parquetMetadata(file, { geoparquet: false });
  });
  const rows = Number(metadata.num_rows);
  if (!(rows >= 0 && rows <= mostRows))
    reject({ where, what: `${rows} rows`, allowed: `at most ${mostRows}` });
  const chunks = await guarded(where, () => chunksOf(metadata, bytes.length));
  return {
    rows,
    names: [...new Set(leavesOf(metadata.schema).map(({ path }) => path[0]))],
    read: (name) =>
      guarded(where, async () => {
        for (const chunk of chunks) if (chunk.leaf.path[0] === name) checkPages(bytes, chunk);
        const compressors = { SNAPPY: unpackSnappy };
        const found = await parquetReadObjects({ file, metadata, columns: [name], compressors });
        return found.map((row) => row[name]);
      }),
  };
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
