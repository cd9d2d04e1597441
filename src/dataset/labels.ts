/** A class of functions from the bytes of an npz, npy or CSV file: their values on samples of the input law. */

import { reject, requireChoice } from "../base/errors.ts";
import type { NumpyArray } from "../interop/npy.ts";
import { oneArray } from "../interop/one-array.ts";
import type { Labels } from "../query/own-class/labels.ts";
import { isTextTable } from "./labelled-text.ts";
import { readTable } from "./table.ts";

const axes = ["rows", "columns"] as const;

/**
 * @param bytes of an npz file with a matrix named `labels` or `y`, or with one array only; of a .npy file; or of a
 *   table of numbers as text
 * @param where the file's name, for complaints
 * @param axis `rows` or `columns`: where the functions are; absent, rows if there are fewer of them
 * @throws InputError for anything else
 */
export async function labelsIn(bytes: Uint8Array, where: string, axis?: string): Promise<Labels> {
  if (isTextTable(bytes)) {
    const { rows, columns, values } = readTable(bytes, where);
    return labelsOfMatrix({ shape: [rows, columns], data: values }, where, axis);
  }
  const { array, where: named } = await oneArray(bytes, where, ["labels", "y"]);
  return labelsOfMatrix(array, named, axis);
}

/**
 * @param array a matrix
 * @param where its name, for complaints
 * @param axis as of `labelsIn`
 * @throws InputError for no matrix, an empty one, and one that may be read either way
 */
function labelsOfMatrix({ shape, data }: NumpyArray, where: string, axis?: string): Labels {
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
