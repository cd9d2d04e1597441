/**
 * Labelled examples as text: a table of numbers with the label in its last column; a graph6 text and its label a line;
 * or a JSON document a line, {"n": 4, "edges": [[0, 1], ...], "y": 1}.
 */

import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { parseJson } from "../base/json.ts";
import { integer, parseWith } from "../base/schema.ts";
import { graphOfEdges } from "./edge-list.ts";
import { mostNodes, parseGraph6, type DenseGraph } from "./graph6.ts";
import type { Examples } from "./examples-of-file.ts";
import { isNumber, readTable } from "./table.ts";

/** Most bytes of text: longer ones are no string. */
const mostBytes = 2 ** 28;

/** Whether the bytes are text: neither a zip archive nor anything else with a zero byte at its beginning. */
export const isTextTable = (bytes: Uint8Array): boolean =>
  !(bytes[0] === 0x50 && bytes[1] === 0x4b) && !bytes.subarray(0, 4096).includes(0);

/**
 * @param label name of the label's column (absent: `y` where there is one, otherwise the last)
 * @throws InputError with the line that cannot be read
 */
export function textExamples(bytes: Uint8Array, where: string, label: string | undefined): Examples {
  if (bytes.length > mostBytes)
    reject({
      where,
      what: `${bytes.length} bytes of text`,
      allowed: `at most ${mostBytes}`,
      next: "use npz or Parquet",
    });
  const start = new TextDecoder().decode(bytes.subarray(0, 4096));
  if (/^\s*\{/.test(start)) return edgeLines(linesOf(bytes), where);
  const [first, second = ""] = start.split(/\r?\n/, 2).map(cellsOf);
  const graphs = [first, second].some(
    (cells) => cells.length === 2 && isGraph(cells[0]) && isNumber(cells[1]),
  );
  if (graphs) return graphLines(linesOf(bytes), where);
  return tableExamples(bytes, where, label);
}

const linesOf = (bytes: Uint8Array): string[] =>
  new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
/** graph6 holds no comma, no digit and no space; a tab or spaces may part it from the label. */
const cellsOf = (line: string): string[] => line.trim().split(/[\s,;]+/);
const isGraph = (cell: string): boolean => /^(>>(di)?graph6<<)?&?[?-~]+$/.test(cell) && !isNumber(cell);

function tableExamples(bytes: Uint8Array, where: string, label: string | undefined): Examples {
  const { head, rows, columns, values } = readTable(bytes, where);
  const wanted = label ?? (head.includes("y") ? "y" : head[columns - 1]);
  const own = head.indexOf(wanted);
  if (own < 0)
    reject({
      where,
      what: `no column "${wanted}"`,
      allowed: head.slice(0, 20).join(", "),
      next: "name it with --label",
    });
  if (columns < 2) reject({ where, what: "one column", allowed: "columns of inputs and the label" });
  return {
    count: rows,
    label: head[own],
    labels: Float64Array.from({ length: rows }, (_, row) => values[row * columns + own]),
    inputs: {
      kind: "vectors",
      shape: [columns - 1],
      entry: (row, at) => values[row * columns + (at < own ? at : at + 1)],
    },
  };
}

/** Graphs are read when asked for, and not held. */
const graphExamples = (labels: readonly number[], graph: (row: number) => DenseGraph): Examples => ({
  count: labels.length,
  label: "y",
  labels,
  inputs: { kind: "graphs", graph },
});

function graphLines(lines: readonly string[], where: string): Examples {
  const headed = !isNumber(cellsOf(lines[0])[1] ?? "");
  const body = headed ? lines.slice(1) : lines;
  const at = (row: number): string => `${where}, line ${row + 1 + Number(headed)}`;
  const labels = body.map((line, row) => {
    const cells = cellsOf(line);
    if (cells.length !== 2 || !isNumber(cells[1]))
      reject({ where: at(row), what: `"${line.slice(0, 40)}"`, allowed: "graph6 and a number" });
    return Number(cells[1]);
  });
  return graphExamples(labels, (row) => parseGraph6(cellsOf(body[row])[0], at(row)));
}

const end = integer(0, mostNodes - 1);
const lineSchema = z.strictObject({
  n: integer(1, mostNodes),
  edges: z.array(z.tuple([end, end])),
  directed: z.optional(z.boolean()),
  y: z.number(),
});

function edgeLines(lines: readonly string[], where: string): Examples {
  const at = (row: number): string => `${where}, line ${row + 1}`;
  const read = (row: number) => parseWith(lineSchema, parseJson(lines[row], at(row)), at(row));
  return graphExamples(
    lines.map((_, row) => read(row).y),
    (row) => {
      const { n, edges, directed = false } = read(row);
      return graphOfEdges(n, edges, { directed, where: at(row) });
    },
  );
}
