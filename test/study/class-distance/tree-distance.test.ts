/** Tree Mover's Distance of depth two: the closed form against the definition. */

import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { degreesOf, sampleGraphs } from "../../../src/distribution/erdos-renyi.ts";
import {
  neighboursOf,
  sortedDegrees,
  treeDistance,
} from "../../../src/study/class-distance/tree-distance.ts";

/** The least cost over all matchings. */
function transport(cost: readonly (readonly number[])[], row = 0, used = 0): number {
  if (row === cost.length) return 0;
  return cost[row].reduce(
    (least, c, j) =>
      (used >> j) & 1 ? least : Math.min(least, c + transport(cost, row + 1, used | (1 << j))),
    Infinity,
  );
}

/** Chuang and Jegelka's recursion for two trees, given by the neighbours of their roots; null is the blank tree. */
function recursion(a: number[][], i: number | null, b: number[][], j: number | null, depth: number): number {
  const root = i === null || j === null ? Number(i !== j) : 0;
  if (depth === 1) return root;
  const of = (graph: number[][], at: number | null): (number | null)[] => (at === null ? [] : graph[at]);
  const [left, right] = [[...of(a, i)], [...of(b, j)]];
  while (left.length < right.length) left.push(null);
  while (right.length < left.length) right.push(null);
  return root + transport(left.map((p) => right.map((q) => recursion(a, p, b, q, depth - 1))));
}

describe("Tree Mover's Distance of depth two", () => {
  it("is the distance of sorted degrees: all 66 pairs of 12 graphs against the recursion", () => {
    const n = 5;
    const graphs = sampleGraphs(keyFor("tree distance"), { n, edges: "undirected", p: 0.5 }, 12);
    const lists = Array.from({ length: 12 }, (_, g) =>
      Array.from({ length: n }, (__, i) =>
        Array.from({ length: n }, (___, j) => j).filter((j) => graphs.data[(g * n + i) * n + j] === 1),
      ),
    );
    const sorted = sortedDegrees(degreesOf(graphs), n);
    for (let a = 0; a < 12; a++)
      for (let b = 0; b < a; b++) {
        const cost = lists[a].map((_, i) => lists[b].map((__, j) => recursion(lists[a], i, lists[b], j, 2)));
        expect(treeDistance(sorted, n, a, b)).toBe(transport(cost));
      }
    // unsorted degrees are another number (negative control)
    expect(treeDistance(Uint16Array.of(1, 3, 3, 1), 2, 0, 1)).toBe(4);
    expect(treeDistance(sortedDegrees(Uint16Array.of(1, 3, 3, 1), 2), 2, 0, 1)).toBe(0);
  });

  it.each([
    [8, 0.94],
    [15, 0.19],
  ])("is 0 to another one of 3000 graphs on %i nodes for %d of them", (n, share) => {
    const count = 3000;
    const degrees = degreesOf(sampleGraphs(keyFor("repeated", n), { n, edges: "undirected", p: 0.5 }, count));
    const times = new Map<string, number>();
    for (let g = 0; g < count; g++) {
      const name = degrees
        .slice(g * n, (g + 1) * n)
        .sort()
        .join();
      times.set(name, (times.get(name) ?? 0) + 1);
    }
    const repeated = [...times.values()].filter((t) => t > 1).reduce((a, b) => a + b, 0) / count;
    // pairs are not independent: twice what single graphs would scatter, five times over, and the design's last digit
    expect(Math.abs(repeated - share)).toBeLessThan(10 * Math.sqrt((share * (1 - share)) / count) + 0.005);
  });

  it("names the nearest of either class", () => {
    const near = neighboursOf(Uint16Array.of(0, 1, 5, 9), 1, [[1, 1, -1, -1]])[0];
    expect(near[1]).toEqual({ same: 1, other: 4, nearest: 0 });
    expect(neighboursOf(Uint16Array.of(2, 4), 1, [[1, -1]])[0][0]).toEqual({
      same: Infinity,
      other: 2,
      nearest: 1,
    });
  });
});
