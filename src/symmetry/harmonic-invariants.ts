/**
 * Invariant harmonic polynomials of a permutation group on R^n, counted degree by degree (Molien 1897): the invariants
 * of degree l have the dimension of the coefficient of z^l in the mean over the group of 1 / det(1 - z g), and an
 * element with m_j cycles of length j has det(1 - z g) = prod_j (1 - z^j)^{m_j}. Harmonic ones: degree l less degree l
 * - 2.
 */

import type { CycleIndex } from "./cycle-index.ts";
import { exactQuotient } from "./orbit-count.ts";

/**
 * dim V_l^G for l = 0..degree: how many products of orthonormal polynomials of total degree l there are up to the
 * group. Random combinations of them have this as their spectral query dimension, exactly.
 */
export function invariantPolynomials({ terms, order }: CycleIndex, degree: number): bigint[] {
  const sums = Array.from({ length: degree + 1 }, () => 0n);
  for (const { cycles, count } of terms) {
    let series = [1n, ...Array.from({ length: degree }, () => 0n)];
    for (const [length, multiplicity] of cycles) {
      // (1 - z^length)^-multiplicity
      const next = series.slice();
      let coefficient = 1n;
      for (let i = 1; i * length <= degree; i++) {
        coefficient = (coefficient * BigInt(multiplicity + i - 1)) / BigInt(i);
        for (let l = i * length; l <= degree; l++) next[l] += coefficient * series[l - i * length];
      }
      series = next;
    }
    for (let l = 0; l <= degree; l++) sums[l] += count * series[l];
  }
  return sums.map((sum) => exactQuotient(sum, order));
}

/** dim H_l(R^n)^G for l = 0..degree. */
export function invariantHarmonics(index: CycleIndex, degree: number): bigint[] {
  const invariants = invariantPolynomials(index, degree);
  return invariants.map((dimension, l) => (l < 2 ? dimension : dimension - invariants[l - 2]));
}
