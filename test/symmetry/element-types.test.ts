import { describe, expect, it } from "vitest";
import { runNow } from "../../src/base/progress.ts";
import { harmonicDimension } from "../../src/family/plane/harmonics.ts";
import { forEachElement } from "../../src/symmetry/chain.ts";
import { elementTypes, orderRecounted, typesCost } from "../../src/symmetry/element-types.ts";
import { harmonicsByFixedPoints } from "../../src/symmetry/fixed-points.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";
import { invariantHarmonics } from "../../src/symmetry/harmonic-invariants.ts";
import { cycleType, type CycleType } from "../../src/symmetry/permutation.ts";

const readFile = (): string => '{"degree":7,"generators":[[1,2,0,4,3,5,6],[0,1,2,3,4,6,5]]}';
const names = [
  "trivial:4",
  "cyclic:1",
  "cyclic:12",
  "dihedral:2",
  "dihedral:5",
  "dihedral:8",
  "symmetric:5",
  "alternating:2",
  "alternating:5",
  "cyclic:4xsymmetric:3",
  "dihedral:3xcyclic:2xcyclic:2",
  "file:g.json",
  "file:g.jsonxcyclic:2",
];

const nameOf = (cycles: CycleType): string =>
  [...cycles].sort(([a], [b]) => a - b).map(([length, m]) => `${length}^${m}`).join(" "); // prettier-ignore

describe("cycle types of elements", () => {
  it.each(names)("%s: as many of each as when all elements are run through", (name) => {
    const group = parseGroup(name, readFile);
    const counts = new Map<string, bigint>();
    forEachElement(group.chain(), (g) => {
      const type = nameOf(cycleType(g));
      counts.set(type, (counts.get(type) ?? 0n) + 1n);
    });
    const found = new Map<string, bigint>();
    for (const { cycles, count } of runNow(elementTypes(group)))
      found.set(nameOf(cycles), (found.get(nameOf(cycles)) ?? 0n) + count);
    expect(found).toEqual(counts);
    expect(orderRecounted(group)).toBe([...counts.values()].reduce((a, b) => a + b));
    expect(typesCost(group).types).toBeGreaterThanOrEqual(counts.size);
  });

  it("too many to list, or elements too many to run through, cost infinitely much", () => {
    expect(typesCost(parseGroup("symmetric:300")).types).toBe(Infinity);
    expect(typesCost(parseGroup("symmetric:300"), 4).types).toBeLessThan(10);
    const shuffles = '{"degree":16,"generators":[[1,0,2,3,4,5,6,7,8,9,10,11,12,13,14,15],[1,2,3,4,5,6,7,8,9,10,11,12,13,14,0,15]]}'; // prettier-ignore
    expect(typesCost(parseGroup("file:g.json", () => shuffles)).types).toBe(Infinity);
  });
});

describe("invariant harmonics by fixed points", () => {
  it.each(names)("%s: as by the cycle index", (name) => {
    const group = parseGroup(name, readFile);
    const found = runNow(harmonicsByFixedPoints(runNow(elementTypes(group)), 20));
    expect(found).toEqual(Array.from(invariantHarmonics(group.cycleIndex(), 20), BigInt));
  });

  it("of the trivial group are all, of the symmetric group those of Molien's series", () => {
    const all = runNow(harmonicsByFixedPoints(runNow(elementTypes(parseGroup("trivial:6"))), 12));
    expect(all).toEqual(
      Array.from({ length: 13 }, (_, l) => (l < 2 ? [1n, 6n][l] : harmonicDimension(6, l))),
    );
    // (1 - t^2) / ((1 - t)(1 - t^2)(1 - t^3))
    const symmetric = runNow(harmonicsByFixedPoints(runNow(elementTypes(parseGroup("symmetric:3"))), 8));
    expect(symmetric).toEqual([1n, 1n, 1n, 2n, 2n, 2n, 3n, 3n, 3n]);
  });
});
