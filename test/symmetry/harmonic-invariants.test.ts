import { describe, expect, it } from "vitest";
import { harmonicDimension } from "../../src/family/plane/harmonics.ts";
import { actOnSubset } from "../../src/symmetry/actions.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";
import { invariantHarmonics, invariantPolynomials } from "../../src/symmetry/harmonic-invariants.ts";

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

describe("invariant polynomials", () => {
  it.each([
    ["trivial:16", [136, 3876, 54264, 490314]],
    ["cyclic:16", [9, 245, 3399, 30667]],
    ["dihedral:16", [9, 145, 1782, 15581]],
    ["cyclic:4xcyclic:4", [10, 252, 3414, 30714]],
    ["symmetric:16", [2, 5, 11, 22]],
    ["cyclic:32", [17, 1641, 72675, 1922741]],
  ])("%s has the design's numbers of degree 2, 4, 6, 8", (name, expected) => {
    const found = invariantPolynomials(parseGroup(name).cycleIndex(), 8);
    expect([2, 4, 6, 8].map((l) => Number(found[l]))).toEqual(expected);
  });

  it.each([
    ["trivial:4", 35],
    ["cyclic:4", 10],
    ["symmetric:4", 7],
  ])("%s has %i of degree at most 3, which averages or canonical forms fit", (name, expected) => {
    const found = invariantPolynomials(parseGroup(name).cycleIndex(), 3);
    expect(found.reduce((sum, x) => sum + Number(x), 0)).toBe(expected);
  });

  it("of S_8 x S_8 on 16 points", () => {
    // generating functions multiply where a group acts on two sets by itself
    const one = invariantPolynomials(parseGroup("symmetric:8").cycleIndex(), 8).map(Number);
    const product = [2, 4, 6, 8].map((l) =>
      one.slice(0, l + 1).reduce((sum, x, i) => sum + x * one[l - i], 0),
    );
    expect(product).toEqual([5, 20, 65, 185]);
  });

  it("harmonic ones are those of a degree less those of two below", () => {
    const index = parseGroup("cyclic:16").cycleIndex();
    expect(Number(invariantHarmonics(index, 4)[4])).toBe(245 - 9);
    expect(Number(invariantHarmonics(parseGroup("cyclic:32").cycleIndex(), 4)[4])).toBe(1624);
  });
});
