/**
 * The law of small random graphs as a finite sum: one graph of every isomorphism class, with the probability of the
 * class. Expectations of what does not depend on the nodes' order are exact over it.
 */

import { range } from "../base/range.ts";
import { largestDegree, type GraphLaw } from "./erdos-renyi.ts";
import type { Samples } from "./law.ts";

/** Edges that are decided independently, at most: all of their 2^21 choices are gone through. */
const mostPairs = 21;

export interface GraphClasses {
  /** The least graph of every class, by its edges read as a binary number. */
  readonly graphs: Samples;
  /** Probability that a graph of the law belongs to the class; they sum to 1. */
  readonly probabilities: Float64Array;
}

/** Null where the graphs are too many: beyond n = 7 undirected, 5 directed, 4 with loops. */
export function graphClasses(law: GraphLaw): GraphClasses | null {
  const { n, edges, p } = law;
  const pairs = edges === "undirected" ? (n * (n - 1)) / 2 : n * largestDegree(law);
  if (pairs > mostPairs) return null;
  const ends = pairsOf(law);
  const moves = permutations(n).map((order) => movedPairs(ends, order, law));
  const seen = new Uint8Array(2 ** pairs);
  const [least, sizes]: [number[], number[]] = [[], []];
  for (let graph = 0; graph < seen.length; graph++) {
    if (seen[graph] === 1) continue;
    let size = 0;
    for (const move of moves) {
      let image = 0;
      for (let rest = graph; rest !== 0; rest &= rest - 1) image |= move[31 - Math.clz32(rest & -rest)];
      size += 1 - seen[image];
      seen[image] = 1;
    }
    least.push(graph);
    sizes.push(size);
  }
  const data = new Uint8Array(least.length * n * n);
  const probabilities = Float64Array.from(least, (graph, g) => {
    let present = 0;
    for (const [bit, [i, j]] of ends.entries()) {
      if (((graph >> bit) & 1) === 0) continue;
      present++;
      data[(g * n + i) * n + j] = 1;
      if (edges === "undirected") data[(g * n + j) * n + i] = 1;
    }
    return sizes[g] * p ** present * (1 - p) ** (pairs - present);
  });
  return { graphs: { count: least.length, shape: [n, n], data }, probabilities };
}

/** The places of the matrix that are decided independently, in the order of their bits. */
function pairsOf({ n, edges }: GraphLaw): [number, number][] {
  const nodes = range(n);
  const decided = {
    undirected: (i: number, j: number) => j > i,
    directed: (i: number, j: number) => j !== i,
    "directed-loops": () => true,
  }[edges];
  return nodes.flatMap((i) => nodes.filter((j) => decided(i, j)).map((j): [number, number] => [i, j]));
}

/** For every bit the bit, as a mask, that it becomes when node i is called order[i]. */
function movedPairs(ends: readonly [number, number][], order: readonly number[], { edges }: GraphLaw) {
  const bits = new Map(ends.map(([i, j], bit) => [`${i} ${j}`, 1 << bit]));
  return Int32Array.from(ends, ([i, j]) => {
    const [a, b] = [order[i], order[j]];
    const [from, to] = edges === "undirected" && a > b ? [b, a] : [a, b];
    return bits.get(`${from} ${to}`)!;
  });
}

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]),
  );
}
