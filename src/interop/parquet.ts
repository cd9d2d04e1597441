/** Parquet files of unknown origin, read column by column: bounded, and every fault of the file is said in one line. */

import { parquetMetadata, parquetReadObjects, snappyUncompress } from "hyparquet";
import { InputError, reject } from "../base/errors.ts";

/** Most rows, and most bytes of one unpacked page. */
const [mostRows, largestPage] = [10_000_000, 2 ** 27];

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
  const metadata = await guarded(where, () => parquetMetadata(file));
  const rows = Number(metadata.num_rows);
  if (!(rows >= 0 && rows <= mostRows))
    reject({ where, what: `${rows} rows`, allowed: `at most ${mostRows}` });
  const compressors = {
    SNAPPY(packed: Uint8Array, size: number): Uint8Array {
      if (size > largestPage)
        reject({ where, what: `a page of ${size} bytes`, allowed: `at most ${largestPage}` });
      const out = new Uint8Array(size);
      snappyUncompress(packed, out);
      return out;
    },
  };
  return {
    rows,
    names: await guarded(where, () => columnsOf(metadata.schema)),
    read: (name) =>
      guarded(where, async () => {
        const found = await parquetReadObjects({ file, metadata, columns: [name], compressors });
        return found.map((row) => row[name]);
      }),
  };
}

/** Children of the root: what is nested below a list is its own. */
function columnsOf(schema: readonly { readonly name: string; readonly num_children?: number }[]): string[] {
  const names: string[] = [];
  const skip = (at: number): number => {
    let next = at + 1;
    for (let child = 0; child < (schema[at].num_children ?? 0); child++) next = skip(next);
    return next;
  };
  for (let at = 1; at < schema.length; at = skip(at)) names.push(schema[at].name);
  return names;
}

/** What a reader of damaged files throws is a fault of the file. */
async function guarded<T>(where: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    return reject({
      where,
      what: "damaged, or no Parquet file that is read here",
      allowed: "columns of numbers, text or lists, plain or packed by Snappy",
    });
  }
}
