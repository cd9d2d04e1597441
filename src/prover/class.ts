/**
 * What a class of searched networks is: members
 *
 *     f(x) = sum over views v of sum_m a_m relu(w_m . T_v x)  -  its mean,
 *
 * where every view T_v shows the hidden units a linear part of the input: the sum over a node's neighbours (gnn), the
 * input moved by an element of a group (frame-averaged), its means over the orbits around a point (group-linear,
 * deep-sets), or all of it (mlp). Pooling by a mean instead of a sum divides f by a number, which norms take out again.
 */

import { decodeFloats } from "../base/base64.ts";
import { foldIn, keyFor, normals } from "../base/random.ts";
import { range } from "../base/range.ts";
import { buildGraph, type Graph, type GraphParameter } from "../family/parameter/graph-parameter.ts";
import { listElements } from "../symmetry/chain.ts";
import { orbits, pairOrbits } from "../symmetry/orbits.ts";
import type { NetworkValues, Setting } from "./params.ts";

/** A number of the input, and what it is multiplied by. */
export interface Part {
  readonly at: number;
  readonly times: number;
}
/** T_v, a row of parts for every number that a unit sees. */
export type View = readonly (readonly Part[])[];

/** What hidden units see. */
export interface Views {
  /** Numbers of an input. */
  readonly inputs: number;
  readonly views: readonly View[];
  /** Whether inputs can be moved such that any view becomes any other while every member stays the same. */
  readonly alike: boolean;
}

/** @param seed draws the graph, where one is drawn */
export function viewsOf(setting: Setting, seed: number): Views {
  if (setting.student === "mlp") {
    const { d } = setting;
    return { inputs: d, views: [range(d).map((at) => [{ at, times: 1 }])], alike: true };
  }
  if ("graph" in setting) return graphViews(setting, seed);
  const { group, columns } = setting;
  const n = group.degree;
  /** A row for every column of some points, each with its factor. */
  const rows = (points: readonly Part[]): Part[][] =>
    range(columns).map((c) => points.map(({ at, times }) => ({ at: at * columns + c, times })));
  const views =
    setting.student === "frame-averaged"
      ? listElements(group.chain(), 2 ** 20, "group").map((g) =>
          Array.from(g).flatMap((at) => rows([{ at, times: 1 }])),
        )
      : orbitMeans(pairOrbits(group.generators, n)).map((view) => view.flatMap(rows));
  const alike = setting.student === "frame-averaged" || orbits(group.generators, n).length === 1;
  return { inputs: n * columns, views, alike };
}

/** The graph of searched networks. @param seed draws it, where one is drawn */
export const searchedGraph = (n: number, graph: GraphParameter, seed: number): Graph =>
  buildGraph(n, graph, keyFor("graph of searched networks", n, graph, seed));

/** The sums over neighbours that every node with one sees. */
function graphViews({ n, d, graph }: Setting & { student: "gnn" | "gin" }, seed: number): Views {
  const { adjacency } = searchedGraph(n, graph, seed);
  const neighbours = range(n).map((i) => range(n).filter((j) => adjacency[i * n + j] === 1));
  const views = neighbours
    .filter((near) => near.length > 0)
    .map((near) => range(d).map((k) => near.map((j) => ({ at: j * d + k, times: 1 }))));
  return { inputs: n * d, views, alike: false };
}

/** What each point sees of the others: the mean over those in each orbit of pairs. */
export function orbitMeans({ degree: n, count, labels }: ReturnType<typeof pairOrbits>): Part[][][] {
  return range(n).map((i) => {
    const points: number[][] = range(count).map(() => []);
    for (let j = 0; j < n; j++) points[labels[i * n + j]].push(j);
    return points.map((own) => own.map((at) => ({ at, times: 1 / own.length })));
  });
}

/** The weights of members one after the other, each its vectors w_m row by row, then its coefficients a_m. */
export interface Members {
  readonly count: number;
  readonly width: number;
  readonly unitInputs: number;
  readonly weights: Float32Array;
}

const weightsOf = ({ members, width, unitInputs }: NetworkValues): number =>
  members * width * (unitInputs + 1);

/** The members that evidence holds. @throws InputError for another number of weights */
export function membersOf(values: NetworkValues, text: string): Members {
  const { members: count, width, unitInputs } = values;
  return { count, width, unitInputs, weights: decodeFloats(text, weightsOf(values), "evidence.members") };
}

/** Members with standard normal weights: their functions, up to a factor, are those of He's initial weights. */
export function randomMembers(values: NetworkValues, seed: number, restart = 0): Members {
  const { members: count, width, unitInputs, setting } = values;
  const key = foldIn(keyFor("searched networks", setting.student, count, width, unitInputs, seed), restart);
  const weights = Float32Array.from(normals(key, new Float64Array(weightsOf(values))));
  return { count, width, unitInputs, weights };
}
