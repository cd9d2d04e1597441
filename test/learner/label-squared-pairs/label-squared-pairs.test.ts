import { describe, expect, it } from "vitest";
import { families, familyById } from "../../../src/family/registry.ts";
import { neighbourMoment, squareMoment } from "../../../src/family/frame-parity/square-moments.ts";
import { labelSquaredPairs } from "../../../src/learner/label-squared-pairs/learner.ts";
import {
  countOrbits,
  setOrbits,
  type OrbitCounts,
} from "../../../src/learner/label-squared-pairs/orbit-counts.ts";
import { neighbourMisfit, neighbours } from "../../../src/learner/label-squared-pairs/neighbours.ts";
import { fittingSets } from "../../../src/learner/label-squared-pairs/set-search.ts";
import { trainingChunks } from "../../../src/learner/training-chunks.ts";
import { canonicalSubset } from "../../../src/symmetry/actions.ts";
import { parseGroup } from "../../../src/symmetry/groups.ts";
import { forEachSubset } from "../../../src/symmetry/subset-orbits.ts";
import { drawn, learnSet } from "./runs.ts";

/** Of each orbit of r-sets, how many lie in the set: by looking at all of them. */
function countsOf(group: string, r: number, set: readonly number[]): number[] {
  const { n, labels, sizes } = setOrbits(parseGroup(group), r)!;
  const counts = Array.from(sizes, () => 0);
  forEachSubset(set.length, r, (choice) => {
    const at = choice.reduce((sum, i) => sum * n + [...set].sort((a, b) => a - b)[i], 0);
    counts[labels[at]]++;
  });
  return counts;
}

const exactly = (group: string, r: number, set: readonly number[]): OrbitCounts => {
  const counts = Float64Array.from(countsOf(group, r, set));
  return { ...setOrbits(parseGroup(group), r)!, counts, errors: counts.map(() => 0.1) };
};

describe("label-squared-pairs", () => {
  it.each([
    [{ group: "cyclic:12", k: 4 }, 20_000, 2],
    [{ group: "cyclic:4xcyclic:3", k: 4 }, 40_000, 2],
    [{ group: "trivial:8", k: 4 }, 4000, 1],
    [{ group: "symmetric:8", k: 4, frame: "sort-abs" }, 4000, 1],
  ])("finds the set of %j", async (params, samples, order) => {
    const { exact, final, details } = await learnSet(params, { samples });
    expect([exact, details!["order"]]).toEqual([true, order]);
    expect(final.explainedVariance).toBeGreaterThan(0.999);
  });

  it("does not from a few examples, nor claims to (negative control); the same again", async () => {
    const params = { group: "cyclic:16", k: 6 };
    const few = await learnSet(params, { samples: 300 });
    expect([few.exact, few.recovered]).toEqual([false, null]);
    expect(await learnSet(params, { samples: 300 })).toEqual(few);
  });

  it("finds no parity in the easy twin, whose labels are none", async () => {
    const { exact, final } = await learnSet({ group: "cyclic:10", k: 4 }, { samples: 10_000 }, 0, true);
    expect(exact).toBe(false);
    expect(final.explainedVariance).toBeLessThan(0.3);
  });

  it("refuses families without a hidden set", () => {
    for (const family of families)
      expect(labelSquaredPairs.refusal(family) === null, family.id).toBe(family.id === "frame-parity");
  });
});

describe("counts of orbits", () => {
  it("are those of the hidden set within their errors, with noisy labels too", async () => {
    const instance = drawn({ group: "cyclic:12", k: 4 }, 2);
    const orbits = setOrbits(parseGroup("cyclic:12"), 2)!;
    const expected = countsOf("cyclic:12", 2, (instance.hidden as { subset: number[] }).subset);
    for (const noise of [0, 0.5]) {
      const chunks = trainingChunks(instance, instance.hard, { samples: 20_000, noise, chunk: 2000 });
      const statistic = { orbits, of: "squares", moment: squareMoment(4, 2) } as const;
      const [{ counts, errors }] = await countOrbits([statistic], chunks, noise, async () => {});
      for (const [o, count] of expected.entries()) {
        expect(Math.abs(counts[o] - count)).toBeLessThan(4.5 * errors[o]);
        expect(errors[o]).toBeLessThan(0.6);
      }
    }
  });
});

/** Degree 2, odd in the signs: what E[y^2 x_a x_b] over an orbit of pairs tells. */
describe("counts of neighbours", () => {
  const group = parseGroup("cyclic:12");
  const orbits = setOrbits(group, 2)!;
  const instance = drawn({ group: "cyclic:12", k: 4 });
  const { labels: labelsOf } = familyById("frame-parity").hiddenSet!;
  const counted = async (set: number[]) => {
    const target = { ...instance.hard, label: labelsOf(instance, Int32Array.from(set)) };
    const chunks = trainingChunks(instance, target, { samples: 40_000, noise: 0, chunk: 2000 });
    const statistic = { orbits, of: "signs", moment: neighbourMoment(4) } as const;
    return (await countOrbits([statistic], chunks, 0, async () => {}))[0];
  };
  /** Of the orbit with the difference d. */
  const at = (d: number): number => orbits.labels[d];

  it("are two of x_i x_{i+4} for an interval, which is .433 (checked with another program)", async () => {
    const expected = neighbours(group, [0, 1, 2, 3], orbits);
    expect(expected.reduce((a, b) => a + b, 0)).toBe(2);
    expect(expected[at(4)]).toBe(2);
    expect((2 * neighbourMoment(4)) / Math.sqrt(12)).toBeCloseTo(0.433, 2);
    const { counts, errors } = await counted([0, 1, 2, 3]);
    expected.forEach((count, o) => expect(Math.abs(counts[o] - count)).toBeLessThan(4.5 * errors[o]));
    expect(errors[at(4)]).toBeLessThan(0.3);
  });

  it("are none where no shift moves a single point", async () => {
    expect(Math.max(...neighbours(group, [0, 1, 4, 6], orbits))).toBe(0);
    const { counts, errors } = await counted([0, 1, 4, 6]);
    counts.forEach((count, o) => expect(Math.abs(count)).toBeLessThan(4.5 * errors[o]));
  });

  it("put the right set before one without neighbours", () => {
    const found = {
      ...orbits,
      counts: neighbours(group, [0, 1, 2, 3], orbits),
      errors: orbits.sizes.map(() => 0.5),
    };
    const right = neighbourMisfit(group, [4, 5, 6, 7], found);
    expect(right).toBeLessThan(neighbourMisfit(group, [0, 1, 4, 6], found));
    expect(neighbourMisfit(group, [0, 1, 4, 6], found)).toBe(0);
  });
});

describe("the search", () => {
  it.each([
    ["cyclic:13", 2, [0, 1, 4, 6, 7]],
    ["dihedral:12", 2, [0, 1, 3, 7]],
    ["cyclic:3xcyclic:4", 2, [0, 5, 7, 10]],
    ["trivial:9", 1, [2, 3, 7]],
    ["symmetric:3xsymmetric:3", 3, [0, 1, 5, 6]],
  ])("gives all sets of the counts, and no other: %s, %i-sets", (name, r, set) => {
    const group = parseGroup(name);
    const counts = exactly(name, r, set);
    const options = { size: set.length, throughZero: false, limit: 1e-6, keep: 100_000, nodes: 1e7 };
    const { candidates, whole } = fittingSets([counts], options);
    const expected: string[] = [];
    forEachSubset(group.degree, set.length, (other) => {
      if (countsOf(name, r, Array.from(other)).join() === countsOf(name, r, set).join())
        expected.push(other.join());
    });
    expect(whole).toBe(true);
    expect(candidates.map((c) => c.set.join()).sort()).toEqual(expected.sort());
    if (!group.transitive) return expect(candidates.length).toBe(1);
    const through = fittingSets([counts], { ...options, throughZero: true }).candidates;
    const classes = (sets: typeof candidates) =>
      new Set(sets.map((c) => canonicalSubset(group, c.set).join()));
    expect(classes(through)).toEqual(classes(candidates));
    expect(through.length).toBeLessThan(candidates.length);
  });

  it("keeps the best by misfit, and says when it has not looked at all", () => {
    const counts = exactly("cyclic:11", 2, [0, 1, 3, 8]);
    const options = { size: 4, throughZero: true, limit: 1e9, keep: 5, nodes: 1e6 };
    const { candidates, whole } = fittingSets([counts], options);
    expect([candidates.length, whole]).toEqual([5, true]);
    const misfits = candidates.map((c) => c.misfit);
    expect(misfits).toEqual([...misfits].sort((a, b) => a - b));
    expect(misfits[0]).toBeCloseTo(0, 8);
    expect(fittingSets([counts], { ...options, nodes: 10 }).whole).toBe(false);
  });
});
