/** Degree parity vectors of sampled graphs, counted: the route to a certificate where the law is out of reach. */

import type { Key } from "../../base/random.ts";
import type { Progress } from "../../base/progress.ts";
import type { GraphLaw } from "../../distribution/erdos-renyi.ts";
import { cellWords, edgesOf, roundBelow, sampledDegrees } from "./samples.ts";

export interface ParityCounts {
  /** The largest number of samples in one cell, and that cell. */
  readonly largestCount: number;
  readonly likeliest: number;
  /** Number of cells seen. */
  readonly cells: number;
}

/** As many graphs as a few seconds draw: 4e8 edges, at most a million and at least 50 graphs. */
export const defaultSamples = (law: GraphLaw): number =>
  roundBelow(Math.max(50, Math.min(1_000_000, Math.floor(4e8 / edgesOf(law)))));

/** The cell of each of `count` sampled graphs, in steps. */
export function* sampleCells(key: Key, law: GraphLaw, count: number): Generator<Progress, Float64Array> {
  const [low, high] = cellWords(law);
  const cells = new Float64Array(count);
  let done = 0;
  for (const degrees of sampledDegrees(key, law, count)) {
    for (let at = 0; at < degrees.length;) {
      let [a, b] = [0, 0];
      for (const end = at + law.n; at < end; at++) {
        a ^= low[degrees[at]];
        b ^= high[degrees[at]];
      }
      cells[done++] = (b >>> 0) * 2 ** 32 + (a >>> 0);
    }
    yield { what: "sampled graphs", done, total: count };
  }
  return cells;
}

/** Sorts the cells and finds the fullest one, the first of several. */
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
  return { largestCount, likeliest, cells: distinct };
}
