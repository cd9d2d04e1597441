/** The library's networks for inputs of a given shape: points or nodes first, then what each of them has. */

import { reject } from "../base/errors.ts";
import { product } from "../base/product.ts";
import type { GraphParameter } from "../family/parameter/graph-parameter.ts";
import { featureGnn } from "../network/feature-gnn.ts";
import { frameAveraged } from "../network/frame-averaged.ts";
import { gin } from "../network/gin.ts";
import { deepSets, groupLinear } from "../network/group-linear.ts";
import { mlp } from "../network/mlp.ts";
import type { Network } from "../network/network.ts";
import type { PermutationGroup } from "../symmetry/groups.ts";
import { searchedGraph } from "./class.ts";
import type { Setting } from "./params.ts";

/** An architecture, with the graph or the group that it is made over. */
export interface LibraryNetwork {
  readonly student: Setting["student"];
  readonly graph: GraphParameter;
  readonly group?: PermutationGroup;
  readonly layers: number;
  readonly width: number;
}

/**
 * @param shape of one input: (points, numbers of each), or (points) for one number each; any for an mlp
 * @param seed draws the graph, where one is drawn
 * @throws InputError for a shape or a group that does not fit
 */
export function libraryNetwork(of: LibraryNetwork, shape: readonly number[], seed: number): Network {
  const { student, graph, layers, width } = of;
  if (student === "mlp") return mlp({ inputs: product(shape), layers, width });
  if (shape.length < 1 || shape.length > 2)
    reject({
      where: "inputs",
      what: `of shape (${shape.join(", ")})`,
      allowed: "(points, numbers of each) for every input",
    });
  const [n, columns = 1] = shape;
  const sizes = { layers, width, readoutLayers: 1, pool: "mean" } as const;
  if (student === "gnn") {
    const { adjacency } = searchedGraph(n, graph, seed);
    return featureGnn({ adjacency, n, features: columns, ...sizes });
  }
  if (student === "gin") {
    const { adjacency } = searchedGraph(n, graph, seed);
    return gin({ adjacency, n, features: columns, ...sizes });
  }
  if (student === "deep-sets") return deepSets(n, { columns, ...sizes });
  const group = fitting(of.group, n);
  return student === "group-linear"
    ? groupLinear(group, { columns, ...sizes })
    : frameAveraged({ group, frame: "reynolds", columns, ...sizes });
}

function fitting(group: PermutationGroup | undefined, n: number): PermutationGroup {
  if (group === undefined)
    return reject({ where: "group", what: "missing", allowed: `a group on ${n} points` });
  if (group.degree !== n)
    reject({
      where: "group",
      what: `${group.name} moves ${group.degree} points`,
      allowed: `${n}, as the inputs have`,
    });
  return group;
}
