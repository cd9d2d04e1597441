/**
 * Degree profiles: per node the indicator of its degree, then how many neighbours it has of each degree. The neighbours of a
 * node are a row of bits, and so are the nodes of each degree: a count is the number of ones that two rows share.
 */

import { onesOf, wordsOf } from "../distribution/bit-rows.ts";

export interface ProfiledGraphs {
  /** Bit rows of graphs of n nodes, and the degrees of their nodes. */
  readonly edges: Uint16Array;
  readonly degree: Uint16Array;
  readonly n: number;
  /** Degrees that have a column: all below. */
  readonly rows: number;
  /** What each counted neighbour weighs. */
  readonly edge: number;
}

/** Numbers cleared at a time: they are still in the cache when they are written. */
const stretchSize = 8000;

/** Writes 2 * rows numbers a node. */
export function writeProfiles(graphs: ProfiledGraphs, out: Float32Array): void {
  const { edges, degree, n, rows, edge } = graphs;
  const columns = 2 * rows;
  const words = wordsOf(n);
  const entry = new Float32Array(n + 1).map((_, count) => count * edge);
  const nodesOf = new Uint16Array((rows + 3) * words);
  const write = words === 1 ? writeByWord : writeByWords;
  const stretch = n * columns * Math.ceil(stretchSize / (n * columns));
  for (let first = 0, to = 0, cleared = 0; first < degree.length; first += n, to += n * columns) {
    if (to === cleared) {
      cleared += stretch;
      out.fill(0, to, cleared);
    }
    let [least, most] = [rows, 0];
    for (let i = 0; i < n; i++) {
      const d = degree[first + i];
      nodesOf[d * words + (i >>> 4)] |= 1 << (i & 15);
      least = Math.min(least, d);
      most = Math.max(most, d);
    }
    write(edges, first, n, nodesOf, least, most, entry, out, to + rows, columns);
    for (let at = least * words; at < (most + 1) * words; at++) nodesOf[at] = 0;
    for (let i = 0, at = to; i < n; i++, at += columns) out[at + degree[first + i]] = 1;
  }
}

/** The counts of one graph, `to` being the place of its first node's degree 0. */
type WriteCounts = (
  edges: Uint16Array,
  first: number,
  n: number,
  nodesOf: Uint16Array,
  least: number,
  most: number,
  entry: Float32Array,
  out: Float32Array,
  to: number,
  columns: number,
) => void;

const writeByWords: WriteCounts = (edges, first, n, nodesOf, least, most, entry, out, to, columns) => {
  const words = wordsOf(n);
  for (let d = least; d <= most; d++)
    for (let i = 0, row = first * words, at = to + d; i < n; i++, at += columns) {
      let count = 0;
      for (let w = d * words; w < (d + 1) * words; w++, row++) count += onesOf[edges[row] & nodesOf[w]];
      out[at] = entry[count];
    }
};

/**
 * The same for rows of one word, four degrees at a time, in half the time. Beyond the largest degree it writes zeros, at
 * most into the indicators of the next node, which come after the counts.
 */
const writeByWord: WriteCounts = (edges, first, n, nodesOf, least, most, entry, out, to, columns) => {
  for (let d = least; d <= most; d += 4) {
    const [a, b, c, e] = [nodesOf[d], nodesOf[d + 1], nodesOf[d + 2], nodesOf[d + 3]];
    for (let i = first, at = to + d; i < first + n; i++, at += columns) {
      const row = edges[i];
      out[at] = entry[onesOf[row & a]];
      out[at + 1] = entry[onesOf[row & b]];
      out[at + 2] = entry[onesOf[row & c]];
      out[at + 3] = entry[onesOf[row & e]];
    }
  }
};
