/**
 * The fixed graph of a graph-network family: `er:0.5` (drawn from the seed), `cycle`, `path`, `complete`, `star` or
 * edges from a file. A graph on one node stands for A = [1].
 */

import * as z from "zod/mini";
import { nearest, reject } from "../../base/errors.ts";
import { parseJson } from "../../base/json.ts";
import { foldIn, keyFor, type Key } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { sampleGraphs } from "../../distribution/erdos-renyi.ts";
import type { ReadFile } from "../../base/checked.ts";
import { range } from "../../base/range.ts";

export const LARGEST_GRAPH = 256;

const edgeList = z
  .array(z.tuple([integer(0, LARGEST_GRAPH - 1), integer(0, LARGEST_GRAPH - 1)]))
  .check(z.maxLength((LARGEST_GRAPH * (LARGEST_GRAPH + 1)) / 2));

/** A graph as a document: undirected edges between the nodes 0..n-1, a self-loop as [i, i]. */
export const graphSchema = z.strictObject({ n: integer(1, LARGEST_GRAPH), edges: edgeList });

/** A named graph, or the edges of one that a file held. */
export const graphParameter = z.union([z.string(), z.strictObject({ edges: edgeList })]);
export type GraphParameter = z.output<typeof graphParameter>;

export interface Graph {
  readonly n: number;
  /** Row-major n x n of 0 and 1, symmetric. */
  readonly adjacency: Uint8Array;
}

const named: Readonly<Record<string, (n: number) => [number, number][]>> = {
  cycle: (n) => range(n).flatMap((i) => (n > 2 || i === 0 ? [pair(i, (i + 1) % n)] : [])),
  path: (n) => range(n - 1).map((i) => pair(i, i + 1)),
  complete: (n) => range(n).flatMap((i) => range(i).map((j) => pair(j, i))),
  star: (n) => range(n - 1).map((i) => pair(0, i + 1)),
};

const pair = (i: number, j: number): [number, number] => [Math.min(i, j), Math.max(i, j)];

/** Of a graph's file. */
const fileForm = '{"n": 5, "edges": [[0, 1], ...]}';
const allowed = "er:P with P above 0 and at most 1, cycle, path, complete, star, file:NAME";

/**
 * Checked number of nodes and graph, written in one way: `er:.5` as `er:0.5`, edges in order and i <= j. A named
 * file's edges take the place of its name.
 * @param n the number of nodes if it was given; else the file's, else 5
 * @throws InputError for unknown names, edges that do not fit, graphs without an edge
 */
export function resolveGraph(
  n: number | undefined,
  graph: GraphParameter,
  readFile?: ReadFile,
): { n: number; graph: GraphParameter } {
  if (typeof graph === "string" && graph.startsWith("file:")) {
    const name = graph.slice("file:".length);
    if (readFile === undefined) return reject({ where: "graph", what: `${graph} cannot be read here` });
    const document = parseWith(graphSchema, parseJson(readFile(name), name, fileForm), name);
    if (n !== undefined && n !== document.n)
      reject({ where: "n", what: `${n}, but the graph of ${name} has ${document.n} nodes` });
    return resolveGraph(document.n, { edges: document.edges });
  }
  const nodes = n ?? 5;
  if (typeof graph !== "string") {
    const edges = edgesOf(graphOfEdges(nodes, graph.edges, "graph"));
    if (nodes > 1 && edges.length === 0) edgeless();
    return { n: nodes, graph: { edges } };
  }
  requireNamed(graph);
  const p = density(graph);
  return { n: nodes, graph: p === undefined ? graph : `er:${p}` };
}

const edgeless = (): never =>
  reject({
    where: "graph",
    what: "has no edge: every node's sum over its neighbours is 0",
    allowed: "at least one edge",
  });

function requireNamed(graph: string): void {
  const p = density(graph);
  if (p !== undefined ? p > 0 && p <= 1 : Object.hasOwn(named, graph)) return;
  if (p === 0) edgeless();
  const close = nearest(graph, [...Object.keys(named), "er:0.5"]);
  reject({
    where: "graph",
    what: `"${graph.length > 60 ? `${graph.slice(0, 57)}...` : graph}" is unknown`,
    allowed,
    ...(close === undefined ? {} : { next: `did you mean "${close}"?` }),
  });
}

/** The p of `er:p`; NaN if it is no number. */
const density = (graph: string): number | undefined => {
  const text = /^er:(.*)$/.exec(graph)?.[1];
  if (text === undefined) return undefined;
  return text.trim() === "" ? NaN : Number(text);
};

/**
 * The graph itself; `er` is drawn from the key, again until it has an edge.
 * @throws InputError if a thousand draws have none
 */
export function buildGraph(n: number, graph: GraphParameter, key: Key): Graph {
  if (n === 1) return { n, adjacency: Uint8Array.of(1) };
  if (typeof graph !== "string") return graphOfEdges(n, graph.edges, "graph");
  const p = density(graph);
  if (p === undefined) return graphOfEdges(n, named[graph](n), "graph");
  if (p === 1) return graphOfEdges(n, named["complete"](n), "graph");
  for (let draw = 0; draw < 1000; draw++) {
    const adjacency = sampleGraphs(foldIn(key, draw), { n, edges: "undirected", p }, 1).data as Uint8Array;
    if (adjacency.includes(1)) return { n, adjacency };
  }
  return reject({
    where: "graph",
    what: `1000 draws of ${graph} on ${n} nodes had no edge`,
    allowed: "a larger P",
  });
}

/** Whether a draw decides which graph it is. */
export const isDrawn = (n: number, graph: GraphParameter): boolean =>
  n > 1 && typeof graph === "string" && (density(graph) ?? 1) < 1;

/** The graph that listed members share. */
export const listedGraph = (
  { n, graph }: { readonly n: number; readonly graph: GraphParameter },
  seed: number,
): Graph => buildGraph(n, graph, keyFor("graph of listed planes", n, graph, seed));

/** @throws InputError for edges beyond the nodes or listed twice */
export function graphOfEdges(n: number, edges: readonly (readonly number[])[], where: string): Graph {
  const adjacency = new Uint8Array(n * n);
  edges.forEach(([i, j], e) => {
    if (i >= n || j >= n)
      reject({
        where: `${where}.edges.${e}`,
        what: `[${i},${j}] leaves the graph`,
        allowed: `nodes 0 to ${n - 1}`,
      });
    if (adjacency[i * n + j] === 1)
      reject({
        where: `${where}.edges.${e}`,
        what: `[${i},${j}] is listed twice`,
        allowed: "each edge once",
      });
    adjacency[i * n + j] = adjacency[j * n + i] = 1;
  });
  return { n, adjacency };
}

/** Edges i <= j of the graph. */
export function edgesOf({ n, adjacency }: Graph): [number, number][] {
  return range(n).flatMap((j) =>
    range(j + 1).flatMap((i) => (adjacency[i * n + j] === 1 ? [pair(i, j)] : [])),
  );
}

/** Mean of the degrees, a loop counted once. */
export const meanDegreeOf = ({ n, adjacency }: Graph): number => adjacency.reduce((a, b) => a + b, 0) / n;
