/** Reads a class of functions from an npz file: their values on samples of the input law. */

import { reject, requireChoice } from "../base/errors.ts";
import { isNpy, readNpy, type NumpyArray } from "../interop/npy.ts";
import { npzLimit, openNpz } from "../interop/npz.ts";
import type { Labels } from "../query/own-class/labels.ts";
import { readBytes } from "./io.ts";

const axes = ["rows", "columns"] as const;

/** What `--labels` and `--functions` say in `--help`. */
export const labelsHelp =
  "npz file with a matrix `labels` or `y` (or one array only), or npy file: functions in rows, samples in columns";
export const axesHelp =
  "which axis of the matrix counts functions; needed unless it has more columns than rows";

/**
 * @param path npz file with a matrix named `labels` or `y`, or with one array only; or a .npy file of one
 * @param axis `rows` or `columns`: where the functions are; absent, rows if there are fewer of them
 */
export async function readLabels(path: string, axis: string | undefined): Promise<Labels> {
  const { array, where } = await readArray(path);
  const { shape, data } = array;
  if (shape.length !== 2)
    reject({
      where,
      what: `an array of shape (${shape.join(", ")})`,
      allowed: "a matrix, functions in rows and samples in columns",
    });
  const [rows, columns] = shape;
  if (data.length === 0)
    reject({ where, what: `a ${rows} x ${columns} matrix`, allowed: "at least one function and one sample" });
  if (axis === undefined && rows >= columns)
    reject({
      where,
      what: `a ${rows} x ${columns} matrix may hold its functions in rows or in columns`,
      next: "say which with --functions rows or --functions columns",
    });
  if (axis === undefined || requireChoice(axis, axes, "--functions") === "rows")
    return { functions: rows, samples: columns, values: data };
  const values = data.slice();
  for (let i = 0; i < columns; i++)
    for (let s = 0; s < rows; s++) values[i * rows + s] = data[s * columns + i];
  return { functions: columns, samples: rows, values };
}

async function readArray(path: string): Promise<{ array: NumpyArray; where: string }> {
  const bytes = readBytes(path, npzLimit);
  if (isNpy(bytes)) return { array: readNpy(bytes, path), where: path };
  const file = openNpz(bytes, path);
  const name =
    ["labels", "y"].find((n) => file.names.includes(n)) ??
    (file.names.length === 1 ? file.names[0] : undefined);
  if (name === undefined)
    return reject({ where: path, what: `none of its ${file.names.length} arrays is named labels or y` });
  return { array: await file.read(name), where: `${path}: ${name}` };
}
