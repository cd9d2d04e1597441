/** A file that holds one array that matters. */

import { reject } from "../base/errors.ts";
import { isNpy, readNpy, type NumpyArray } from "./npy.ts";
import { openNpz } from "./npz.ts";

/**
 * The array of an npy file; of an npz file the first of these names that it has, or the only one that it has.
 * @param path the file, for complaints
 * @returns the array, and where it is
 * @throws InputError for a damaged file, and where none of several arrays is meant
 */
export async function oneArray(
  bytes: Uint8Array,
  path: string,
  names: readonly string[],
): Promise<{ array: NumpyArray; where: string }> {
  if (isNpy(bytes)) return { array: readNpy(bytes, path), where: path };
  const file = openNpz(bytes, path);
  const name =
    names.find((n) => file.names.includes(n)) ?? (file.names.length === 1 ? file.names[0] : undefined);
  if (name === undefined)
    return reject({
      where: path,
      what: `none of its ${file.names.length} arrays is named ${names.join(" or ")}`,
    });
  return { array: await file.read(name), where: `${path}: ${name}` };
}
