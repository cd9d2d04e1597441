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

/** Writes one undirected graph at `base`; each graph begins with a fresh word. */
function drawUndirected(next: () => number, n: number, data: Uint8Array, base: number): void {
  let [word, left] = [0, 0];
  for (let i = 0, at = base; i < n; i++, at += n) {
    const end = at + n;
    for (let a = at + i + 1, b = at + n + i; a < end; a++, b += n) {
      if (left === 0) {
        word = next();
        left = 32;
      }
      const bit = word & 1;
      word >>>= 1;
      left--;
      data[a] = bit;
      data[b] = bit;
    }
  }
}

/** Writes one directed graph at `base`. */
function drawDirected(next: () => number, n: number, loops: boolean, data: Uint8Array, base: number): void {
  let [word, left] = [0, 0];
  for (let a = base, end = base + n * n, diagonal = loops ? end : base; a < end; a++) {
    if (a === diagonal) {
      diagonal += n + 1;
      continue;
    }
    if (left === 0) {
      word = next();
      left = 32;
    }
    data[a] = word & 1;
    word >>>= 1;
    left--;
  }
}

/** A source of graphs of the key's stream: writes `count` further ones into `data`, zeros before or graphs of the law. */
function graphSource(key: Key, { n, edges, p }: GraphLaw): (data: Uint8Array, count: number) => void {
  const next = bernoulliWords(key, p);
  return (data, count) => {
    for (let g = 0; g < count; g++)
      if (edges === "undirected") drawUndirected(next, n, data, g * n * n);
      else drawDirected(next, n, edges === "directed-loops", data, g * n * n);
  };
}

/** Adjacency matrices, count x n x n of 0 and 1; a row holds the out-edges of its node. */
export function sampleGraphs(key: Key, law: GraphLaw, count: number): Samples {
  const data = new Uint8Array(count * law.n * law.n);
  graphSource(key, law)(data, count);
  return { count, shape: [law.n, law.n], data };
}

/** The (out-)degrees of the very graphs that `sampleGraphs` draws from the same key: count x n. */
export function sampleDegrees(key: Key, law: GraphLaw, count: number): Uint16Array {
  const { n } = law;
  const degrees = new Uint16Array(count * n);
  const source = graphSource(key, law);
  const chunk = Math.min(count, Math.max(1, Math.floor(2 ** 18 / (n * n))));
  const data = new Uint8Array(chunk * n * n);
  for (let g = 0; g < count; g += chunk) {
    const size = Math.min(chunk, count - g);
    source(data, size);
    degrees.set(degreesOf({ count: size, shape: [n, n], data }), g * n);
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
