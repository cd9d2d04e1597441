/** The student of a diagnosis: a small network with the group's symmetry. */

import { deepSets, groupLinear } from "../../network/group-linear.ts";
import { frameAveraged } from "../../network/frame-averaged.ts";
import { mlp } from "../../network/mlp.ts";
import { weightCount, type Network } from "../../network/network.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import { pairOrbits } from "../../symmetry/orbits.ts";
import type { Examples } from "../action.ts";
import { pairGnn } from "./pair-gnn.ts";

const sizes = { layers: 2, width: 64, readoutLayers: 1, pool: "mean" } as const;
const narrow = { ...sizes, width: 32 };
/** Multiplications of gathering neighbours for one example, at most. */
const mostWork = 3e5;
/** Points for which pairs of them are counted, at most. */
const mostPoints = 512;
/** Transformed inputs of one example, in numbers, at most. */
const mostMoved = 8192n;

/** Examples of a batch; entries of the adjacency matrices of a batch of large graphs, and the least of those. */
const [BATCH, mostEntries, leastGraphs] = [256, 2 ** 20, 16];

/** A network, what should be said of it, and about how many multiplications one example takes. */
export interface Student {
  readonly network: Network;
  readonly note: string;
  readonly work: number;
  /** Examples of a step. */
  readonly batch: number;
}

/** Each of so many points, or images, goes through all weights. */
const student = (network: Network, note: string, passes = 1, others = 0): Student => ({
  network,
  note,
  work: passes * weightCount(network) + others,
  batch: BATCH,
});

/** Of graphs: each node goes through all weights, and its neighbours' features are added up in every further layer. */
function graphStudent(n: number, undirected: boolean): Student {
  const network = pairGnn({ n, undirected, ...narrow });
  const messages = (narrow.layers - 1) * n ** 2 * narrow.width;
  const batch = Math.max(leastGraphs, Math.min(BATCH, Math.floor(mostEntries / n ** 2)));
  return { ...student(network, "graph network", n, messages), batch };
}

/**
 * The network for a group: deep sets for all permutations; layers that commute with the group where it has few orbits
 * on pairs; message passing for all permutations of the nodes of larger graphs; a perceptron averaged over a small
 * group; for others a perceptron alone.
 */
export function networkFor({
  dimension,
  points,
  group,
  columns,
}: Omit<Examples, "count" | "x" | "y">): Student {
  const plain = mlp({ inputs: dimension, layers: 2, width: 2 * sizes.width });
  if (group.generators.length === 0) return student(plain, "perceptron");
  if (columns !== null && points.named?.kind === "symmetric")
    return student(deepSets(points.degree, { ...sizes, columns }), "deep sets", points.degree);
  const [acting, numbers] = columns === null ? [group, 1] : [points, columns];
  const gathered = gathering(acting);
  if (gathered <= mostWork) {
    const network = groupLinear(acting, { ...narrow, columns: numbers });
    return student(network, "layers that commute with the group", acting.degree, gathered);
  }
  if (columns === null && points.named?.kind === "symmetric")
    return graphStudent(points.degree, dimension < points.degree ** 2);
  if (acting.order() * BigInt(dimension) <= mostMoved) {
    const network = frameAveraged({ group: acting, frame: "reynolds", ...narrow, columns: numbers });
    return student(network, "perceptron averaged over the group", Number(acting.order()));
  }
  return student(plain, "perceptron without symmetry: the group is too large for others");
}

/** Multiplications for one example: every point takes a mean over each orbit on pairs. */
const gathering = ({ degree, generators }: PermutationGroup): number =>
  degree > mostPoints ? Infinity : pairOrbits(generators, degree).count * degree ** 2 * narrow.width;
