/**
 * A user's own labelled examples, from a file of unknown origin: npz, Parquet, CSV, graph6 lines or edge lists. What is
 * too much for memory is drawn from, row by row.
 */

import { reject } from "../base/errors.ts";
import { product } from "../base/product.ts";
import { keyFor, permutation } from "../base/random.ts";
import { isParquet } from "../interop/parquet/read.ts";
import { isTextTable, textExamples } from "./labelled-text.ts";
import { npzExamples, parquetExamples } from "./labelled-arrays.ts";
import type { DenseGraph } from "./graph6.ts";
import type { Examples } from "./examples-of-file.ts";

/** Labelled examples in memory. */
export interface LabelledData {
  readonly kind: "vectors" | "graphs";
  readonly label: string;
  /** Examples in memory, and in the file. */
  readonly count: number;
  readonly total: number;
  /** Shape of one example; of graphs [n, n], n the largest number of nodes. */
  readonly shape: readonly number[];
  /** Row-major, count x product of the shape: numbers, or adjacency matrices. */
  readonly inputs: Float64Array;
  readonly labels: Float64Array;
  /** Graphs with fewer than n nodes, which were filled up with isolated ones. */
  readonly padded: number;
}

export interface ReadOptions {
  /** Name of the array or column that is the label (absent: `y`, or the last column of a table). */
  readonly label?: string | undefined;
  /** Most examples that are kept; they are drawn from the seed. */
  readonly most: number;
  readonly seed: number;
}

/** Most numbers that are held: half a GiB. */
const mostEntries = 2 ** 26;
/** With fewer examples there is nothing to be said. */
const leastExamples = 40;

/**
 * @param bytes the whole file
 * @param where its name, for complaints; a name that ends in .csv, .tsv or .txt is a table of text
 * @throws InputError for anything but labelled examples: numbers that are not finite, labels that are all alike, fewer
 *   than 40 examples
 */
export async function labelledIn(
  bytes: Uint8Array,
  where: string,
  options: ReadOptions,
): Promise<LabelledData> {
  const examples = await readerOf(bytes)(bytes, where, options.label);
  if (examples.count < leastExamples)
    reject({ where, what: `${examples.count} examples`, allowed: `at least ${leastExamples}` });
  return held(examples, where, options);
}

/** What reads such a file. */
function readerOf(bytes: Uint8Array) {
  if (isParquet(bytes)) return parquetExamples;
  return isTextTable(bytes) ? textExamples : npzExamples;
}

function held(examples: Examples, where: string, { most, seed }: ReadOptions): LabelledData {
  const { label, inputs } = examples;
  const shape = inputs.kind === "vectors" ? inputs.shape : square(examples, where);
  const size = product(shape);
  if (!(size >= 1 && size * leastExamples <= mostEntries))
    reject({
      where,
      what: `examples of shape (${shape.join(", ")})`,
      allowed: `1 to ${Math.floor(mostEntries / leastExamples)} numbers each`,
    });
  const kept = Math.min(most, examples.count, Math.floor(mostEntries / size));
  const rows = chosen(examples.count, kept, seed);
  const values = new Float64Array(kept * size);
  const labels = new Float64Array(kept);
  let padded = 0;
  rows.forEach((row, at) => {
    labels[at] = examples.labels[row];
    if (!Number.isFinite(labels[at]))
      reject({ where, what: `label ${row} is ${labels[at]}`, allowed: "finite numbers" });
    const into = values.subarray(at * size, (at + 1) * size);
    if (inputs.kind === "vectors") readVector(inputs, row, into, where);
    else if (place(inputs.graph(row), shape[0], into)) padded++;
  });
  if (labels.every((y) => y === labels[0]))
    reject({ where, what: `all labels are ${labels[0]}`, allowed: "labels that differ" });
  return {
    kind: inputs.kind,
    label,
    count: kept,
    total: examples.count,
    shape,
    inputs: values,
    labels,
    padded,
  };
}

/** So many rows, in the order of the file. */
function chosen(count: number, kept: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: count }, (_, i) => i);
  return kept === count
    ? all
    : permutation(keyFor("examples kept", seed), count).subarray(0, kept).slice().sort();
}

function square({ inputs, count }: Examples, where: string): number[] {
  let largest = 0;
  if (inputs.kind === "graphs")
    for (let row = 0; row < count; row++) largest = Math.max(largest, inputs.graph(row).n);
  if (largest < 2) reject({ where, what: "graphs without a pair of nodes", allowed: "at least 2 nodes" });
  return [largest, largest];
}

function readVector(
  { entry }: Extract<Examples["inputs"], { kind: "vectors" }>,
  row: number,
  into: Float64Array,
  where: string,
): void {
  for (let at = 0; at < into.length; at++) {
    into[at] = entry(row, at);
    if (!Number.isFinite(into[at]))
      reject({ where, what: `entry ${at} of example ${row} is ${into[at]}`, allowed: "finite numbers" });
  }
}

/** Writes a graph into the corner of a larger matrix; whether it was smaller. */
function place({ n, adjacency }: DenseGraph, size: number, into: Float64Array): boolean {
  for (let i = 0; i < n; i++) into.set(adjacency.subarray(i * n, (i + 1) * n), i * size);
  return n < size;
}
