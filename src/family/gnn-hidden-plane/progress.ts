/**
 * Hidden progress of graph students, which read one node's aggregate at a time, and of perceptrons, which read all
 * nodes.
 */

import { foldIn } from "../../base/random.ts";
import type { Network } from "../../network/network.ts";
import { planeProgress } from "../plane/plane-progress.ts";
import type { ProgressOf } from "../progress.ts";
import { hiddenPlane, type HiddenPlaneInstance } from "./family.ts";

/** Statistics of the first layer's units; null for a student whose first layer is none of them. */
export function progress(instance: HiddenPlaneInstance, network: Network): ProgressOf {
  const { n, d, k } = instance.params.values;
  return planeProgress({
    network,
    k,
    hidden: hiddenPlane.hidden(instance),
    key: foldIn(instance.key, "progress"),
    place: (entry, node) => node * d + entry,
    vectors: network.architecture["network"] === "mlp" ? n : 1,
    images: (plane) => [plane],
  });
}
