/** The subgroup that a label is invariant under is found; where inputs are not invariant, nothing is claimed. */

import { describe, expect, it } from "vitest";
import { foldIn, keyFor, normals } from "../../src/base/random.ts";
import type { LabelledData } from "../../src/dataset/labelled.ts";
import { actOn } from "../../src/diagnose/action.ts";
import { invarianceOf } from "../../src/diagnose/invariance.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";

const N = 2000;
const key = keyFor("invariance test");
const told = (): void => {};

function dataOf(label: (x: Float64Array) => number, shift = 0): LabelledData {
  const inputs = normals(key, new Float64Array(N * 6)).map((x, at) => x + (at % 6 === 0 ? shift : 0));
  const noise = normals(foldIn(key, "noise"), new Float64Array(N));
  const labels = noise.map((e, i) => label(inputs.subarray(i * 6, (i + 1) * 6)) + 0.5 * e);
  return { kind: "vectors", label: "y", count: N, total: N, shape: [6], inputs, labels, padded: 0 };
}
const found = (label: (x: Float64Array) => number, group: string, shift?: number) =>
  invarianceOf(actOn(dataOf(label, shift), parseGroup(group)), key, true, told);

describe("the subgroup that fits", () => {
  it.each([
    [
      "the sum: all permutations",
      (x: Float64Array) => x.reduce((a, b) => a + b, 0),
      "symmetric:6",
      "symmetric:6",
    ],
    [
      "every other entry: shifts by two",
      (x: Float64Array) => x[0] + x[2] + x[4],
      "cyclic:6",
      "shifts by 2 of 6",
    ],
    ["opposite entries: shifts by three", (x: Float64Array) => x[0] + x[3], "cyclic:6", "shifts by 3 of 6"],
    [
      "neighbours' products: shifts and reflections",
      (x: Float64Array) => neighbours(x),
      "dihedral:6",
      "dihedral:6",
    ],
    ["one entry: none", (x: Float64Array) => x[1], "cyclic:6", null],
  ] as const)("of %s", async (_, label, group, fits) => {
    expect((await found(label, group)).fits).toBe(fits);
  });

  it("is unclear where the inputs are not invariant", async () => {
    const { subgroups, fits } = await found((x) => x.reduce((a, b) => a + b ** 2, 0), "cyclic:6", 2);
    expect(fits).toBeNull();
    expect(subgroups.map((s) => s.verdict)).toEqual(["unclear", "unclear", "unclear"]);
  });
});

const neighbours = (x: Float64Array): number => x.reduce((sum, v, i) => sum + v * x[(i + 1) % 6], 0);
