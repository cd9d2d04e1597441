/** npz, a zip archive of .npy arrays: what numpy.savez and numpy.savez_compressed write. */

import { reject } from "../base/errors.ts";
import { readNpy, writeNpy, type NumpyArray } from "./npy.ts";
import { openZip } from "./zip.ts";
import { writeZip } from "./zip-write.ts";

export interface NpzFile {
  /** The arrays' names, without `.npy`, in the order of the file. */
  readonly names: readonly string[];
  /** Unpacks one array. @throws InputError for a damaged or unsupported one */
  read(name: string): Promise<NumpyArray>;
}

/** Most bytes of one unpacked array. */
export const npzLimit = 2 ** 30;

/**
 * @param bytes the whole file
 * @param where its name, for complaints
 * @throws InputError for anything but an npz file within the limit
 */
export function openNpz(bytes: Uint8Array, where: string, limit = npzLimit): NpzFile {
  const zip = openZip(bytes, where, limit);
  const suffix = ".npy";
  const names = zip.members.flatMap((m) => (m.name.endsWith(suffix) ? m.name.slice(0, -suffix.length) : []));
  return {
    names,
    read: async (name) => {
      if (!names.includes(name))
        reject({
          where,
          what: `no array "${name}"`,
          allowed: names.slice(0, 20).join(", ") || "none is in the file",
        });
      return readNpy(await zip.read(name + suffix), `${where}: ${name}`);
    },
  };
}

/** The arrays as one npz file; equal arrays give equal bytes. */
export const writeNpz = (arrays: Readonly<Record<string, NumpyArray>>): Promise<Uint8Array> =>
  writeZip(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)] as const));
