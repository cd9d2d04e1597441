/** Hidden progress of averaged students and perceptrons: a unit may find any image of the plane, in any column. */

import { foldIn } from "../../base/random.ts";
import type { Network } from "../../network/network.ts";
import { averagedElements } from "../plane/group-product.ts";
import { planeProgress } from "../plane/plane-progress.ts";
import type { ProgressOf } from "../progress.ts";
import { hiddenPlane, type CnnPlaneInstance } from "./family.ts";

/** Statistics of the first layer's units; null for a student whose first layer is none of them. */
export function progress(instance: CnnPlaneInstance, network: Network): ProgressOf {
  const { k, columns, group } = instance.params.values;
  const { network: kind } = network.architecture;
  if (kind !== "frame-averaged" && kind !== "mlp") return null;
  const elements = averagedElements(group);
  const n = group.degree;
  return planeProgress({
    network,
    k,
    hidden: hiddenPlane.hidden(instance),
    key: foldIn(instance.key, "progress"),
    place: (entry, column) => entry * columns + column,
    vectors: columns,
    images: (plane) =>
      elements.map((g) => {
        const moved = new Float64Array(2 * n);
        for (let i = 0; i < n; i++) [moved[g[i]], moved[n + g[i]]] = [plane[i], plane[n + i]];
        return moved;
      }),
  });
}
