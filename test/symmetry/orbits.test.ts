import { describe, expect, it } from "vitest";
import { parseGroup } from "../../src/symmetry/groups.ts";
import { orbits, pairOrbits } from "../../src/symmetry/orbits.ts";

const labels = (name: string) => {
  const { generators, degree } = parseGroup(name);
  return pairOrbits(generators, degree);
};

describe("orbits", () => {
  it("of points", () => {
    const { generators } = parseGroup("cyclic:2xtrivial:3");
    expect(orbits(generators, 6)).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
  });

  it("of pairs: circulant for shifts, diagonal and rest for all permutations", () => {
    const cyclic = labels("cyclic:5");
    expect(cyclic.count).toBe(5);
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++) expect(cyclic.labels[i * 5 + j]).toBe((j - i + 5) % 5);
    expect(labels("dihedral:6").count).toBe(4);
    expect(labels("symmetric:7").count).toBe(2);
    expect(labels("trivial:3").count).toBe(9);
    expect(labels("symmetric:3xsymmetric:4").count).toBe(4);
  });

  it("of pairs are invariant, and as many as the mean number of fixed pairs", () => {
    for (const name of ["dihedral:5", "cyclic:3xcyclic:4", "alternating:4", "cyclic:2xsymmetric:3"]) {
      const group = parseGroup(name);
      const pairs = labels(name);
      for (const g of group.generators)
        for (let i = 0; i < group.degree; i++)
          for (let j = 0; j < group.degree; j++)
            expect(pairs.labels[g[i] * group.degree + g[j]]).toBe(pairs.labels[i * group.degree + j]);
      const index = group.cycleIndex();
      let fixed = 0n;
      for (const { cycles, count } of index.terms) {
        const points = cycles.find(([length]) => length === 1)?.[1] ?? 0;
        fixed += count * BigInt(points * points);
      }
      expect(BigInt(pairs.count)).toBe(fixed / index.order);
    }
  });

  it("refuse tables that are too large", () => {
    expect(() => labels("cyclic:5000")).toThrow("at most 4096");
  });
});
