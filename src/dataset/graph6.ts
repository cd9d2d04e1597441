/**
 * Graphs as text: graph6 of undirected simple ones, digraph6 of directed ones, loops included
 * (B. McKay, https://users.cecs.anu.edu.au/~bdm/data/formats.txt). Six bits a character, 63 to 126.
 */

import { reject } from "../base/errors.ts";

/** Most nodes of a graph that is read. */
export const mostNodes = 500;

/** Bits collected into characters. */
function characters(size: number): { push(bit: number): void; text(): string } {
  const codes = new Uint8Array(Math.ceil(size / 6));
  let at = 0;
  return {
    push(bit) {
      codes[Math.floor(at / 6)] |= bit << (5 - (at % 6));
      at++;
    },
    text: () => Array.from(codes, (code) => String.fromCharCode(code + 63)).join(""),
  };
}

/** The number of nodes: one character up to 62, `~` and 18 bits up to 258,047. */
function order(n: number): string {
  if (n <= 62) return String.fromCharCode(n + 63);
  return `~${[12, 6, 0].map((shift) => String.fromCharCode(((n >> shift) & 63) + 63)).join("")}`;
}

/** @param adjacency row-major n x n of 0 and 1, symmetric, without loops */
export function graph6(adjacency: ArrayLike<number>, n: number): string {
  const bits = characters((n * (n - 1)) / 2);
  for (let j = 1; j < n; j++) for (let i = 0; i < j; i++) bits.push(adjacency[i * n + j]);
  return order(n) + bits.text();
}

/** @param adjacency row-major n x n of 0 and 1: row i holds the edges from node i */
export function digraph6(adjacency: ArrayLike<number>, n: number): string {
  const bits = characters(n * n);
  for (let at = 0; at < n * n; at++) bits.push(adjacency[at]);
  return `&${order(n)}${bits.text()}`;
}

/** A graph by its adjacency matrix, row-major n x n of 0 and 1. */
export interface DenseGraph {
  readonly n: number;
  readonly adjacency: Uint8Array;
}

/**
 * Reads one graph.
 * @param text graph6, or digraph6 after `&`; a header `>>graph6<<` may stand before it
 * @param where its place, for complaints
 * @throws InputError for other characters, another length, and more than 500 nodes
 */
export function parseGraph6(text: string, where: string): DenseGraph {
  const body = text.replace(/^>>(di)?graph6<</, "");
  const directed = body.startsWith("&");
  const codes = Array.from(directed ? body.slice(1) : body, (c) => c.charCodeAt(0) - 63);
  const bad = (what: string): never =>
    reject({ where, what, allowed: `graph6 or digraph6 of a graph with 1 to ${mostNodes} nodes` });
  if (codes.length === 0 || codes.some((code) => !(code >= 0 && code <= 63)))
    bad(`"${text.slice(0, 40)}" is no graph6`);
  const long = codes[0] === 63;
  const n = long ? codes.slice(1, 4).reduce((sum, code) => sum * 64 + code, 0) : codes[0];
  if (!(n >= 1 && n <= mostNodes)) bad(`a graph of ${n} nodes`);
  const bits = directed ? n * n : (n * (n - 1)) / 2;
  const start = long ? 4 : 1;
  if (codes.length !== start + Math.ceil(bits / 6)) bad(`${codes.length} characters for ${n} nodes`);
  const bit = (at: number): number => (codes[start + Math.floor(at / 6)] >> (5 - (at % 6))) & 1;
  const adjacency = new Uint8Array(n * n);
  if (directed) for (let at = 0; at < n * n; at++) adjacency[at] = bit(at);
  else
    for (let j = 1, at = 0; j < n; j++)
      for (let i = 0; i < j; i++, at++) adjacency[i * n + j] = adjacency[j * n + i] = bit(at);
  return { n, adjacency };
}
