/**
 * Degree parity vectors of sampled graphs, counted: the route to a certificate where the law is out of reach.
 *
 * A vector of up to 31 parities is its own cell; a longer one is mapped linearly to F_2^52 (the word of each degree is
 * random), which may merge vectors. That only raises counts and probabilities of cells, so an upper limit for the likeliest
 * cell is still one for the likeliest vector.
 */

import { bits, foldIn, keyFor, type Key } from "../../base/random.ts";
import type { Progress } from "../../base/progress.ts";
import { largestDegree, sampleDegrees, type GraphLaw } from "../../distribution/erdos-renyi.ts";

export interface ParityCounts {
  readonly samples: number;
  /** The largest number of samples in one cell, and that cell. */
  readonly largestCount: number;
  readonly likeliest: number;
  /** Number of cells seen. */
  readonly cells: number;
}

/** Edges to draw for one graph. */
export const edgesOf = ({ n, edges }: GraphLaw): number =>
  edges === "undirected" ? (n * (n - 1)) / 2 : n * (edges === "directed" ? n - 1 : n);

/** As many graphs as a few seconds draw: 4e8 edges, at most a million and at least 30 graphs. */
export const defaultSamples = (law: GraphLaw): number =>
  Math.max(30, Math.min(1_000_000, Math.floor(4e8 / edgesOf(law))));

/** The cell of each of `count` sampled graphs, in steps. */
export function* sampleCells(key: Key, law: GraphLaw, count: number): Generator<Progress, Float64Array> {
  const { n } = law;
  const [low, high] = cellWords(law);
  const cells = new Float64Array(count);
  const chunk = Math.max(1, Math.min(count, Math.floor(Math.min(2e7 / edgesOf(law), 1e6 / n))));
  for (let from = 0, part = 0; from < count; from += chunk, part++) {
    const size = Math.min(chunk, count - from);
    const degrees = sampleDegrees(foldIn(key, part), law, size);
    for (let g = 0, at = 0; g < size; g++) {
      let [a, b] = [0, 0];
      for (const end = at + n; at < end; at++) {
        a ^= low[degrees[at]];
        b ^= high[degrees[at]];
      }
      cells[from + g] = (b >>> 0) * 2 ** 32 + (a >>> 0);
    }
    yield { what: "sampled graphs", done: from + size, total: count };
  }
  return cells;
}

/** Sorts the cells and finds the fullest one. */
export function countCells(cells: Float64Array): ParityCounts {
  const sorted = cells.sort();
  let [largestCount, likeliest, distinct] = [0, 0, 0];
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to - from > largestCount) [largestCount, likeliest] = [to - from, sorted[from]];
    distinct++;
    from = to;
  }
  return { samples: sorted.length, largestCount, likeliest, cells: distinct };
}

/** The word of each degree; the cell of a graph is the exclusive or over its nodes. */
function cellWords(law: GraphLaw): [Uint32Array, Uint32Array] {
  const count = largestDegree(law) + 1;
  if (count <= 31) return [Uint32Array.from({ length: count }, (_, j) => 2 ** j), new Uint32Array(count)];
  const words = bits(keyFor("parity cells", count), new Uint32Array(2 * count));
  return [words.subarray(0, count), words.subarray(count).map((w) => w >>> 12)];
}
