/**
 * Hypergraphs whose vertices are to be 2-coloured without a monochromatic hyperedge: set splitting, in two file forms.
 */

import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { parseJson } from "../base/json.ts";
import { stream, type Key } from "../base/random.ts";
import { parseWith } from "../base/schema.ts";

/** A hypergraph; it is 2-colourable where no edge has to be of one colour. */
export interface Hypergraph {
  readonly vertices: number;
  /** Distinct vertices of 0..vertices-1, at least two an edge. */
  readonly edges: readonly (readonly number[])[];
}

/** One colour, 0 or 1, a vertex. */
export type Colouring = readonly number[];

/** What a file may hold; larger ones are refused before anything is built from them. */
export const limits = { vertices: 5000, edges: 50_000, incidences: 200_000 };

/** The JSON form. */
export const hypergraphSchema = z.strictObject({ vertices: z.int(), edges: z.array(z.array(z.int())) });

/** Reads the JSON form `{"vertices":7,"edges":[[0,1,2],...]}`, 0-based. @throws InputError for anything else */
export function hypergraphFromJson(value: unknown, where: string): Hypergraph {
  const { vertices, edges } = parseWith(hypergraphSchema, value, where);
  requireSize(vertices, edges.length, where);
  edges.forEach((edge, e) => requireEdge(edge, vertices, 0, `${where}: edges.${e}`));
  return requireIncidences({ vertices, edges }, where);
}

/**
 * Reads the text form, modelled on DIMACS: lines beginning with `c` are comments, one line `p hyper V E`, then E lines,
 * one a hyperedge: its vertices, numbered from 1, and a final 0.
 * @throws InputError naming the line
 */
export function hypergraphFromText(text: string, where: string): Hypergraph {
  let [vertices, announced] = [-1, -1];
  const edges: number[][] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    const at = `${where}: line ${index + 1}`;
    if (line === "" || /^c(\s|$)/.test(line)) continue;
    if (vertices < 0) {
      const header = /^p\s+hyper\s+(\d{1,9})\s+(\d{1,9})$/.exec(line);
      if (header === null)
        return reject({ where: at, what: `"${line.slice(0, 40)}" is no header`, allowed: "p hyper V E" });
      [vertices, announced] = [Number(header[1]), Number(header[2])];
      requireSize(vertices, announced, at);
      continue;
    }
    if (!/^(\d{1,9}\s+)+0$/.test(line))
      reject({
        where: at,
        what: `"${line.slice(0, 40)}" is no hyperedge`,
        allowed: "vertices from 1 up, then 0",
      });
    const edge = line
      .split(/\s+/, limits.vertices + 2)
      .slice(0, -1)
      .map(Number);
    requireEdge(edge, vertices, 1, at);
    if (edges.length === announced)
      reject({ where: at, what: "one hyperedge too many", allowed: `${announced}, by the header` });
    edges.push(edge.map((v) => v - 1));
  }
  if (vertices < 0) reject({ where, what: "no header", allowed: "p hyper V E" });
  if (edges.length < announced)
    reject({ where, what: `${edges.length} hyperedges`, allowed: `${announced}, by the header` });
  return requireIncidences({ vertices, edges }, where);
}

/** Either form: JSON where the text begins with `{`. @throws InputError */
export function parseHypergraph(text: string, where: string): Hypergraph {
  if (!text.trimStart().startsWith("{")) return hypergraphFromText(text, where);
  return hypergraphFromJson(parseJson(text, where), where);
}

function requireSize(vertices: number, edges: number, where: string): void {
  if (vertices < 1 || vertices > limits.vertices)
    reject({ where, what: `${vertices} vertices`, allowed: `1 to ${limits.vertices}` });
  if (edges > limits.edges)
    reject({ where, what: `${edges} hyperedges`, allowed: `at most ${limits.edges}` });
}

function requireEdge(edge: readonly number[], vertices: number, first: 0 | 1, where: string): void {
  const last = vertices - 1 + first;
  for (const v of edge)
    if (v < first || v > last)
      reject({ where, what: `vertex ${v} is out of range`, allowed: `${first} to ${last}` });
  if (edge.length < 2)
    reject({
      where,
      what: `a hyperedge of ${edge.length} ${edge.length === 1 ? "vertex" : "vertices"}`,
      allowed: "at least 2 vertices",
    });
  const seen = new Set<number>();
  for (const v of edge) {
    if (seen.has(v)) reject({ where, what: `vertex ${v} is listed twice`, allowed: "distinct vertices" });
    seen.add(v);
  }
}

function requireIncidences(hypergraph: Hypergraph, where: string): Hypergraph {
  const total = hypergraph.edges.reduce((sum, e) => sum + e.length, 0);
  if (total > limits.incidences)
    reject({
      where,
      what: `hyperedges of ${total} vertices in all`,
      allowed: `at most ${limits.incidences}`,
    });
  return hypergraph;
}

/** Whether every vertex has colour 0 or 1 and no hyperedge is monochromatic. */
export const isProper = ({ vertices, edges }: Hypergraph, colouring: Colouring): boolean =>
  colouring.length === vertices &&
  colouring.every((c) => c === 0 || c === 1) &&
  edges.every((edge) => edge.some((v) => colouring[v] !== colouring[edge[0]]));

/** `edges` hyperedges, each a uniformly random `size`-subset of the vertices, independently. */
export function randomHypergraph(key: Key, vertices: number, edges: number, size: number): Hypergraph {
  if (size > vertices) throw new RangeError(`hyperedges of ${size} among ${vertices} vertices`);
  const { below } = stream(key);
  const draw = (): number[] => {
    const chosen = new Set<number>();
    while (chosen.size < size) chosen.add(below(vertices));
    return [...chosen].sort((a, b) => a - b);
  };
  return { vertices, edges: Array.from({ length: edges }, draw) };
}
