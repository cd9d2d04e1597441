/** Reads a class of functions from a file: their values on samples of the input law. */

import { labelsIn } from "../dataset/labels.ts";
import { npzLimit } from "../interop/npz.ts";
import type { Labels } from "../query/own-class/labels.ts";
import { readBytes } from "./io.ts";

/** What `--labels` and `--functions` say in `--help`. */
export const labelsHelp =
  "npz file with a matrix `labels` or `y` (or one array only), npy file or CSV: functions in rows, samples in columns";
export const axesHelp =
  "which axis of the matrix counts functions; needed unless it has more columns than rows";

/** @param axis `rows` or `columns`: where the functions are; absent, rows if there are fewer of them */
export const readLabels = (path: string, axis: string | undefined): Promise<Labels> =>
  labelsIn(readBytes(path, npzLimit), path, axis);
