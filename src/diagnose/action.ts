/**
 * How a group of points acts on the numbers of an example: on the leading axis of vectors, all that a point has moving
 * along; of graphs on the nodes, and so on pairs of nodes, whose entries of the adjacency matrix are the coordinates.
 */

import { reject } from "../base/errors.ts";
import { product } from "../base/product.ts";
import { elements, mostElements } from "../learner/kernel-ridge.ts";
import type { LabelledData } from "../dataset/labelled.ts";
import type { PermutationGroup } from "../symmetry/groups.ts";
import { generatedGroup } from "../symmetry/groups.ts";
import type { Permutation } from "../symmetry/permutation.ts";

/** Examples as vectors of coordinates, with the action of a group on these. */
export interface Examples {
  readonly count: number;
  readonly dimension: number;
  /** Entry j of example i at i * dimension + j. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Numbers of one point, points one after the other; null where the coordinates are pairs of points. */
  readonly columns: number | null;
  /** What a permutation of the points does to the coordinates. */
  lift(of: Permutation): Permutation;
  /** The group on the points, and on the coordinates. */
  readonly points: PermutationGroup;
  readonly group: PermutationGroup;
}

/**
 * The group of the same name on the coordinates. Its order is that on the points, whose permutations move coordinates
 * differently if they differ (but for one pair of nodes): there may be too many coordinates to find it from them.
 */
function lifted(group: PermutationGroup, dimension: number, lift: Examples["lift"]): PermutationGroup {
  const found = generatedGroup(group.name, dimension, group.generators.map(lift));
  return dimension === 1 ? found : { ...found, order: () => group.order() };
}

/** @throws InputError where the group has another number of points than the examples */
export function actOn(data: LabelledData, group: PermutationGroup): Examples {
  const { count, shape, labels } = data;
  const size = product(shape);
  if (data.kind === "graphs") return actOnGraphs(data, group);
  if (size % group.degree !== 0)
    reject({
      where: "--group",
      what: `${group.name} moves ${group.degree} points, an example has ${size} numbers`,
      allowed: `a group whose degree divides ${size}: cyclic:${size}, symmetric:${shape[0]}, trivial:${size}`,
    });
  const columns = size / group.degree;
  const lift = (g: Permutation): Permutation =>
    Int32Array.from({ length: size }, (_, at) => g[Math.floor(at / columns)] * columns + (at % columns));
  return {
    count,
    dimension: size,
    x: data.inputs,
    y: labels,
    columns,
    lift,
    points: group,
    group: lifted(group, size, lift),
  };
}

function actOnGraphs({ count, shape, inputs, labels }: LabelledData, group: PermutationGroup): Examples {
  const [n] = shape;
  if (group.degree !== n)
    reject({
      where: "--group",
      what: `${group.name} moves ${group.degree} points, the graphs have ${n} nodes`,
      allowed: `a group on ${n} points: symmetric:${n}, cyclic:${n}, trivial:${n}`,
    });
  const pairs = pairsOf(n, isUndirected(inputs, n, count));
  const dimension = pairs.length;
  const numbers = new Map(pairs.map(([i, j], at) => [i * n + j, at]));
  const numberOf = (i: number, j: number): number =>
    numbers.get(i * n + j) ?? (numbers.get(j * n + i) as number);
  const lift = (g: Permutation): Permutation => Int32Array.from(pairs, ([i, j]) => numberOf(g[i], g[j]));
  const x = new Float64Array(count * dimension);
  for (let s = 0; s < count; s++)
    pairs.forEach(([i, j], at) => (x[s * dimension + at] = inputs[s * n * n + i * n + j]));
  return {
    count,
    dimension,
    x,
    y: labels,
    columns: null,
    lift,
    points: group,
    group: lifted(group, dimension, lift),
  };
}

/** The pairs whose entries say everything: i < j of undirected graphs without loops, otherwise all. */
function pairsOf(n: number, undirected: boolean): (readonly [number, number])[] {
  const all = Array.from({ length: n * n }, (_, at) => [Math.floor(at / n), at % n] as const);
  return undirected ? all.filter(([i, j]) => i < j) : all;
}

function isUndirected(inputs: Float64Array, n: number, count: number): boolean {
  for (let s = 0; s < count; s++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        const [there, back] = [inputs[s * n * n + i * n + j], inputs[s * n * n + j * n + i]];
        if (there !== back || (i === j && there !== 0)) return false;
      }
  return true;
}

/** The group's elements on the coordinates, the identity first; null if there are too many to list. */
export const elementsOf = ({ group, dimension }: Examples): Permutation[] | null =>
  group.order() > BigInt(mostElements) ? null : elements(group.generators, dimension);

/** The examples in another order. */
export function reordered(of: Examples, order: Int32Array): Examples {
  const { dimension } = of;
  const x = new Float64Array(of.x.length);
  order.forEach((row, at) => x.set(of.x.subarray(row * dimension, (row + 1) * dimension), at * dimension));
  return { ...of, x, y: Float64Array.from(order, (row) => of.y[row]) };
}

/** So many of the examples, from one on; the numbers are shared. */
export const part = (of: Examples, from: number, to: number): Examples => ({
  ...of,
  count: to - from,
  x: of.x.subarray(from * of.dimension, to * of.dimension),
  y: of.y.subarray(from, to),
});
