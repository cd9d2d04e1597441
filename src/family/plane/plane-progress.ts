/**
 * Hidden progress of students that look for a plane, U w_j = |w_j| s_j e^{i theta_j}:
 *
 *     nearest = max_j s_j^2, how far the unit that is nearest has turned into the plane;
 *     share = sum_j |w_j|^2 s_j^2 / sum_j |w_j|^2, what of all units lies in it;
 *     order = Re sum_j a_j |w_j| s_j^k e^{ik theta_j}, for networks of one layer: their component of degree k along
 *     the target's own, signed as the target's.
 *
 * Of several images of the plane s_j is that of the best, and order adds them up.
 */

import { foldIn, type Key } from "../../base/random.ts";
import type { Network } from "../../network/network.ts";
import { firstLayer, ofUnits, orderWeights, type FirstLayer } from "../first-layer.ts";
import { besides, type ProgressOf } from "../progress.ts";
import { drawPlane, type Plane } from "./plane.ts";

/** What a student's first layer reads: vectors of R^d, each of which a plane may look at. */
export interface PlaneProgressOptions {
  readonly network: Network;
  readonly k: number;
  readonly hidden: Plane;
  readonly key: Key;
  /** Where entry i of vector v is among the inputs, and how many vectors there are. */
  readonly place: (entry: number, vector: number) => number;
  readonly vectors: number;
  /** A plane's images under the group that targets are averaged over. */
  readonly images: (plane: Plane) => readonly Plane[];
}

/** Multiplications that a measurement may take. */
const WORK_LIMIT = 5e7;

/** Null where a measurement would take long, or the first layer is none of units on the vectors' entries. */
export function planeProgress(options: PlaneProgressOptions): ProgressOf {
  const { network, k, hidden, key, vectors, images } = options;
  const d = hidden.length / 2;
  const [shape] = Object.values(network.weights);
  if (shape.length !== 2 || shape[0] !== d * vectors) return null;
  const moved = images(hidden).length;
  if ((besides + 1) * moved * vectors * 2 * d * shape[1] > WORK_LIMIT) return null;
  const drawn = Array.from({ length: besides }, (_, i) => drawPlane(foldIn(key, i), d));
  const planes = [hidden, ...drawn].map(images);
  return (weights) => {
    const layer = firstLayer(network, weights);
    if (layer === null) return {};
    const sizes = orderWeights(layer, k);
    const found = planes.map((images) => statistics(options, layer, images, sizes));
    return {
      nearest: Float64Array.from(found, (f) => f.nearest),
      share: Float64Array.from(found, (f) => f.share),
      ...(sizes === null ? {} : { order: Float64Array.from(found, (f) => f.order) }),
    };
  };
}

/** The statistics at one plane, given by its images. */
function statistics(
  { k, place, vectors }: PlaneProgressOptions,
  layer: FirstLayer,
  images: readonly Plane[],
  sizes: Float64Array | null,
): { nearest: number; share: number; order: number } {
  const { w, units, squares } = layer;
  const best = new Float64Array(units);
  let order = 0;
  for (const plane of images)
    for (let v = 0; v < vectors; v++) {
      const d = plane.length / 2;
      const [x, y] = [new Float64Array(units), new Float64Array(units)];
      for (let i = 0; i < d; i++) {
        const from = place(i, v) * units;
        for (let j = 0; j < units; j++) {
          x[j] += plane[i] * w[from + j];
          y[j] += plane[d + i] * w[from + j];
        }
      }
      for (let j = 0; j < units; j++) {
        if (squares[j] === 0) continue;
        const square = x[j] ** 2 + y[j] ** 2;
        best[j] = Math.max(best[j], square);
        if (sizes !== null)
          order += sizes[j] * (square / squares[j]) ** (k / 2) * Math.cos(k * Math.atan2(y[j], x[j]));
      }
    }
  return { ...ofUnits(best, squares), order };
}
