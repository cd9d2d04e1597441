import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFor, permutation } from "../../src/base/random.ts";
import { binomial } from "../../src/numeric/choose.ts";
import { runNow } from "../../src/base/progress.ts";
import { factorial } from "../../src/symmetry/cycle-index.ts";
import { directSummands } from "../../src/symmetry/direct-sum.ts";
import { printGenerators } from "../../src/symmetry/generators-file.ts";
import { generatedGroup, parseGroup, type PermutationGroup } from "../../src/symmetry/groups.ts";
import {
  exactQuotient,
  orbitsOnColourings,
  orbitsOnSubsets,
  orbitsOnSubsetsSteps,
  subsetsFixedBy,
} from "../../src/symmetry/orbit-count.ts";
import { actOnSubset } from "../../src/symmetry/actions.ts";
import type { Permutation } from "../../src/symmetry/permutation.ts";
import { joinedSubsetOrbits } from "../../src/symmetry/subset-orbits.ts";
import { fromCycles, published, publishedGenerators, subsets, wreathOfPairs } from "./cycles.ts";

const row = (name: string) => {
  const group = parseGroup(name);
  return Array.from({ length: group.degree + 1 }, (_, k) => Number(orbitsOnSubsets(group, k)));
};
const colourings = (names: string[]) => names.map((name) => Number(orbitsOnColourings(parseGroup(name), 2)));
const numbers = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** The Cauchy-Frobenius lemma on the cycle index. */
function fixedOnAverage(group: PermutationGroup, k: number): bigint {
  const { terms, order } = group.cycleIndex();
  return terms.reduce((sum, { cycles, count }) => sum + count * subsetsFixedBy(cycles, k), 0n) / order;
}
/** Orbits of M11 and M12 on k-subsets, k = 0, 1, ...: four and five times transitive. */
const row11 = [1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1];
const row12 = [1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1];

/** Orbits on k-subsets by listing them all. */
function listed(degree: number, generators: readonly Permutation[], k: number): number {
  const left = new Set(subsets(degree, k).map((s) => s.join()));
  let count = 0;
  for (const start of left) {
    count++;
    const queue = [start];
    left.delete(start);
    for (const name of queue)
      for (const g of generators) {
        const image = actOnSubset(g, name === "" ? [] : name.split(",").map(Number)).join();
        if (left.delete(image)) queue.push(image);
      }
  }
  return count;
}

/** The rotations of the cube acting on what `move` makes of a quarter turn about each axis. */
function cube(points: readonly string[]): Permutation[] {
  const turns = [([x, y, z]: number[]) => [-y, x, z], ([x, y, z]: number[]) => [x, -z, y]];
  return turns.map((turn) => Int32Array.from(points, (p) => points.indexOf(turn(p.split(",").map(Number)).map((c) => c + 0).join()))); // prettier-ignore
}
const signs = [-1, 0, 1];
const cells = signs.flatMap((x) => signs.flatMap((y) => signs.map((z) => [x, y, z])));
const withZeros = (zeros: number) =>
  cells.filter((c) => c.filter((v) => v === 0).length === zeros).map((c) => c.join());

describe("orbits on k-subsets", () => {
  it("count necklaces: A000031, A047996", () => {
    expect(colourings(numbers(14).map((n) => `cyclic:${n}`))).toEqual([2, 3, 4, 6, 8, 14, 20, 36, 60, 108, 188, 352, 632, 1182]); // prettier-ignore
    expect(row("cyclic:12")).toEqual([1, 1, 6, 19, 43, 66, 80, 66, 43, 19, 6, 1, 1]);
    expect(orbitsOnSubsets(parseGroup("cyclic:64"), 6)).toBe(1171552n);
  });

  it("count bracelets: A000029, A052307", () => {
    expect(colourings(numbers(14).map((n) => `dihedral:${n}`))).toEqual([2, 3, 4, 6, 8, 13, 18, 30, 46, 78, 126, 224, 380, 687]); // prettier-ignore
    expect(row("dihedral:12")).toEqual([1, 1, 6, 12, 29, 38, 50, 38, 29, 12, 6, 1, 1]);
  });

  it("count binary matrices up to rows and columns: A002724, A028657, A049311", () => {
    expect(colourings(numbers(6).map((n) => `symmetric:${n}xsymmetric:${n}`))).toEqual([2, 7, 36, 317, 5624, 251610]); // prettier-ignore
    expect(colourings(["symmetric:2xsymmetric:3", "symmetric:3xsymmetric:4", "symmetric:2xsymmetric:4"])).toEqual([13, 87, 22]); // prettier-ignore
    const large = parseGroup("symmetric:1000xsymmetric:1000");
    expect(numbers(8).map((k) => Number(orbitsOnSubsets(large, k)))).toEqual([1, 3, 6, 16, 34, 90, 211, 558]);
  });

  it("count torus necklaces: A179043", () => {
    expect(colourings(numbers(5).map((n) => `cyclic:${n}xcyclic:${n}`))).toEqual([2, 7, 64, 4156, 1342208]);
  });

  it("count colourings of the cube under rotations: A000543, A047780, A060530", () => {
    const corners = generatedGroup("corners", 8, cube(withZeros(0)));
    const edges = generatedGroup("edges", 12, cube(withZeros(1)));
    const faces = generatedGroup("faces", 6, cube(withZeros(2)));
    expect([corners, edges, faces].map((g) => Number(g.order()))).toEqual([24, 24, 24]);
    expect([1, 2, 3].map((q) => Number(orbitsOnColourings(corners, q)))).toEqual([1, 23, 333]);
    expect([1, 2, 3].map((q) => Number(orbitsOnColourings(faces, q)))).toEqual([1, 10, 57]);
    expect([1, 2, 3].map((q) => Number(orbitsOnColourings(edges, q)))).toEqual([1, 218, 22815]);
  });

  it("count graphs: A000088, A008406", () => {
    const onPairs = (n: number) => {
      const pairs = subsets(n, 2).map((p) => p.join());
      const lift = (g: Permutation) =>
        Int32Array.from(pairs, (p) => pairs.indexOf(actOnSubset(g, p.split(",").map(Number)).join()));
      return generatedGroup(`pairs of ${n}`, pairs.length, parseGroup(`symmetric:${n}`).generators.map(lift));
    };
    expect([3, 4, 5, 6, 7].map((n) => Number(orbitsOnColourings(onPairs(n), 2)))).toEqual([
      4, 11, 34, 156, 1044,
    ]);
    const five = onPairs(5);
    expect(Array.from({ length: 11 }, (_, k) => Number(orbitsOnSubsets(five, k)))).toEqual([1, 1, 2, 4, 6, 6, 6, 4, 2, 1, 1]); // prettier-ignore
  });

  it("know the transitivity of the Mathieu groups", () => {
    const m11 = generatedGroup("M11", 11, publishedGenerators("M11"));
    const m12 = generatedGroup("M12", 12, publishedGenerators("M12"));
    expect([1, 2, 3, 4, 5].map((k) => Number(orbitsOnSubsets(m11, k)))).toEqual([1, 1, 1, 1, 2]);
    expect([1, 2, 3, 4, 5, 6].map((k) => Number(orbitsOnSubsets(m12, k)))).toEqual([1, 1, 1, 1, 1, 2]);
  });

  it("agree with listing, over named groups, products and random generators", () => {
    const read = () => printGenerators(5, [permutation(keyFor("file"), 5)]);
    for (const name of [
      "trivial:6",
      "alternating:2",
      "alternating:5",
      "symmetric:5",
      "dihedral:2",
      "dihedral:7",
      "alternating:3xalternating:4",
      "alternating:2xcyclic:3",
      "alternating:4xsymmetric:2",
      "alternating:3xfile:a",
      "dihedral:3xtrivial:3",
    ]) {
      // prettier-ignore
      const group = parseGroup(name, read);
      for (let k = 0; k <= Math.min(group.degree, 5); k++)
        expect([name, k, Number(orbitsOnSubsets(group, k))]).toEqual([name, k, listed(group.degree, group.generators, k)]); // prettier-ignore
    }
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 7 }), (a, b, n) => {
        const list = [permutation(keyFor("a", a), n), permutation(keyFor("b", b), n)];
        const group = generatedGroup("random", n, list);
        for (let k = 0; k <= n; k++) expect(Number(orbitsOnSubsets(group, k))).toBe(listed(n, list, k));
      }),
      { numRuns: 40 },
    );
  });

  it("split a group that is a direct product over its orbits, and only such a group", () => {
    const union = (cycles: string[]) =>
      generatedGroup(
        "union",
        12,
        cycles.map((c) => fromCycles(12, c)),
      );
    const whole = union(["(1,2,3,4)", "(5,6,7)", "(8,9,10,11)", "(8,10)"]);
    const diagonal = union(["(1,2,3,4)(5,6,7)(8,9,10,11)", "(8,10)(5,6)"]);
    for (const group of [whole, diagonal])
      for (const k of [2, 3, 6])
        expect(Number(orbitsOnSubsets(group, k))).toBe(listed(12, group.generators, k));
    expect(directSummands(whole.generators, 12, whole.order())).toHaveLength(4);
    expect(directSummands(diagonal.generators, 12, diagonal.order())).toBeUndefined();
  });

  it("fit the closed form for cyclic groups beyond enumeration", () => {
    const expected = (binomial(1024, 10) + binomial(512, 5)) / 1024n; // divisors of gcd(1024, 10): 1, 2
    expect(orbitsOnSubsets(parseGroup("cyclic:1024"), 10)).toBe(expected);
    expect(orbitsOnSubsets(parseGroup("cyclic:999983"), 3)).toBe(binomial(999983, 3) / 999983n);
  });

  it("join subsets to the numbers that the Cauchy-Frobenius lemma counts", () => {
    for (const name of ["M11", "M12"] as const) {
      const group = generatedGroup(name, published[name].degree, publishedGenerators(name));
      for (let k = 0; k <= group.degree; k++)
        expect([name, k, runNow(joinedSubsetOrbits(group, k))]).toEqual([name, k, fixedOnAverage(group, k)]);
    }
    for (const name of ["trivial:6", "cyclic:12", "dihedral:9", "cyclic:3xsymmetric:3", "alternating:5"])
      for (let k = 0; k <= 5; k++)
        expect(runNow(joinedSubsetOrbits(parseGroup(name), k))).toBe(orbitsOnSubsets(parseGroup(name), k));
    // a group that moves fewer points has more orbits (negative control)
    const [first] = publishedGenerators("M11");
    expect(runNow(joinedSubsetOrbits(generatedGroup("cyclic", 11, [first]), 5))).toBe(42n);
  });

  it("need not run through a large group: M24 is five times transitive, and has two orbits on sets of six", () => {
    const m24 = generatedGroup("M24", 24, publishedGenerators("M24"));
    expect([1, 2, 3, 4, 5, 6, 18, 19].map((k) => Number(orbitsOnSubsets(m24, k)))).toEqual([
      1, 1, 1, 1, 1, 2, 2, 1,
    ]);
    // blocks of two: as many orbits as numbers of whole blocks
    const wreath = generatedGroup("wreath", 40, wreathOfPairs(20));
    expect(wreath.order()).toBe(2n ** 20n * factorial(20));
    expect([1, 2, 3, 4, 5].map((k) => Number(orbitsOnSubsets(wreath, k)))).toEqual([1, 2, 2, 3, 3]);
  });

  it("take groups beyond enumeration apart: giants, and direct products over their orbits", () => {
    const s100 = generatedGroup("S_100", 100, parseGroup("symmetric:100").generators);
    expect(orbitsOnSubsets(s100, 50)).toBe(1n);
    expect(generatedGroup("S_40", 40, parseGroup("symmetric:40").generators).cycleIndex().terms).toHaveLength(
      37338,
    );
    const m11 = publishedGenerators("M11").map((g) =>
      Int32Array.from({ length: 23 }, (_, i) => (i < 11 ? g[i] : i)),
    );
    const m12 = publishedGenerators("M12").map((g) =>
      Int32Array.from({ length: 23 }, (_, i) => (i < 11 ? i : 11 + g[i - 11])),
    );
    const sum = generatedGroup("M11 + M12", 23, [...m11, ...m12]);
    expect(sum.order()).toBe(7920n * 95040n);
    const rows = [row11, row12];
    for (let k = 0; k <= 11; k++)
      expect(Number(fixedOnAverage(sum, k))).toBe(
        numbers(k + 1).reduce((all, i) => all + (rows[0][i - 1] ?? 0) * (rows[1][k + 1 - i] ?? 0), 0),
      );
  });

  it("report how far they are", () => {
    const m24 = generatedGroup("M24", 24, publishedGenerators("M24"));
    const reports = [...orbitsOnSubsetsSteps(m24, 6)];
    expect(new Set(reports.map((r) => r.what.split(" ")[0]))).toEqual(new Set(["building", "joining"]));
    for (const { done, total } of reports) expect(done >= 0 && done <= total).toBe(true);
  });

  it("refuse what they cannot count, with the reason and every limit", () => {
    const wreath = generatedGroup("wreath", 80, wreathOfPairs(40));
    const steps = () => orbitsOnSubsets(wreath, 8);
    expect(steps).toThrow(
      /wreath has order 8.97e59: neither .* elements can be run through, nor 2.90e\+10 subsets by 3 generators joined/,
    );
    expect(steps).toThrow(
      "100000000 elements and 1000000 cycle types, or 50000000 subsets and 500000000 images of them",
    );
    expect(() => orbitsOnSubsets(parseGroup("cyclic:5"), 6)).toThrow("0 to 5");
    expect(() => orbitsOnSubsets(parseGroup("cyclic:5"), -1)).toThrow("0 to 5");
    expect(() => orbitsOnSubsets(parseGroup("cyclic:5"), 1.5)).toThrow("0 to 5");
    expect(() => orbitsOnSubsets(parseGroup("symmetric:60xsymmetric:60"), 60)).toThrow(
      "too many cycle types",
    );
    expect(() => orbitsOnSubsets(parseGroup("cyclic:10000"), 5000)).toThrow("at most 4096");
  });

  it("notices a wrong cycle index (negative control)", () => {
    expect(() => exactQuotient(13n, 4n)).toThrow("not divisible");
  });
});
