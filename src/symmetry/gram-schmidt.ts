/**
 * Gram-Schmidt frames of point clouds for the orthogonal groups of a metric (Lin, Helwig, Gui, Ji 2024, their
 * generalised QR): O(d), SO(d), and O(1, d-1) with its indefinite metric. The basis made of the first d independent
 * points moves with them, so the points' inner products with it stay: an invariant form, and a complete one.
 */

import { reject } from "../base/errors.ts";
import type { Metric } from "./minkowski-lengths.ts";

/** Squared length, relative to that of the point, below which what is left of a point is rounding. */
const negligible = 1e-24;

/**
 * Inner products of all points with the basis that the first d independent ones make: (points x d).
 * @param points (points x d), rows
 * @param oriented whether reflections are told apart: the form is invariant under the subgroup of determinant 1 alone
 * @throws InputError where the points do not span the space, or their span is degenerate
 */
export function gramSchmidtForm(
  points: readonly ArrayLike<number>[],
  metric: Metric,
  oriented = false,
): Float64Array[] {
  const d = metric.length;
  const inner = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    metric.reduce((sum, sign, i) => sum + sign * a[i] * b[i], 0);
  const basis: Float64Array[] = [];
  for (const point of points) {
    if (basis.length === d) break;
    const rest = Float64Array.from(point);
    // twice, as once leaves what rounding makes of it
    for (let pass = 0; pass < 2; pass++)
      for (const e of basis) {
        const along = inner(rest, e) * Math.sign(inner(e, e));
        rest.forEach((_, i) => (rest[i] -= along * e[i]));
      }
    const squared = inner(rest, rest);
    const size = Array.from(point).reduce((sum, x) => sum + x * x, 0);
    if (Math.abs(squared) <= negligible * size) continue;
    basis.push(rest.map((x) => x / Math.sqrt(Math.abs(squared))));
  }
  if (basis.length < d)
    reject({ where: "points", what: `span ${basis.length} of ${d} dimensions`, next: "take other points" });
  if (oriented && determinant(basis) < 0) basis[d - 1] = basis[d - 1].map((x) => -x);
  return points.map((point) => Float64Array.from(basis, (e) => inner(point, e)));
}

/** By expansion: of a small matrix, given as its rows. */
export function determinant(rows: readonly Float64Array[]): number {
  if (rows.length === 1) return rows[0][0];
  return rows[0].reduce((sum, x, j) => {
    const minor = rows.slice(1).map((row) => row.filter((_, i) => i !== j));
    return sum + (j % 2 === 0 ? x : -x) * determinant(minor);
  }, 0);
}
