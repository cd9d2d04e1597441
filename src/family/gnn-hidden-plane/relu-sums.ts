/** One node's target, F(U x), as a sum of relus: sum_m a_m relu(U^T w_m . x). */

import { alternating, directions, easyCoefficients } from "../plane/polygon.ts";
import type { PlaneRows } from "../plane/plane.ts";
import type { ReluSums } from "../relu-sums.ts";
import type { HiddenPlaneValues } from "./params.ts";

export const reluSums: ReluSums<HiddenPlaneValues, PlaneRows> = {
  dimension: ({ values: { n, d } }) => (n === 1 ? d : null),
  target({ hidden: { u, v }, params: { values } }, easy) {
    const { d, k } = values;
    const w = directions(k);
    const vectors = new Float64Array(2 * k * d);
    for (let m = 0; m < 2 * k; m++)
      for (let i = 0; i < d; i++) vectors[m * d + i] = w[2 * m] * u[i] + w[2 * m + 1] * v[i];
    return { dimension: d, vectors, coefficients: easy ? easyCoefficients(k) : alternating(k) };
  },
};
