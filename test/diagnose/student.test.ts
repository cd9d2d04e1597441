/** The student of a diagnosis of graphs: for all permutations of many nodes it is a graph network. */

import { describe, expect, it } from "vitest";
import { keyFor, normals, permutation } from "../../src/base/random.ts";
import type { LabelledData } from "../../src/dataset/labelled.ts";
import { actOn } from "../../src/diagnose/action.ts";
import { pairGnn } from "../../src/diagnose/learners/pair-gnn.ts";
import { networkFor } from "../../src/diagnose/learners/student.ts";
import { invarianceError, permuteEntries } from "../../src/network/equivariance.ts";
import { initialise } from "../../src/network/initialise.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";

/** Random graphs, undirected or with every arrow and loop drawn by itself. */
function graphs(n: number, undirected: boolean, count = 3): LabelledData {
  const inputs = normals(keyFor("graphs", n), new Float64Array(count * n * n)).map((x) => (x > 0 ? 1 : 0));
  if (undirected)
    for (let s = 0; s < count; s++)
      for (let i = 0; i < n; i++)
        for (let j = 0; j <= i; j++) inputs[(s * n + i) * n + j] = i === j ? 0 : inputs[(s * n + j) * n + i];
  const labels = new Float64Array(count);
  return { kind: "graphs", label: "y", count, total: count, shape: [n, n], padded: 0, inputs, labels };
}

const chosen = (n: number, group: string, undirected = true): string =>
  networkFor(actOn(graphs(n, undirected), parseGroup(group))).note;

it.each([
  [200, "symmetric:200", true, "graph network"],
  [16, "symmetric:16", false, "graph network"],
  [6, "symmetric:6", true, "layers that commute with the group"],
  [40, "cyclic:40", true, "perceptron without symmetry: the group is too large for others"],
])("of graphs on %i nodes under %s", (n, group, undirected, note) => {
  expect(chosen(n, group, undirected)).toBe(note);
});

it("takes fewer graphs a step, the larger they are", () => {
  const batch = (n: number): number =>
    networkFor(actOn(graphs(n, true, 1), parseGroup(`symmetric:${n}`))).batch;
  expect([6, 64, 128, 256].map(batch)).toEqual([256, 256, 64, 16]);
});

describe.each([true, false])("a graph network on pairs (undirected: %s)", (undirected) => {
  const n = 7;
  const { count, dimension, lift } = actOn(graphs(n, undirected, 20), parseGroup(`symmetric:${n}`));
  const data = normals(keyFor("pairs"), new Float32Array(count * dimension));
  const samples = { count, shape: [dimension], data };
  const network = pairGnn({ n, undirected, layers: 3, width: 8, readoutLayers: 1 });
  const weights = initialise(network, keyFor("weights"));
  const moved = (by: ArrayLike<number>) =>
    invarianceError(network, weights, samples, (s) => permuteEntries(s, by));

  it("does not see how the nodes are numbered, but sees how the pairs are", async () => {
    expect(await moved(lift(permutation(keyFor("nodes"), n)))).toBeLessThan(1e-5);
    expect(await moved(permutation(keyFor("any pairs"), dimension))).toBeGreaterThan(1e-3);
  });

  it("reads the matrix of all pairs, and the sums of its rows", () => {
    const { degree, adjacency } = network.encode(samples);
    // numbered by an action that the encoding knows nothing of: pair (0, 1) is moved to (i, j)
    const first = undirected ? 0 : 1;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) {
        const at = (2 * n + i) * n + j;
        sum += adjacency[at];
        if (i === j) {
          if (undirected) expect(adjacency[at]).toBe(0);
          continue;
        }
        const g = Int32Array.from([
          i,
          j,
          ...Array.from({ length: n }, (_, v) => v).filter((v) => v !== i && v !== j),
        ]);
        expect(adjacency[at]).toBeCloseTo(data[2 * dimension + lift(g)[first]] / Math.sqrt(n), 6);
      }
      expect(degree[2 * n + i]).toBeCloseTo(sum, 5);
    }
  });
});
