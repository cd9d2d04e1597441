/** Minimal frames of graphs: the number of automorphisms, by their definition and by the exact table. */

import { describe, expect, it } from "vitest";
import { keyFor, permutation } from "../../src/base/random.ts";
import { range } from "../../src/base/range.ts";
import { canonicalForm, meanAutomorphisms } from "../../src/symmetry/graph-frame.ts";

/** All permutations of 0..n-1. */
const permutations = (n: number): number[][] =>
  n === 0
    ? [[]]
    : permutations(n - 1).flatMap((p) => Array.from({ length: n }, (_, i) => p.toSpliced(i, 0, n - 1)));

const relabel = (graph: readonly number[], g: ArrayLike<number>): number[] => {
  const out = graph.map(() => 0);
  graph.forEach((row, i) => graph.forEach((_, j) => (out[g[i]] |= ((row >> j) & 1) << g[j])));
  return out;
};

/** The graph whose pairs are the bits of a word. */
function graphOf(word: number, n: number): number[] {
  const rows = Array.from({ length: n }, () => 0);
  for (let i = 0, bit = 0; i < n; i++)
    for (let j = 0; j < i; j++, bit++)
      if ((word >> bit) & 1) {
        rows[i] |= 1 << j;
        rows[j] |= 1 << i;
      }
  return rows;
}

const automorphisms = (graph: readonly number[]): number =>
  permutations(graph.length).filter((g) => relabel(graph, g).join() === graph.join()).length;

describe("the minimal frame of a graph", () => {
  it("has as many elements as the graph has automorphisms, on all graphs of 4 nodes; forms count the classes", () => {
    const all = Array.from({ length: 64 }, (_, word) => graphOf(word, 4));
    for (const graph of all) expect(canonicalForm(graph).frame).toHaveLength(automorphisms(graph));
    expect(new Set(all.map((g) => canonicalForm(g).rows.join())).size).toBe(11);
    const mean = all.reduce((sum, g) => sum + automorphisms(g), 0) / 64;
    expect(meanAutomorphisms(4)).toBeCloseTo(mean, 12);
  });

  it("brings the graph to its form, and is moved with it as a set", () => {
    const graph = graphOf(0b1001101011, 5);
    const { rows, frame } = canonicalForm(graph);
    for (const labelling of frame) {
      const places = new Int32Array(5);
      labelling.forEach((node, i) => (places[node] = i));
      expect(relabel(graph, places)).toEqual(rows);
    }
    const g = permutation(keyFor("relabelling"), 5);
    const moved = canonicalForm(relabel(graph, g));
    expect(moved.rows).toEqual(rows);
    const names = (of: readonly Int32Array[]): string[] => of.map((p) => p.join()).sort();
    expect(names(moved.frame)).toEqual(names(frame.map((p) => p.map((node) => g[node]))));
    // other graphs have other forms (negative control)
    expect(canonicalForm(graphOf(0b1001101010, 5)).rows).not.toEqual(rows);
  });

  it("has mean sizes 3.984, 3.428, 2.509, 1.854, 1.2382, 1.0717, 1.01309 at n = 5..8, 10, 12, 15", () => {
    const exact = [5, 6, 7, 8, 10, 12, 15].map(meanAutomorphisms);
    const table = [3.984, 3.428, 2.509, 1.854, 1.2382, 1.0717, 1.01309];
    table.forEach((value, i) => expect(Math.abs(exact[i] - value)).toBeLessThan(6e-4));
    expect(exact[1]).toBeCloseTo(3.427734375, 12);
    expect(exact[6]).toBeCloseTo(1.01309, 5);
  });

  it("is one element on .1758 of the graphs of 6 nodes: 8 classes of 720 each; at most it has 720", () => {
    // a class of asymmetric graphs is drawn with chance 720/2^15: 1200 draws miss one of 8 once in 10^10 times
    const forms = range(1200).map((i) => canonicalForm(graphOf(keyFor("asymmetric", i)[0] & 0x7fff, 6)));
    const asymmetric = new Set(forms.filter((f) => f.frame.length === 1).map((f) => f.rows.join()));
    expect((asymmetric.size * 720) / 2 ** 15).toBeCloseTo(0.1758, 4);
    expect(canonicalForm(graphOf(0, 6)).frame).toHaveLength(720);
  });

  it("refuses what has too many labellings, or nodes", () => {
    expect(() => canonicalForm(graphOf(0, 9))).toThrow(/^graph: has more than 10000 labellings/);
    expect(() => canonicalForm(Array.from({ length: 32 }, () => 0))).toThrow(/at most 31/);
  });
});
