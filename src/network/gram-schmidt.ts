/**
 * A perceptron on points in the basis that the first independent ones of them make (Lin, Helwig, Gui, Ji 2024): a
 * minimal frame of O(d), of SO(d) where the basis is oriented, and of O(1, d-1) with its metric. An isometry of all
 * points leaves their inner products with the basis alone, so that one pass is exactly invariant.
 */

import { reject } from "../base/errors.ts";
import { gramSchmidtForm } from "../symmetry/gram-schmidt.ts";
import type { Metric } from "../symmetry/minkowski-lengths.ts";
import { featureMlp } from "./feature-mlp.ts";
import type { Features } from "./features.ts";
import type { Network } from "./network.ts";

/** The points of an example, (points, d), and sizes of the network. */
export interface GramSchmidtOptions {
  readonly points: number;
  /** Squared lengths of the axes: d of them. */
  readonly metric: Metric;
  /** Whether reflections are told apart. */
  readonly oriented?: boolean;
  /** Hidden relu layers. */
  readonly layers: number;
  readonly width: number;
}

/**
 * The perceptron on Gram-Schmidt forms; encoding refuses points that do not span the space.
 * @throws InputError for fewer points than dimensions
 */
export function gramSchmidtMlp({
  points,
  metric,
  oriented = false,
  layers,
  width,
}: GramSchmidtOptions): Network {
  const d = metric.length;
  if (points < d)
    reject({
      where: "student",
      what: `${points} points span no space of ${d} dimensions`,
      allowed: "as many points",
    });
  const size = points * d;
  // which points are independent is decided one by one: no pure function of arrays
  const features: Features = {
    size,
    write({ data, count }, out) {
      for (let e = 0, at = 0; e < count; e++) {
        const rows = Array.from({ length: points }, (_, i) =>
          data.subarray(e * size + i * d, e * size + (i + 1) * d),
        );
        for (const form of gramSchmidtForm(rows, metric, oriented)) {
          out.set(form, at);
          at += d;
        }
      }
    },
  };
  const named = { network: "gram-schmidt", points, metric: metric.join(), oriented };
  return featureMlp(features, { layers, width }, named);
}
