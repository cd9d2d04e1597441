/** Lorentz invariants: their law, their polynomials, their invariance, and the exact dimension. */

import { beforeAll, describe, expect, it } from "vitest";
import { evaluate } from "../../../src/numeric/orthonormal.ts";
import { keyFor, normals } from "../../../src/base/random.ts";
import { chiSquareDifference } from "../../../src/numeric/chi-square-difference.ts";
import { minkowskiLengths } from "../../../src/symmetry/minkowski-lengths.ts";
import { lorentzText } from "../../../src/study/lorentz/section.ts";
import { lorentzInvariants, type LorentzInvariants } from "../../../src/study/lorentz/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { computed, foundBy } from "../computed.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const [task] = lorentzInvariants.tasks(scope).first!;

describe("the law chi^2_q - chi^2_1", () => {
  it.each([1, 3, 7])("q = %i has mean q - 1 and variance 2 (q + 1)", (q) => {
    const { a, b } = chiSquareDifference(q).recurrence(4);
    expect(a[0]).toBeCloseTo(q - 1, 10);
    expect(b[1]).toBeCloseTo(2 * (q + 1), 9);
  });

  it("has polynomials that are orthonormal on samples, and others that are not (negative control)", () => {
    const count = 200_000;
    const z = minkowskiLengths(normals(keyFor("law"), new Float64Array(4 * count)), 3);
    const products = (q: number): number[] => {
      const h = evaluate(chiSquareDifference(q).recurrence(3), 2, z);
      const at = (t: number, i: number): number => h[t * count + i];
      return [
        [1, 1],
        [1, 2],
        [2, 0],
        [1, 0],
      ].map(([s, t]) => z.reduce((sum, _, i) => sum + at(s, i) * at(t, i), 0) / count);
    };
    const [norm, ...others] = products(3);
    expect(Math.abs(norm - 1)).toBeLessThan(0.03);
    for (const other of others) expect(Math.abs(other)).toBeLessThan(0.1);
    expect(Math.abs(products(4)[3])).toBeGreaterThan(0.2);
  });
});

describe("polynomials in Lorentz invariants", () => {
  let found: LorentzInvariants;
  beforeAll(async () => {
    [found] = await foundBy(lorentzInvariants, task, scope);
  });

  it("have d_eff = C(6, 3) = 20, a little less from samples", () => {
    expect(found.dimension).toBe(20);
    for (const sampled of found.sampled) {
      expect(sampled).toBeLessThan(20);
      expect(sampled).toBeGreaterThan(13);
    }
    expect(Math.abs(found.mean - 2)).toBeLessThan(0.05);
    expect(Math.abs(found.variance - 8)).toBeLessThan(0.3);
  });

  it("are invariant under boosts; Euclidean lengths are not (negative control)", () => {
    expect(found.boostError).toBeLessThan(1e-9);
    expect(found.euclideanChange).toBeGreaterThan(1);
    expect(lorentzText(found)).toContain("d_eff = 20 exactly");
  });

  it("refuse a degree above the number of variables", async () => {
    await expect(computed(lorentzInvariants, { ...task.params, degree: 7 })).rejects.toThrow(
      /^degree: 7 of 6 variables/,
    );
  });
});
