/** Labelled examples in npz and Parquet, as `export` and most programs write them. */

import { reject } from "../base/errors.ts";
import { product } from "../base/product.ts";
import type { NumpyArray } from "../interop/npy.ts";
import { openNpz } from "../interop/npz.ts";
import { openParquet } from "../interop/parquet/read.ts";
import { mostNodes, parseGraph6, type DenseGraph } from "./graph6.ts";
import { graphOfEdges } from "./edge-list.ts";
import type { Examples } from "./examples-of-file.ts";

/** The first of these names that there is. @throws InputError naming what there is */
function named(names: readonly string[], wanted: readonly string[], where: string, what: string): string {
  const found = wanted.find((name) => names.includes(name));
  return (
    found ??
    reject({
      where,
      what: `no ${what} ${wanted.map((name) => `"${name}"`).join(" or ")}`,
      allowed: names.slice(0, 20).join(", ") || "none is in the file",
      next: what === "label" ? "name it with --label" : "name the inputs X, or A for graphs",
    })
  );
}

/**
 * @param label name of the label's array (absent: `y`, or `train_y`)
 * @throws InputError for a damaged file and for arrays that do not go together
 */
export async function npzExamples(bytes: Uint8Array, where: string, label?: string): Promise<Examples> {
  const { names, read } = openNpz(bytes, where);
  const y = named(names, label === undefined ? ["y", "train_y"] : [label], where, "label");
  const prefix = y.endsWith("_y") ? y.slice(0, -1) : "";
  const x = named(names, [`${prefix}X`, `${prefix}A`], where, "array");
  const [inputs, labels] = [await read(x), await read(y)];
  const count = lengthOf(labels, `${where}: ${y}`);
  if (inputs.shape.length < 2 || inputs.shape[0] !== count)
    reject({
      where: `${where}: ${x}`,
      what: `shape (${inputs.shape.join(", ")}) beside ${count} labels`,
      allowed: `(${count}, ...), an example a row`,
    });
  const shape = inputs.shape.slice(1);
  const size = product(shape);
  const { data } = inputs;
  const matrices = x.endsWith("A");
  if (matrices && (shape.length !== 2 || shape[0] !== shape[1] || shape[0] > mostNodes))
    reject({
      where: `${where}: ${x}`,
      what: `examples of shape (${shape.join(", ")})`,
      allowed: `adjacency matrices of at most ${mostNodes} nodes`,
    });
  return {
    count,
    label: y,
    labels: labels.data,
    inputs: matrices
      ? {
          kind: "graphs",
          graph: (row) => ({
            n: shape[0],
            adjacency: bitsOf(data.subarray(row * size, (row + 1) * size), `${where}: graph ${row}`),
          }),
        }
      : { kind: "vectors", shape, entry: (row, at) => data[row * size + at] },
  };
}

function lengthOf({ shape }: NumpyArray, where: string): number {
  if (shape.filter((size) => size !== 1).length > 1)
    reject({ where, what: `labels of shape (${shape.join(", ")})`, allowed: "one label an example" });
  return product(shape);
}

function bitsOf(entries: ArrayLike<number>, where: string): Uint8Array {
  const out = new Uint8Array(entries.length);
  for (let at = 0; at < out.length; at++) {
    if (entries[at] !== 0 && entries[at] !== 1)
      reject({ where, what: `an entry ${entries[at]}`, allowed: "0 and 1" });
    out[at] = entries[at];
  }
  return out;
}

/**
 * @param label name of the label's column (absent: `y`)
 * @throws InputError for a damaged file and for columns that do not go together
 */
export async function parquetExamples(bytes: Uint8Array, where: string, label?: string): Promise<Examples> {
  const { names, rows, read } = await openParquet(bytes, where);
  const y = named(names, [label ?? "y"], where, "label");
  const labels = (await read(y)).map(numberOf);
  return { count: rows, label: y, labels, inputs: await columnInputs(names, y, read, where) };
}

type Column = readonly unknown[];

const numberOf = (value: unknown): number => (value === null || value === "" ? NaN : Number(value));

async function columnInputs(
  names: readonly string[],
  label: string,
  read: (name: string) => Promise<Column>,
  where: string,
): Promise<Examples["inputs"]> {
  if (names.includes("graph6")) {
    const text = await read("graph6");
    return { kind: "graphs", graph: (row) => parseGraph6(String(text[row]), `${where}: row ${row}`) };
  }
  if (names.includes("source") && names.includes("target")) {
    const [from, to] = [await read("source"), await read("target")];
    return { kind: "graphs", graph: (row) => listed(from[row], to[row], `${where}: row ${row}`) };
  }
  const lists = ["X", "A"].find((name) => names.includes(name));
  if (lists !== undefined) return listInputs(await read(lists), lists === "A", `${where}: ${lists}`);
  const features = names.filter((name) => name !== label);
  if (features.length === 0) reject({ where, what: "only a label", allowed: "columns of inputs beside it" });
  const columns: Column[] = [];
  for (const name of features) columns.push(await read(name));
  return {
    kind: "vectors",
    shape: [features.length],
    entry: (row, at) => numberOf(columns[at][row]),
  };
}

function listInputs(lists: Column, matrices: boolean, where: string): Examples["inputs"] {
  const listAt = (row: number): readonly unknown[] => {
    const found = lists[row];
    return Array.isArray(found) ? found : reject({ where, what: `row ${row} is no list of numbers` });
  };
  const size = lists.length === 0 ? 0 : listAt(0).length;
  const checked = (row: number): readonly unknown[] => {
    const found = listAt(row);
    if (found.length !== size)
      reject({
        where,
        what: `${found.length} numbers in row ${row}, ${size} in the first`,
        allowed: "equally many",
      });
    return found;
  };
  if (!matrices) return { kind: "vectors", shape: [size], entry: (row, at) => numberOf(checked(row)[at]) };
  const n = Math.round(Math.sqrt(size));
  if (n * n !== size || n > mostNodes)
    reject({ where, what: `${size} entries a graph`, allowed: `n x n with n at most ${mostNodes}` });
  return {
    kind: "graphs",
    graph: (row) => ({ n, adjacency: bitsOf(checked(row).map(numberOf), `${where}: row ${row}`) }),
  };
}

/** A graph by the two ends of its edges, each direction listed; nodes up to the largest number. */
function listed(from: unknown, to: unknown, where: string): DenseGraph {
  if (!Array.isArray(from) || !Array.isArray(to) || from.length !== to.length)
    return reject({ where, what: "source and target are no lists of one length" });
  const edges = from.map((source, i) => [Number(source), Number(to[i])] as const);
  const n = edges.reduce((most, edge) => Math.max(most, edge[0] + 1, edge[1] + 1), 1);
  return graphOfEdges(n, edges, { directed: true, where });
}
