/** GroupSort (Anil, Lucas, Grosse 2019): an activation that keeps norms, as it only puts numbers in order. */

import { reject } from "../base/errors.ts";
import { numpy as np } from "../engine/lower/jax.ts";
import { relu } from "./layers.ts";

/** @throws InputError for an odd width */
export function requireHalves(width: number): void {
  if (width % 2 === 1)
    reject({ where: "width", what: `${width} columns have no halves`, allowed: "an even number" });
}

/** The halves of the last axis. */
export function halves(h: np.Array): [np.Array, np.Array] {
  const [first, second] = np.split(h, 2, -1);
  return [first, second];
}

/** (max(x, y), min(x, y)), x and y the halves of the last axis. Consumes the reference. */
export function groupSort(h: np.Array): np.Array {
  const [x, y] = halves(h);
  const above = relu(np.subtract(x.ref, y.ref));
  return np.concatenate([np.add(y, above.ref), np.subtract(x, above)], -1);
}
