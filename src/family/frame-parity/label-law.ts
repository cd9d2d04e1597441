/**
 * From which order squares of the label tell about S. For sets T = g(S) != T' = h(S) the product g_T g_T' is odd in a
 * coordinate of their symmetric difference, so for functions psi that are even in every coordinate E[f_S^2 psi] is the
 * mean of E[g_T^2 psi] over the orbit of S, divided by its length. With psi the sum of prod_{i in T} h_2(x_i) over an
 * orbit of r-sets T it counts how many of these lie in S, which depends on S as soon as there are two orbits of r-sets.
 */

import { orbitsOnSubsets } from "../../symmetry/orbit-count.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import type { LabelLaw } from "../label-law.ts";
import type { FrameParityValues } from "./params.ts";

/** The least r <= most at which the group has two orbits on r-subsets; null where it has one on each. */
function leastDivided(group: PermutationGroup, most: number): number | null {
  for (let r = 1; r <= most; r++) if (orbitsOnSubsets(group, r) > 1n) return r;
  return null;
}

export const labelLaw: LabelLaw<FrameParityValues> = {
  twoValued: false,
  order({ values: { group, k, frame } }) {
    if (frame === "sort-abs") return k < group.degree ? 2 : null;
    const r = leastDivided(group, Math.min(k, group.degree - k));
    return r === null ? null : 2 * r;
  },
  statement: `reynolds: y^2 against products of h_2(x_i) over an orbit of r-sets counts how many of these lie in S,
so the order is 2 r for the least r at which G has two orbits on r-sets (cyclic and dihedral groups: 4, the multiset
of differences of S); for special S products x_a x_b speak at order 2. sort-abs: y depends on |x_i| at the sorted
places in S only, order 2.`,
};
