/**
 * What a deep network of a searched class computes: layer after layer
 *
 *     h'(i) = relu( sum over maps o of  sum_j M_o(i, j) h(j) W_o  +  b ),
 *
 * i and j points (nodes, points that a group moves, group elements), M_o fixed by the architecture: a node and its
 * neighbours (gnn), their sum (gin), the means over the orbits of a point's stabiliser (group-linear, deep-sets), the
 * input moved by every group element (frame-averaged). The last layer is linear and reads the mean over all points.
 */

import { decodeFloats } from "../base/base64.ts";
import { foldIn, keyFor, type Key } from "../base/random.ts";
import { range } from "../base/range.ts";
import { initialise } from "../network/initialise.ts";
import { listElements } from "../symmetry/chain.ts";
import { pairOrbits } from "../symmetry/orbits.ts";
import { orbitMeans, searchedGraph, type View } from "./class.ts";
import type { NetworkValues, Setting } from "./params.ts";

/** A layer's fixed maps over the points, and the sizes of its weights: a matrix (maps * inputs, outputs) and a bias. */
export interface Layer {
  /** A row of parts for every point that the layer has, in every map. */
  readonly maps: readonly View[];
  /** Numbers at a point, before and after. */
  readonly inputs: number;
  readonly outputs: number;
  readonly relu: boolean;
}

/** A network's layers, and the shape of an input. */
export interface Layered {
  readonly points: number;
  readonly features: number;
  readonly layers: readonly Layer[];
}

const identity = (count: number): View => range(count).map((at) => [{ at, times: 1 }]);

/** @param seed draws the graph, where one is drawn */
export function layeredOf({ setting, layers, width }: NetworkValues, seed: number): Layered {
  const { points, features, first, further, second } = mapsOf(setting, seed);
  const hidden = range(layers).flatMap((l) => [
    { maps: l === 0 ? first : further, inputs: l === 0 ? features : width, outputs: width, relu: true },
    ...(second === undefined ? [] : [{ maps: second, inputs: width, outputs: width, relu: true }]),
  ]);
  const last = further[0].length;
  const mean: View = [range(last).map((at) => ({ at, times: 1 / last }))];
  const output = { maps: [mean], inputs: width, outputs: 1, relu: false };
  return { points, features, layers: [...hidden, output] };
}

/** Maps of the first and of further layers, and of the second half of each, where it has one. */
interface Maps {
  readonly points: number;
  /** Numbers at a point of the input. */
  readonly features: number;
  readonly first: readonly View[];
  readonly further: readonly View[];
  readonly second?: readonly View[];
}

function mapsOf(setting: Setting, seed: number): Maps {
  switch (setting.student) {
    case "mlp": {
      const maps = [identity(1)];
      return { points: 1, features: setting.d, first: maps, further: maps };
    }
    case "gnn":
    case "gin":
      return graphMaps(setting, seed);
    case "frame-averaged":
      return movedMaps(setting);
    default: {
      const { group, columns } = setting;
      const means = orbitMeans(pairOrbits(group.generators, group.degree));
      const maps = range(means[0].length).map((o) => means.map((of) => of[o]));
      return {
        points: group.degree,
        features: columns,
        first: maps,
        further: maps,
      };
    }
  }
}

/** The neighbours' sum over the mean degree; a gin adds it to the node's own numbers, a gnn keeps both apart. */
function graphMaps({ student, n, d, graph }: Setting & { student: "gnn" | "gin" }, seed: number): Maps {
  const { adjacency } = searchedGraph(n, graph, seed);
  const times = n / adjacency.reduce((sum, x) => sum + x, 0);
  const near: View = range(n).map((i) =>
    range(n)
      .filter((j) => adjacency[i * n + j] === 1)
      .map((at) => ({ at, times })),
  );
  const own = identity(n);
  if (student === "gnn") return { points: n, features: d, first: [near], further: [own, near] };
  const both = [near.map((parts, i) => [...own[i], ...parts])];
  return { points: n, features: d, first: both, further: both, second: [own] };
}

/** The first layer has a point for every group element, which reads all positions, each by a map of its own. */
function movedMaps({ group, columns }: Extract<Setting, { columns: number }>): Maps {
  const elements = listElements(group.chain(), 2 ** 20, "group");
  return {
    points: group.degree,
    features: columns,
    first: range(group.degree).map((i) => elements.map((g) => [{ at: g[i], times: 1 }])),
    further: [identity(elements.length)],
  };
}

/** Numbers of a layer's matrix. */
export const matrixSize = ({ maps, inputs, outputs }: Layer): number => maps.length * inputs * outputs;

/** Weights of a network, layer by layer the matrix row by row, then the bias. */
export const weightsOf = ({ layers }: Layered): number =>
  layers.reduce((sum, layer) => sum + matrixSize(layer) + layer.outputs, 0);

/** Weights by name, with their shapes, and the numbers that enter a unit of each. */
export function weightShapes({ layers }: Layered) {
  const last = layers.length - 1;
  const named = layers.map((layer, l) => ({ ...layer, name: l === last ? "out" : `layer${l + 1}` }));
  const entries = named.flatMap(({ name, maps, inputs, outputs }, l): [string, number[], number][] => {
    const rows = maps.length * inputs;
    return [
      [`${name}.w`, l === last ? [rows] : [rows, outputs], rows],
      [`${name}.b`, [outputs], rows],
    ];
  });
  return {
    weights: Object.fromEntries(entries.map(([name, shape]) => [name, shape])),
    fanIn: Object.fromEntries(entries.map(([name, , fanIn]) => [name, fanIn])),
  };
}

export const architectureOf = ({ points, features, layers }: Layered) => ({
  network: "layered",
  points,
  features,
  layers: layers.length - 1,
});

/** Of what a search of members draws from a seed. */
export const searchKey = (layered: Layered, members: number, seed: number): Key =>
  keyFor("deep networks", architectureOf(layered), members, seed);

/** He's initial weights of all members, one after the other, which a search starts from. */
export function randomLayered(layered: Layered, members: number, seed: number): Float32Array {
  const [shapes, key, size] = [weightShapes(layered), searchKey(layered, members, seed), weightsOf(layered)];
  const all = new Float32Array(members * size);
  for (let i = 0, at = 0; i < members; i++)
    for (const own of Object.values(initialise(shapes, foldIn(key, i)))) {
      all.set(own, at);
      at += own.length;
    }
  return all;
}

/** The members that evidence holds, one after the other. @throws InputError for another number of weights */
export const layeredMembers = (layered: Layered, members: number, text: string): Float32Array =>
  decodeFloats(text, members * weightsOf(layered), "evidence.members");
