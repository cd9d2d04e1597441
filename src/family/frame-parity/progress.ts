/**
 * Hidden progress of students that look for a set S of k coordinates, the best over its images under the group: share
 * = sum_j sum_{i in S} w_ji^2 / sum_j |w_j|^2, and for networks of one layer order, the sum over images of sum_j a_j
 * |w_j| prod_{i in S} w_ji / |w_j|: their component along the product of the coordinates of S, signed as the
 * target's.
 */

import { foldIn, stream } from "../../base/random.ts";
import type { Network } from "../../network/network.ts";
import { subsetOrbit } from "../../symmetry/actions.ts";
import { drawSubset, subsetCount } from "../../symmetry/subset-orbits.ts";
import { firstLayer, ofUnits, orderWeights, type FirstLayer } from "../first-layer.ts";
import { besides, type ProgressOf } from "../progress.ts";
import type { FrameParityInstance } from "./family.ts";

/** Most images of all sets together. */
const IMAGES_LIMIT = 100_000;

/**
 * Statistics of the first layer's units; null for other students and where sets have too many images or no others
 * exist.
 */
export function progress({ params, hidden, key }: FrameParityInstance, network: Network): ProgressOf {
  const { group, frame, k } = params.values;
  const n = group.degree;
  const { network: kind } = network.architecture;
  if (kind !== "frame-averaged" && kind !== "mlp") return null;
  const orderOf = frame === "reynolds" ? group.order() : 1n;
  if (orderOf * BigInt(besides + 1) > BigInt(IMAGES_LIMIT)) return null;
  const imagesOf = (set: Int32Array): Int32Array[] =>
    frame === "reynolds" ? subsetOrbit(group, set) : [set];
  const own = imagesOf(Int32Array.from(hidden.subset));
  // other sets: with less than half of all among the hidden one's images, a few draws find one
  if (2 * own.length > subsetCount(n, k)) return null;
  const named = new Set(own.map((image) => image.join()));
  const draws = stream(foldIn(key, "progress"));
  const sets = [own];
  while (sets.length <= besides) {
    const set = drawSubset(draws, n, k).sort();
    if (!named.has(set.join())) sets.push(imagesOf(set));
  }
  return (weights) => {
    const layer = firstLayer(network, weights);
    if (layer === null) return {};
    const sizes = orderWeights(layer, k);
    const found = sets.map((images) => ({
      share: shareOf(layer, images),
      order: orderOfSets(layer, images, sizes),
    }));
    return {
      share: Float64Array.from(found, (f) => f.share),
      ...(sizes === null ? {} : { order: Float64Array.from(found, (f) => f.order) }),
    };
  };
}

function shareOf({ w, squares, units }: FirstLayer, images: readonly Int32Array[]): number {
  const best = new Float64Array(units);
  for (const set of images)
    for (let j = 0; j < units; j++) {
      let sum = 0;
      for (const i of set) sum += w[i * units + j] ** 2;
      best[j] = Math.max(best[j], sum);
    }
  return ofUnits(best, squares).share;
}

function orderOfSets(
  { w, squares, units }: FirstLayer,
  images: readonly Int32Array[],
  sizes: Float64Array | null,
): number {
  if (sizes === null) return 0;
  let order = 0;
  for (const set of images)
    for (let j = 0; j < units; j++) {
      if (squares[j] === 0) continue;
      let product = sizes[j];
      for (const i of set) product *= w[i * units + j] / Math.sqrt(squares[j]);
      order += product;
    }
  return order;
}
