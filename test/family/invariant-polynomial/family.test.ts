import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import type { StudentOptions } from "../../../src/family/family.ts";
import { polynomials } from "../../../src/family/invariant-polynomial/family.ts";
import { invariantPolynomial as family } from "../../../src/family/invariant-polynomial/index.ts";
import { nameOf, totalDegree, type Term } from "../../../src/family/polynomial/sparse-polynomial.ts";
import { teacherOutputs } from "../teacher-outputs.ts";

const kinds = ["sign-flips", "rotations:3", "power-spectrum", "hermite", "legendre"];
const draw = (params: Record<string, unknown>, seed = 0) =>
  family.draw(family.parse(params), keyFor("test", params, seed));
const options: StudentOptions = { layers: 1, width: 8, readoutLayers: 1, pool: "mean" };

/** Orthonormal polynomials of low degree, spelled out. */
const spelled: Record<string, ((z: number) => number)[]> = {
  hermite: [() => 1, (z) => z, (z) => (z * z - 1) / Math.SQRT2, (z) => (z ** 3 - 3 * z) / Math.sqrt(6)],
  legendre: [() => 1, (z) => Math.sqrt(3) * z, (z) => (Math.sqrt(5) * (3 * z * z - 1)) / 2, (z) => (Math.sqrt(7) * (5 * z ** 3 - 3 * z)) / 2],
  "power-spectrum": [() => 1, (z) => z - 1, (z) => (z * z - 4 * z + 2) / 2, (z) => (z ** 3 - 9 * z * z + 18 * z - 6) / 6],
  "sign-flips": [() => 1, (z) => (z - 1) / Math.SQRT2, (z) => (z * z - 6 * z + 3) / Math.sqrt(24), (z) => (z ** 3 - 15 * z * z + 45 * z - 15) / Math.sqrt(720)],
  "rotations:3": [() => 1, (z) => (z - 3) / Math.sqrt(6)],
}; // prettier-ignore

describe.each(kinds)("invariant-polynomial over %s", (invariants) => {
  it("has labels as the definition spells them out", () => {
    const degree = spelled[invariants].length - 1;
    const instance = draw({ invariants, variables: 6, degree, terms: 4 });
    const samples = instance.law.sample(keyFor("x"), 50);
    const z = polynomials.invariants(instance).map(samples.data, 50);
    for (const easy of [false, true]) {
      const labels = (easy ? instance.easy : instance.hard).label(samples);
      for (let i = 0; i < 50; i++) {
        const value = polynomials.hidden(instance, easy).reduce(
          (sum, t) => sum + t.factors.reduce((p, f) => p * spelled[invariants][f.degree](z[i * 6 + f.variable]), t.coefficient),
          0,
        ); // prettier-ignore
        expect(labels[i]).toBeCloseTo(value, 9);
      }
    }
  });

  it("has a teacher that agrees to float tolerance, and whose change is seen", async () => {
    for (const [degree, seed] of [[1, 0], [2, 1], [3, 2], [6, 3]]) {
      const instance = draw({ invariants, variables: 10, degree, terms: 5 }, seed);
      const samples = instance.law.sample(keyFor("teacher"), 400);
      const labels = instance.hard.label(samples);
      const guess = await teacherOutputs(family, instance, options, samples);
      const scale = Math.sqrt(labels.reduce((s, y) => s + y * y, 0) / 400);
      const worst = (of: ArrayLike<number>): number => Math.max(...guess.map((h, i) => Math.abs(h - of[i]) / (scale + Math.abs(labels[i]))));
      expect(worst(labels)).toBeLessThan(1e-4);
      expect(worst(draw({ invariants, variables: 10, degree, terms: 5 }, seed + 9).hard.label(samples))).toBeGreaterThan(0.1);
    }
  }); // prettier-ignore

  it("has mean 0 and the recorded second moment", () => {
    const instance = draw({ invariants, variables: 6, degree: 2, terms: 3 });
    const samples = instance.law.sample(keyFor("moments"), 30_000);
    for (const target of [instance.hard, instance.easy]) {
      const y = target.label(samples);
      const mean = y.reduce((a, b) => a + b) / y.length;
      const square = y.reduce((a, b) => a + b * b, 0) / y.length;
      const fourth = y.reduce((a, b) => a + b ** 4, 0) / y.length;
      expect(target.secondMoment.value).toBe(instance.facts["variance"]);
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(square / y.length));
      const error = Math.sqrt(fourth / y.length);
      expect(Math.abs(square - target.secondMoment.value)).toBeLessThan(5 * error);
    }
  });

  it("does not change when the group acts", () => {
    const instance = draw({ invariants, variables: 5, degree: 3, terms: 2 });
    const group = polynomials.invariants(instance);
    const samples = instance.law.sample(keyFor("act"), 20);
    const size = samples.data.length / 20;
    const moved = Float64Array.from(samples.data);
    for (let i = 0; i < 20; i++)
      moved.set(group.act(keyFor("g", i), samples.data.slice(i * size, (i + 1) * size)), i * size);
    const [before, after] = [samples, { ...samples, data: moved }].map((s) => instance.hard.label(s));
    before.forEach((y, i) => expect(after[i]).toBeCloseTo(y, 9));
  });

  it("lists orthonormal members", () => {
    const list = family.members!(family.parse({ invariants, variables: 6, degree: 2 }), { seed: 0 });
    expect(list.count).toBe(15);
    const count = 20_000;
    const samples = list.law.sample(keyFor("members"), count);
    const values = list.values(samples, 0, 15);
    expect(Array.from(list.values(samples, 4, 6))).toEqual(Array.from(values.slice(4 * count, 6 * count)));
    for (let i = 0; i < 15; i++)
      for (let j = 0; j <= i; j++) {
        let [sum, squares] = [0, 0];
        for (let s = 0; s < count; s++) {
          const p = values[i * count + s] * values[j * count + s];
          sum += p;
          squares += p * p;
        }
        expect(Math.abs(sum / count - (i === j ? 1 : 0))).toBeLessThan((6 * Math.sqrt(squares)) / count);
      }
  });
});

describe("the drawn terms", () => {
  it("are distinct, of the degree asked for, with coefficients of size 1/2 to 1; the twin's are linear", () => {
    fc.assert(
      fc.property(
        fc.record({ variables: fc.integer({ min: 1, max: 40 }), degree: fc.integer({ min: 1, max: 12 }), seed: fc.nat() }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ variables, degree, seed }, share) => {
          const terms = 1 + Math.floor(share * (variables - 1));
          const instance = draw({ variables, degree, terms }, seed);
          const [hard, easy] = [polynomials.hidden(instance, false), polynomials.hidden(instance, true)];
          const fits = ({ coefficient, factors }: Term): boolean =>
            Math.abs(coefficient) >= 0.5 && Math.abs(coefficient) <= 1 && factors.every((f, j) => f.variable < variables && f.degree > 0 && (j === 0 || f.variable > factors[j - 1].variable));
          expect(hard.every(fits) && easy.every(fits)).toBe(true);
          expect(hard.every((t) => totalDegree(t) === degree) && easy.every((t) => totalDegree(t) === 1)).toBe(true);
          for (const of of [hard, easy]) expect(new Set(of.map(nameOf)).size).toBe(terms);
          expect(easy.map((t) => t.coefficient)).toEqual(hard.map((t) => t.coefficient));
        },
      ),
      { numRuns: 60 },
    );
  }); // prettier-ignore
});

describe("parse and lists", () => {
  it.each([
    [{ invariants: "cube" }, /x\^2 = 1/],
    [{ invariants: "hermit" }, /did you mean "hermite"/],
    [{ variables: 0 }, /variables: 0 is too small/],
    [{ variables: 2, terms: 3 }, /terms: 3 terms.*allowed: 1 to 2/],
    [{ degree: 41 }, /too large/],
  ])("rejects %j", (params, message) => {
    expect(() => family.parse(params)).toThrow(message);
  });

  it("rejects a width below the number of terms, with the number", () => {
    expect(() => family.teacher!(draw({}), { ...options, width: 2 })).toThrow(/at least 3/);
  });

  it("lists distinct drawn members of families too large to list, and refuses to list those whole", () => {
    const params = family.parse({ variables: 500, degree: 4 });
    const list = family.members!(params, { count: 1000, seed: 1 });
    const names = Array.from({ length: 1000 }, (_, i) => String(list.hidden(i)["variables"]));
    expect(new Set(names).size).toBe(1000);
    expect(() => family.members!(params, { seed: 1 })).toThrow(/2573031125 multilinear terms/);
    expect(() => family.members!(family.parse({ variables: 4, degree: 3 }), { count: 5, seed: 1 })).toThrow(/1 to 4/); // prettier-ignore
  });
});
