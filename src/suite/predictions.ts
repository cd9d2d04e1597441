/** Predictions as a submitter hands them in: npz, npy or Parquet, of unknown origin. */

import { reject } from "../base/errors.ts";
import { isNpy, readNpy } from "../interop/npy.ts";
import { openNpz } from "../interop/npz.ts";
import { isParquet, openParquet } from "../interop/parquet/read.ts";

/** Predictions by name, each read when asked for. */
export interface Predictions {
  readonly names: readonly string[];
  /** @throws InputError for what is no list of finite numbers */
  read(name: string): Promise<ArrayLike<number>>;
}

/** Bytes of a file, and of an array in it, that are read whatever is expected: what is wrong by less is said so. */
const anyway = 2 ** 26;
/** Of one prediction at most, and of what npz and Parquet add to it. */
const bytesEach = 16;

/** Most bytes of a file of so many predictions. */
export const mostBytes = (predictions: number): number => anyway + bytesEach * predictions;

/**
 * @param bytes the whole file
 * @param where its name, for complaints
 * @param count how many predictions an array is to have
 * @throws InputError for another format, for a damaged file, and for a table of another number of rows
 */
export async function openPredictions(bytes: Uint8Array, where: string, count: number): Promise<Predictions> {
  if (isNpy(bytes)) return { names: ["y_pred"], read: async () => flat(readNpy(bytes, where), where) };
  if (isParquet(bytes)) return inParquet(bytes, where, count);
  if (!isZip(bytes))
    return reject({
      where,
      what: bytes.length === 0 ? "is empty" : "is no file of predictions",
      allowed: "npz or npy as NumPy writes them, or Parquet",
    });
  const file = openNpz(bytes, where, mostBytes(count));
  return { names: file.names, read: async (name) => flat(await file.read(name), `${where}: ${name}`) };
}

async function inParquet(bytes: Uint8Array, where: string, count: number): Promise<Predictions> {
  const { names, rows, read } = await openParquet(bytes, where);
  // before a column is unpacked: a few bytes can stand for millions of rows
  if (rows !== count) reject({ where, what: `${rows} rows`, allowed: `${count}, one a test example` });
  const numbers = async (name: string): Promise<number[]> =>
    (await read(name)).map((value, i) => numberOf(value, i, `${where}: ${name}`));
  return { names, read: async (name) => finite(await numbers(name), `${where}: ${name}`) };
}

const isZip = ([a, b]: Uint8Array): boolean => a === 0x50 && b === 0x4b; // PK

function numberOf(value: unknown, i: number, where: string): number {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return Number(value);
  const what = value === null || value === undefined ? "missing" : "no number";
  return reject({ where, what: `prediction ${i} is ${what}`, allowed: "finite numbers that float32 holds" });
}

function flat({ shape, data }: { shape: readonly number[]; data: ArrayLike<number> }, where: string) {
  if (shape.filter((size) => size !== 1).length > 1)
    reject({ where, what: `an array of shape (${shape.join(", ")})`, allowed: "one prediction an example" });
  return finite(data, where);
}

/** The largest of float32: squares of larger errors, and products of these, leave the range of float64. */
const largest = 3.4028234663852886e38;

function finite(data: ArrayLike<number>, where: string): ArrayLike<number> {
  for (let i = 0; i < data.length; i++)
    if (!(Math.abs(data[i]) <= largest))
      reject({ where, what: `prediction ${i} is ${data[i]}`, allowed: "finite numbers that float32 holds" });
  return data;
}
