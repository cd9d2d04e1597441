/**
 * Groups that are the direct product of what they do on each orbit of points. The order tells: the product of the
 * restrictions contains the group, so equal orders mean equal groups. Cycle types are then unions, and running through
 * the group becomes running through each restriction by itself.
 */

import { mergeTerms, requireFewTypes, type CycleIndex, type CycleTerm } from "./cycle-index.ts";
import { chainOrder, type Chain } from "./chain.ts";
import { orbits } from "./orbits.ts";
import type { CycleType, Permutation } from "./permutation.ts";
import { schreierSims } from "./schreier-sims.ts";

/** The restrictions' chains, one an orbit (fixed points among them), if the group is their direct product. */
export function directSummands(
  generators: readonly Permutation[],
  degree: number,
  order: bigint,
): { readonly chain: Chain; readonly generators: readonly Permutation[] }[] | undefined {
  const pieces = orbits(generators, degree);
  if (pieces.length === 1) return undefined;
  const parts = pieces.map((orbit) => {
    const position = new Int32Array(degree);
    orbit.forEach((point, i) => (position[point] = i));
    const restricted = generators.map((g) => Int32Array.from(orbit, (point) => position[g[point]]));
    return { chain: schreierSims(restricted, orbit.length), generators: restricted };
  });
  const largest = parts.reduce((product, part) => product * chainOrder(part.chain), 1n);
  return largest === order ? parts : undefined;
}

/**
 * The cycle index of G x H on the disjoint union of their points.
 * @throws InputError above CYCLE_TYPE_LIMIT pairs of types
 */
export function sumIndex(left: CycleIndex, right: CycleIndex): CycleIndex {
  requireFewTypes(left.terms.length * right.terms.length, "the group");
  function* pairs(): Generator<CycleTerm> {
    for (const g of left.terms)
      for (const h of right.terms) yield { cycles: union(g.cycles, h.cycles), count: g.count * h.count };
  }
  return { degree: left.degree + right.degree, order: left.order * right.order, terms: mergeTerms(pairs()) };
}

function union(left: CycleType, right: CycleType): CycleType {
  const counts = new Map(left);
  for (const [length, multiplicity] of right) counts.set(length, (counts.get(length) ?? 0) + multiplicity);
  return [...counts].sort(([a], [b]) => a - b);
}
