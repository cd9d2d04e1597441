/**
 * The minimal frame of the symmetric group on graphs (Lin, Helwig, Gui, Ji 2024): all relabellings that bring a graph
 * to its canonical form. For x = h c(x) they are the coset h Stab(c(x)), and no frame has fewer elements: F(x) =
 * F(s x) = s F(x) for s in Stab(x).
 *
 * Found by refining colours by the neighbours' colours and, where that separates nothing more, giving one node of the
 * first smallest class a colour of its own, every node of it in turn. All leaves of this search are looked at, and
 * those of the least matrix kept: no pruning, which is enough for random graphs on a few dozen nodes.
 */

import { reject } from "../base/errors.ts";
import { commonDivisor } from "../numeric/integers.ts";
import type { Permutation } from "./permutation.ts";

/** Leaves that are looked at. */
const mostLeaves = 10_000;
/** Most nodes of a graph: a row of the matrix is one word. */
export const mostNodes = 31;

/** A graph as the set of neighbours of each node, a word of bits. */
export type Graph = ArrayLike<number>;

/** The canonical form, and the frame: node `labelling[i]` comes to place i. */
export interface CanonicalForm {
  /** Rows of the least matrix, words of bits. */
  readonly rows: readonly number[];
  readonly frame: readonly Permutation[];
}

/**
 * @param graph symmetric, without loops
 * @throws InputError for more nodes than a word has bits, and graphs so regular that the search has too many leaves
 */
export function canonicalForm(graph: Graph): CanonicalForm {
  const n = graph.length;
  if (n > mostNodes) reject({ where: "graph", what: `has ${n} nodes`, allowed: `at most ${mostNodes}` });
  let rows: readonly number[] | null = null;
  let frame: Permutation[] = [];
  let leaves = 0;
  const visit = (colours: Int32Array): void => {
    const refined = refine(graph, colours);
    const open = smallestOpenClass(refined);
    if (open === null) {
      if (++leaves > mostLeaves)
        reject({
          where: "graph",
          what: `has more than ${mostLeaves} labellings that refinement does not tell apart`,
          next: "take a graph with fewer automorphisms",
        });
      const labelling = byColour(refined);
      const found = matrixOf(graph, labelling);
      const order = rows === null ? -1 : compare(found, rows);
      if (order < 0) [rows, frame] = [found, []];
      if (order <= 0) frame.push(labelling);
      return;
    }
    for (const node of open) visit(individualised(refined, node));
  };
  visit(new Int32Array(n));
  return { rows: rows ?? [], frame };
}

/** Colours 0, 1, ... in the order of (own colour, sorted colours of the neighbours), until none separates more. */
function refine(graph: Graph, colours: Int32Array): Int32Array {
  const n = graph.length;
  let [now, count] = [colours, new Set(colours).size];
  for (;;) {
    const signatures = Array.from(now, (own, i) => {
      const seen: number[] = [];
      for (let j = 0; j < n; j++) if ((graph[i] >>> j) & 1) seen.push(now[j]);
      return String.fromCharCode(own, ...seen.sort((a, b) => a - b));
    });
    const rank = new Map([...new Set(signatures)].sort().map((s, r) => [s, r]));
    now = Int32Array.from(signatures, (s) => rank.get(s)!);
    if (rank.size === count) return now;
    count = rank.size;
  }
}

/** The nodes of the first smallest class of more than one node, null where there is none. */
function smallestOpenClass(colours: Int32Array): number[] | null {
  const classes: number[][] = Array.from({ length: colours.length }, () => []);
  colours.forEach((colour, node) => classes[colour].push(node));
  const open = classes.filter((nodes) => nodes.length > 1);
  return open.reduce<number[] | null>(
    (best, c) => (best === null || c.length < best.length ? c : best),
    null,
  );
}

/** The node before the others of its colour. */
const individualised = (colours: Int32Array, node: number): Int32Array =>
  colours.map((c, i) => 2 * c + (i === node ? 0 : 1));

/** The nodes in the order of their colours, all different. */
function byColour(colours: Int32Array): Permutation {
  const labelling = new Int32Array(colours.length);
  colours.forEach((colour, node) => (labelling[colour] = node));
  return labelling;
}

function matrixOf(graph: Graph, labelling: Permutation): number[] {
  return Array.from(labelling, (node) =>
    labelling.reduce((row, other, j) => row | (((graph[node] >>> other) & 1) << j), 0),
  );
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((row, i) => row !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}

/**
 * E|Aut| of a uniform graph on n nodes: n! U_n / 2^(n(n-1)/2), U_n the number of graphs up to isomorphism, by the
 * Cauchy-Frobenius lemma a sum over the partitions of n: a permutation with cycles of lengths l_i makes
 * sum floor(l_i / 2) + sum_{i<j} gcd(l_i, l_j) cycles of the pairs.
 */
export function meanAutomorphisms(n: number): number {
  const pairs = (n * (n - 1)) / 2;
  let logFactorial = 0;
  for (let i = 2; i <= n; i++) logFactorial += Math.log(i);
  let sum = 0;
  const extend = (cycles: readonly number[], left: number, logWeight: number): void => {
    if (left === 0) {
      const onPairs = cycles.reduce(
        (total, a, i) =>
          total + Math.floor(a / 2) + cycles.slice(0, i).reduce((t, b) => t + commonDivisor(a, b), 0),
        0,
      );
      sum += Math.exp(logFactorial + logWeight + (onPairs - pairs) * Math.LN2);
      return;
    }
    const most = Math.min(left, cycles.at(-1) ?? left);
    for (let length = 1; length <= most; length++) {
      const repeated = 1 + cycles.filter((c) => c === length).length;
      extend([...cycles, length], left - length, logWeight - Math.log(length * repeated));
    }
  };
  extend([], n, 0);
  return sum;
}
