/** Erdos-Renyi graphs G(n, p): undirected simple, directed, or directed with self-loops. */

import { stream, type Key, type Stream } from "../base/random.ts";
import { copyBits, rowSums, symmetrise, wordsOf } from "./bit-rows.ts";
import type { Law, Samples } from "./law.ts";
import { rowsOf, samplesOfRows } from "./samples.ts";
import { mostNodes, wordGraphs, type WordGraphs } from "./word-graphs.ts";

export type Edges = "undirected" | "directed" | "directed-loops";

export interface GraphLaw {
  /** Number of nodes. */
  readonly n: number;
  readonly edges: Edges;
  /** Edge probability, in (0, 1). */
  readonly p: number;
}

/** The largest (out-)degree N: n-1, or n with self-loops. */
export const largestDegree = ({ n, edges }: Pick<GraphLaw, "n" | "edges">): number =>
  edges === "directed-loops" ? n : n - 1;

/** Random graphs on n nodes as samples of shape (n, n); equal keys give equal graphs. */
export function erdosRenyi(law: GraphLaw): Law {
  return {
    id: "erdos-renyi",
    shape: [law.n, law.n],
    directed: law.edges !== "undirected",
    sample: (key, count, into) => sampleGraphs(key, law, count, into),
  };
}

/**
 * A source of words whose 32 bits are independent Bernoulli(p), exactly for every float64 p: lane by lane the binary
 * digits of a uniform number are compared with those of p until every lane is decided, which takes one word at
 * p = 1/2 and about seven at a general p.
 * @param word uniform words
 */
export function bernoulliWords(word: () => number, p: number): () => number {
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

/** The next words of that source, so many of them into the beginning of `out`. */
export type FillWords = (out: Uint32Array, count: number) => void;

/** As `bernoulliWords`, many at once. @param source uniform words, one by one and many at once */
export function bernoulliFill({ word, words }: Pick<Stream, "word" | "words">, p: number): FillWords {
  if (p === 0.5) return words;
  const next = bernoulliWords(word, p);
  return (out, count) => {
    for (let w = 0; w < count; w++) out[w] = next();
  };
}

/** What fills `rows`, as many as fit, with further graphs of independent bits, and `degrees` with their row sums. */
export function graphWriter({ n, edges }: Omit<GraphLaw, "p">): WordGraphs {
  if (edges === "undirected" && n <= mostNodes) return wordGraphs(n);
  const words = wordsOf(n);
  const pairs = edges === "undirected" ? (n * (n - 1)) / 2 : n * largestDegree({ n, edges });
  const drawn = Math.ceil(pairs / 32); // each graph begins with a fresh word
  const source = new Uint32Array(drawn + 1);
  return (fill, rows, degrees) => {
    rows.fill(0);
    for (let graph = 0; graph < rows.length; graph += n * words) {
      fill(source, drawn);
      for (let i = 0, from = 0, row = graph; i < n; i++, row += words) {
        if (edges !== "undirected") {
          copyBits(source, from, i, rows, row, 0);
          from += i;
        }
        const right = edges === "directed-loops" ? i : i + 1;
        copyBits(source, from, n - right, rows, row, right);
        from += n - right;
      }
    }
    if (edges === "undirected") symmetrise(rows, n);
    rowSums(rows, n, degrees);
  };
}

/**
 * Adjacency matrices, count x n x n of 0 and 1; a row holds the out-edges of its node.
 * @param into graphs of n nodes that nothing needs any more, as `Law.sample` takes them
 */
export function sampleGraphs(key: Key, law: GraphLaw, count: number, into?: Samples): Samples {
  // memory that is new costs more than the graphs that are written into it, page by page
  const fits = into?.rows !== undefined && into.count === count && into.shape[0] === law.n;
  const rows = fits ? into.rows : new Uint16Array(count * law.n * wordsOf(law.n));
  const degrees = known.get(rows) ?? new Uint16Array(count * law.n);
  graphWriter(law)(bernoulliFill(stream(key), law.p), rows, degrees);
  known.set(rows, degrees);
  return samplesOfRows(rows, law.n);
}

/** The (out-)degrees of the very graphs that `sampleGraphs` draws from the same key: count x n. */
export function sampleDegrees(key: Key, law: GraphLaw, count: number): Uint16Array {
  const { n } = law;
  const size = n * wordsOf(n);
  const degrees = new Uint16Array(count * n);
  const [write, fill] = [graphWriter(law), bernoulliFill(stream(key), law.p)];
  const chunk = Math.min(count, Math.max(1, Math.floor(2 ** 14 / size)));
  const rows = new Uint16Array(chunk * size);
  for (let g = 0; g < count; g += chunk) {
    const some = rows.subarray(0, Math.min(chunk, count - g) * size);
    write(fill, some, degrees.subarray(g * n, (g + chunk) * n));
  }
  return degrees;
}

const known = new WeakMap<Uint16Array, Uint16Array>();

/**
 * Row sums of adjacency matrices: count x n (out-)degrees. Labels and encodings ask for the same: not to be written
 * into.
 */
export function degreesOf(samples: Samples): Uint16Array {
  const rows = rowsOf(samples);
  const found = known.get(rows);
  if (found !== undefined) return found;
  const n = samples.shape[0];
  const degrees = rowSums(rows, n, new Uint16Array(samples.count * n));
  known.set(rows, degrees);
  return degrees;
}
