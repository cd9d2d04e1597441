import { describe, expect, it } from "vitest";
import { canonicalSubset } from "../../src/symmetry/actions.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";
import { orbitsOnSubsets } from "../../src/symmetry/orbit-count.ts";
import { forEachSubset, listSubsetOrbits, subsetCount } from "../../src/symmetry/subset-orbits.ts";

describe("listing subsets", () => {
  it("gives each once, in order", () => {
    const found: string[] = [];
    forEachSubset(5, 3, (s) => found.push(s.join("")));
    expect(found).toEqual(["012", "013", "014", "023", "024", "034", "123", "124", "134", "234"]);
    forEachSubset(3, 4, () => found.push("none"));
    expect(found).toHaveLength(10);
    expect([subsetCount(5, 3), subsetCount(40, 20), subsetCount(3, 4)]).toEqual([10, 137846528820, 0]);
  });
});

describe("listing orbits", () => {
  it.each(["cyclic:12", "dihedral:9", "symmetric:6", "alternating:5", "trivial:6", "cyclic:3xsymmetric:3"])(
    "finds as many as the Cauchy-Frobenius lemma counts, the least member first: %s",
    (name) => {
      const group = parseGroup(name);
      for (const k of [1, 2, 4]) {
        const orbits = listSubsetOrbits(group, k);
        expect(BigInt(orbits.length)).toBe(orbitsOnSubsets(group, k));
        expect(orbits.reduce((sum, o) => sum + o.length, 0)).toBe(subsetCount(group.degree, k));
        for (const orbit of orbits) expect(orbit[0]).toEqual(canonicalSubset(group, orbit[orbit.length - 1]));
      }
    },
  );

  it("refuses more subsets than it can hold", () => {
    expect(() => listSubsetOrbits(parseGroup("cyclic:64"), 6)).toThrow(/7.50e\+7 subsets/);
  });
});
