/**
 * Invariant harmonic polynomials of a permutation group on R^n, for verifiers: an element's trace on the homogeneous
 * polynomials of degree l is h_l, the complete symmetric polynomial of its eigenvalues, and by Newton's identities l
 * h_l is the sum over i = 1..l of p_i h_(l-i), p_i the number of points that the i-th power of the element fixes.
 */

import type { Progress } from "../base/progress.ts";
import type { ElementType } from "./element-types.ts";
import type { CycleType } from "./permutation.ts";

/** dim H_l(R^n)^G for l = 0..degree. */
export function* harmonicsByFixedPoints(
  types: readonly ElementType[],
  degree: number,
): Generator<Progress, bigint[]> {
  const sums = Array.from({ length: degree + 1 }, () => 0n);
  let order = 0n;
  for (const [t, { cycles, count }] of types.entries()) {
    traces(cycles, degree).forEach((h, l) => (sums[l] += count * h));
    order += count;
    if (t % 16 === 0) yield { what: "invariant harmonics", done: t, total: types.length };
  }
  // harmonic: what is no multiple of |x|^2
  return sums.map((sum, l) => (sum - (sums[l - 2] ?? 0n)) / order);
}

function traces(cycles: CycleType, degree: number): bigint[] {
  const fixed = Array.from({ length: degree + 1 }, (_, i) =>
    BigInt(cycles.reduce((sum, [length, m]) => sum + (i % length === 0 ? length * m : 0), 0)),
  );
  const h = [1n];
  for (let l = 1; l <= degree; l++) {
    let sum = 0n;
    for (let i = 1; i <= l; i++) sum += fixed[i] * h[l - i];
    h.push(sum / BigInt(l));
  }
  return h;
}
