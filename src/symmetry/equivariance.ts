/** Test kit: does a map of vectors respect a permutation group? */

import { foldIn, normals, type Key } from "../base/random.ts";
import { actOnVector } from "./actions.ts";
import { randomElement } from "./chain.ts";
import type { PermutationGroup } from "./groups.ts";

/**
 * The largest |f(g x) - g f(x)| in any entry, relative to the largest entry of f(x) (to 1 if that is smaller), over
 * `count` Gaussian vectors x in R^n, each moved by a random g of the group: rounding for an equivariant map.
 * @param f maps n numbers to n numbers; the group permutes the entries of both
 */
export function equivarianceError(
  f: (x: Float64Array) => ArrayLike<number>,
  group: PermutationGroup,
  key: Key,
  count = 20,
): number {
  const chain = group.chain();
  let worst = 0;
  for (let i = 0; i < count; i++) {
    const x = normals(foldIn(foldIn(key, "inputs"), i), new Float64Array(group.degree));
    const g = randomElement(chain, foldIn(foldIn(key, "elements"), i));
    const fx = Float64Array.from(f(x.slice()));
    if (fx.length !== group.degree)
      throw new RangeError(`the map gives ${fx.length} entries, not ${group.degree}`);
    const scale = fx.reduce((most, y) => Math.max(most, Math.abs(y)), 1);
    const moved = f(actOnVector(g, x));
    actOnVector(g, fx).forEach((y, j) => (worst = Math.max(worst, Math.abs(moved[j] - y) / scale)));
  }
  return worst;
}
