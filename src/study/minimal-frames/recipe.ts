/** Sizes of minimal frames of random graphs, and how invariant forms by minimal frames are. */

import * as z from "zod/mini";
import { foldIn, keyFor, normals, permutation, stream, type Key } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { deviation, mean } from "../../base/statistics.ts";
import { sampleGraphs } from "../../distribution/erdos-renyi.ts";
import { orthonormalise } from "../../numeric/orthonormalise.ts";
import { determinant, gramSchmidtForm } from "../../symmetry/gram-schmidt.ts";
import { canonicalForm, meanAutomorphisms, type Graph } from "../../symmetry/graph-frame.ts";
import { euclidean, lorentzian, type Metric } from "../../symmetry/minkowski-lengths.ts";
import type { Permutation } from "../../symmetry/permutation.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { GraphFrames, MinimalFrames } from "./study.ts";

const schema = z.strictObject({
  sizes: z.array(integer(2, 20)).check(z.minLength(1)),
  /** Graphs a seed and size. */
  graphs: integer(2, 1_000_000),
  seeds: z.array(integer(0, Number.MAX_SAFE_INTEGER)).check(z.minLength(1)),
});

export const minimalFrames: Recipe = async (given, { signal, onProgress }) => {
  const { sizes, graphs, seeds } = parseWith(schema, given, "minimal frames");
  const ofGraphs: GraphFrames[] = [];
  for (const n of sizes) {
    signal?.throwIfAborted();
    onProgress?.(`graphs on ${n} nodes`, ofGraphs.length / sizes.length);
    ofGraphs.push(framesOf(n, seeds, graphs));
  }
  const key = keyFor("minimal frames", seeds[0]);
  const found: MinimalFrames = {
    graphs: ofGraphs,
    regular: Object.entries(regularGraphs).map(([name, graph]) =>
      regularCase(name, graph, foldIn(key, name)),
    ),
    clouds: clouds(foldIn(key, "clouds")),
    collinear: [1e-2, 1e-6, 1e-10].map((distance) => ({
      distance,
      error: collinearError(foldIn(key, "collinear"), distance),
    })),
  };
  return found;
};

function framesOf(n: number, seeds: readonly number[], count: number): GraphFrames {
  const bySeed = seeds.map((seed) => {
    const key = keyFor("graph frames", n, seed);
    const { data } = sampleGraphs(foldIn(key, "graphs"), { n, edges: "undirected", p: 0.5 }, count);
    return Array.from({ length: count }, (_, g) => {
      const graph = Array.from({ length: n }, (__, i) =>
        Array.from({ length: n }, (___, j) => data[(g * n + i) * n + j] << j).reduce((a, b) => a | b, 0),
      );
      const form = canonicalForm(graph);
      const again = canonicalForm(relabelled(graph, permutation(foldIn(key, g), n)));
      return { size: form.frame.length, same: form.rows.join() === again.rows.join() };
    });
  });
  const all = bySeed.flat();
  const sizes = all.map((g) => g.size);
  return {
    n,
    sizes: bySeed.map((of) => mean(of.map((g) => g.size))),
    standardError: deviation(sizes) / Math.sqrt(sizes.length),
    exact: meanAutomorphisms(n),
    single: mean(sizes.map((s) => Number(s === 1))),
    mismatches: all.filter((g) => !g.same).length,
  };
}

/** Node i becomes node g(i). */
function relabelled(graph: Graph, g: Permutation): number[] {
  const out = Array.from({ length: graph.length }, () => 0);
  for (let i = 0; i < graph.length; i++)
    for (let j = 0; j < graph.length; j++) if ((graph[i] >>> j) & 1) out[g[i]] |= 1 << g[j];
  return out;
}

/** Graphs with many automorphisms. */
const regularGraphs: Readonly<Record<string, Graph>> = {
  "cycle of 5": Array.from({ length: 5 }, (_, i) => (1 << ((i + 1) % 5)) | (1 << ((i + 4) % 5))),
  "complete bipartite 3, 3": Array.from({ length: 6 }, (_, i) => (i < 3 ? 0b111000 : 0b000111)),
};

/** A function of node features, averaged over the frame or read at one element of it drawn anew each time. */
function regularCase(name: string, graph: Graph, key: Key): MinimalFrames["regular"][number] {
  const n = graph.length;
  const weights = normals(foldIn(key, "weights"), new Float64Array(n));
  const features = normals(foldIn(key, "features"), new Float64Array(n));
  const { below } = stream(foldIn(key, "element"));
  const at = (labelling: Permutation, x: ArrayLike<number>): number =>
    Math.tanh(labelling.reduce((sum, node, i) => sum + weights[i] * x[node], 0));
  const values = (of: Graph, x: ArrayLike<number>) => {
    const { frame } = canonicalForm(of);
    const all = frame.map((labelling) => at(labelling, x));
    return { whole: mean(all), one: all[below(all.length)] };
  };
  const before = values(graph, features);
  const changes = Array.from({ length: 20 }, (_, i) => {
    const g = permutation(foldIn(key, i), n);
    const moved = new Float64Array(n);
    features.forEach((x, node) => (moved[g[node]] = x));
    const after = values(relabelled(graph, g), moved);
    return [Math.abs(after.whole - before.whole), Math.abs(after.one - before.one)];
  });
  return {
    graph: name,
    elements: canonicalForm(graph).frame.length,
    wholeFrame: Math.max(...changes.map(([whole]) => whole)),
    oneElement: Math.max(...changes.map(([, one]) => one)),
  };
}

const dimension = 3;
const pointCount = 10;

type Rows = readonly ArrayLike<number>[];

const rowsOf = (flat: Float64Array): Float64Array[] =>
  Array.from({ length: flat.length / dimension }, (_, i) =>
    flat.subarray(dimension * i, dimension * (i + 1)),
  );

const timesMatrix = (points: Rows, matrix: Rows): Float64Array[] =>
  points.map((p) => Float64Array.from(matrix, (row) => Array.from(row).reduce((s, m, i) => s + m * p[i], 0)));

const randomRotation = (key: Key): Float64Array[] =>
  rowsOf(orthonormalise(normals(key, new Float64Array(dimension ** 2)), dimension, dimension));

/** A boost along the first space coordinate. */
function boost(rapidity: number): number[][] {
  const [c, s] = [Math.cosh(rapidity), Math.sinh(rapidity)];
  return [
    [c, s, 0],
    [s, c, 0],
    [0, 0, 1],
  ];
}

const mirror = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, -1],
];

/** Largest difference of two forms, relative to the first's largest entry. */
function difference(a: Rows, b: Rows): number {
  const [left, right] = [a, b].map((rows) => rows.flatMap((row) => Array.from(row)));
  const size = Math.max(...left.map(Math.abs));
  return Math.max(...left.map((x, i) => Math.abs(x - right[i]))) / size;
}

function clouds(key: Key): MinimalFrames["clouds"] {
  const points = rowsOf(normals(foldIn(key, "points"), new Float64Array(pointCount * dimension)));
  const turned = randomRotation(foldIn(key, "rotation"));
  // of either sign: brought to determinant 1
  const proper = determinant(turned) < 0 ? timesMatrix(turned, mirror) : turned;
  const change = (metric: Metric, matrix: Rows, oriented = false): number =>
    difference(
      gramSchmidtForm(points, metric, oriented),
      gramSchmidtForm(timesMatrix(points, matrix), metric, oriented),
    );
  const flat = euclidean(dimension);
  return [
    { group: "O(3)", moved: change(flat, turned), outside: change(flat, boost(0.5)) },
    { group: "SO(3)", moved: change(flat, proper, true), outside: change(flat, mirror, true) },
    { group: "O(1,2)", moved: change(lorentzian(3), boost(1.5)), outside: change(lorentzian(3), turned) },
  ];
}

/** Points of which the second is nearly a multiple of the first: ties are then decided by rounding. */
function collinearError(key: Key, distance: number): number {
  const points = rowsOf(normals(foldIn(key, "points"), new Float64Array(pointCount * dimension)));
  points[1] = points[0].map((x, i) => 2 * x + distance * points[1][i]);
  const metric = euclidean(dimension);
  const moved = timesMatrix(points, randomRotation(foldIn(key, "rotation")));
  return difference(gramSchmidtForm(points, metric), gramSchmidtForm(moved, metric));
}
