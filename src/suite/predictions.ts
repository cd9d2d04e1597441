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

/**
 * @param bytes the whole file
 * @param where its name, for complaints
 * @throws InputError for another format, and for a damaged file
 */
export async function openPredictions(bytes: Uint8Array, where: string): Promise<Predictions> {
  if (isNpy(bytes)) return { names: ["y_pred"], read: async () => flat(readNpy(bytes, where), where) };
  if (isParquet(bytes)) {
    const { names, read } = await openParquet(bytes, where);
    return {
      names,
      read: async (name) => finite((await read(name)).map(numberOf), `${where}: ${name}`),
    };
  }
  const file = openNpz(bytes, where);
  return { names: file.names, read: async (name) => flat(await file.read(name), `${where}: ${name}`) };
}

const numberOf = (value: unknown): number => Number(value ?? NaN);

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
