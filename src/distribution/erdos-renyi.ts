/** Erdos-Renyi graphs G(n, p): undirected simple, directed, or directed with self-loops. */

import { stream, type Key } from "../base/random.ts";
import type { Law, Samples } from "./law.ts";

export type Edges = "undirected" | "directed" | "directed-loops";

export interface GraphLaw {
  /** Number of nodes. */
  readonly n: number;
  readonly edges: Edges;
  /** Edge probability, in (0, 1). */
  readonly p: number;
}

/** The largest (out-)degree N: n-1, or n with self-loops. */
export const largestDegree = ({ n, edges }: GraphLaw): number => (edges === "directed-loops" ? n : n - 1);

export function erdosRenyi(law: GraphLaw): Law {
  return {
    id: "erdos-renyi",
    shape: [law.n, law.n],
    sample: (key, count) => sampleGraphs(key, law, count),
  };
}

/**
 * A source of words whose 32 bits are independent Bernoulli(p), exactly for every float64 p: lane by lane the binary
 * digits of a uniform number are compared with those of p until every lane is decided, which takes one word at
 * p = 1/2 and about seven at a general p.
 */
export function bernoulliWords(key: Key, p: number): () => number {
  const { word } = stream(key);
  if (p === 0.5) return word;
  const digits: boolean[] = [];
  for (let rest = p; rest > 0 && digits.length < 1100;) {
    rest *= 2;
    digits.push(rest >= 1);
    if (rest >= 1) rest -= 1;
  }
  return () => {
    let undecided = -1;
    let below = 0;
    for (const digit of digits) {
      const drawn = word();
      if (digit) {
        below |= undecided & ~drawn;
        undecided &= drawn;
      } else undecided &= ~drawn;
      if (undecided === 0) break;
    }
    return below >>> 0;
  };
}

/** Fills `out[0..length)` with independent Bernoulli(p) bits, wasting none between calls. */
function bernoulliBits(key: Key, p: number): (out: Uint8Array, length: number) => void {
  const next = bernoulliWords(key, p);
  let [word, left] = [0, 0];
  return (out, length) => {
    for (let at = 0; at < length;) {
      if (left === 0) [word, left] = [next(), 32];
      const end = Math.min(length, at + left);
      left -= end - at;
      for (; at < end; at++) {
        out[at] = word & 1;
        word >>>= 1;
      }
    }
  };
}

/** Adjacency matrices, count x n x n of 0 and 1; a row holds the out-edges of its node. */
export function sampleGraphs(key: Key, law: GraphLaw, count: number): Samples {
  const { n, edges, p } = law;
  const data = new Uint8Array(count * n * n);
  const fill = bernoulliBits(key, p);
  const row = new Uint8Array(n);
  for (let i = 0, at = 0; i < count * n; i++, at += n) {
    const node = i % n;
    if (edges === "undirected") {
      fill(row, n - 1 - node);
      for (let j = node + 1, k = 0, below = at + n + node; j < n; j++, k++, below += n)
        data[at + j] = data[below] = row[k];
    } else {
      fill(row, largestDegree(law));
      for (let j = 0, k = 0; j < n; j++)
        if (j !== node || edges === "directed-loops") data[at + j] = row[k++];
    }
  }
  return { count, shape: [n, n], data };
}

/** The (out-)degrees of the very graphs that `sampleGraphs` draws from the same key: count x n. */
export function sampleDegrees(key: Key, law: GraphLaw, count: number): Uint16Array {
  const { n, edges, p } = law;
  const degrees = new Uint16Array(count * n);
  const fill = bernoulliBits(key, p);
  const row = new Uint8Array(n);
  for (let i = 0; i < count * n; i++) {
    const node = i % n;
    const length = edges === "undirected" ? n - 1 - node : largestDegree(law);
    fill(row, length);
    let sum = 0;
    for (let k = 0; k < length; k++) sum += row[k];
    degrees[i] += sum;
    if (edges === "undirected") for (let k = 0; k < length; k++) degrees[i + 1 + k] += row[k];
  }
  return degrees;
}

/** Row sums of adjacency matrices: count x n (out-)degrees. */
export function degreesOf({ count, shape, data }: Samples): Uint16Array {
  const n = shape[0];
  const degrees = new Uint16Array(count * n);
  for (let row = 0, at = 0; row < degrees.length; row++) {
    let sum = 0;
    for (const end = at + n; at < end; at++) sum += data[at];
    degrees[row] = sum;
  }
  return degrees;
}
