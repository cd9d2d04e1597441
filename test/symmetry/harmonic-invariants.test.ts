import { describe, expect, it } from "vitest";
import { harmonicDimension } from "../../src/family/plane/harmonics.ts";
import { actOnSubset } from "../../src/symmetry/actions.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";
import { invariantHarmonics } from "../../src/symmetry/harmonic-invariants.ts";

/** Orbits on monomials of a degree, by listing multisets: the dimension of the invariants of that degree. */
function monomialOrbits(name: string, degree: number): number {
  const { generators, degree: n } = parseGroup(name);
  const seen = new Set<string>();
  let orbits = 0;
  const visit = (multiset: number[]): void => {
    if (multiset.length < degree) {
      for (let p = multiset[multiset.length - 1] ?? 0; p < n; p++) visit([...multiset, p]);
      return;
    }
    if (seen.has(multiset.join())) return;
    orbits++;
    const queue = [Int32Array.from(multiset)];
    seen.add(multiset.join());
    for (const m of queue)
      for (const g of generators) {
        const image = actOnSubset(g, m);
        if (seen.has(image.join())) continue;
        seen.add(image.join());
        queue.push(image as Int32Array<ArrayBuffer>);
      }
  };
  visit([]);
  return orbits;
}

describe("invariant harmonics", () => {
  it("of the trivial group are all harmonics", () => {
    const found = invariantHarmonics(parseGroup("trivial:6").cycleIndex(), 12);
    found.forEach((dimension, l) => expect(dimension).toBe(l === 0 ? 1n : harmonicDimension(6, l)));
  });

  it.each(["cyclic:6", "dihedral:5", "symmetric:4", "cyclic:2xcyclic:3", "alternating:4"])(
    "are orbits on monomials of degree l less those of degree l - 2: %s",
    (name) => {
      const found = invariantHarmonics(parseGroup(name).cycleIndex(), 5);
      const orbits = Array.from({ length: 6 }, (_, l) => monomialOrbits(name, l));
      found.forEach((dimension, l) => expect(Number(dimension)).toBe(orbits[l] - (orbits[l - 2] ?? 0)));
    },
  );
});
