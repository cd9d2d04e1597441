import { describe, expect, it } from "vitest";
import { foldIn, keyFor, normals } from "../../src/base/random.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { families, familyById } from "../../src/family/registry.ts";
import {
  drawTerms,
  nameOf,
  polynomialValues,
  type Term,
} from "../../src/family/polynomial/sparse-polynomial.ts";
import {
  growBasis,
  growingBasis,
  type GrowingResult,
  type LabelledInvariants,
} from "../../src/learner/growing-basis.ts";
import { growTerms } from "../../src/learner/grow-terms.ts";
import { runNow } from "../../src/base/progress.ts";
import { parseInvariants, powerSums, type Invariants } from "../../src/symmetry/invariants.ts";

const family = familyById("invariant-polynomial");

const learn = (params: Record<string, unknown>, seed: number, options: Record<string, unknown> = {}, easy = false) => {
  const instance = drawInstance(family, family.parse(params), seed);
  return growingBasis.learn({ family, instance, easy, seed, options });
}; // prettier-ignore

/** Labelled samples of given terms, by any invariants. */
function data(invariants: Invariants, terms: readonly Term[], samples: number, label?: (i: number) => number): LabelledInvariants {
  return {
    invariants,
    samples,
    chunk(index) {
      const count = Math.min(1 << 14, samples - index * (1 << 14));
      const z = invariants.map(invariants.sample(foldIn(keyFor("growing"), index), count), count);
      const y = polynomialValues(invariants.law, terms, z, invariants.variables);
      return { count, z, y: label === undefined ? y : y.map((_, i) => label(index * (1 << 14) + i)) };
    },
  };
} // prettier-ignore

const names = (terms: readonly Term[]): string[] => terms.map(nameOf).sort();

describe("growing-basis", () => {
  it.each([
    [{ invariants: "legendre", degree: 4 }, 60_000],
    [{ invariants: "legendre", degree: 3, variables: 40, terms: 6 }, 60_000],
    [{ invariants: "hermite", degree: 4 }, 10_000],
    [{ invariants: "power-spectrum", degree: 3, variables: 12 }, 20_000],
    [{ invariants: "rotations:3", degree: 3 }, 20_000],
    [{ invariants: "sign-flips", degree: 3 }, 20_000],
  ])("finds every term of %j", async (params, samples) => {
    const outcome = await learn(params, 1, { samples });
    expect(outcome.exact).toBe(true);
    expect(outcome.details!["complete"]).toBe(true);
    expect(outcome.final.explainedVariance).toBeGreaterThan(0.999999);
  });

  it("finds the easy twin's terms too, and the same again", async () => {
    const outcome = await learn({ degree: 3 }, 2, { samples: 20_000 }, true);
    expect(outcome.exact).toBe(true);
    expect(await learn({ degree: 3 }, 2, { samples: 20_000 }, true)).toEqual(outcome);
  });

  it("tolerates label noise, and says what it leaves", async () => {
    const outcome = await learn({ invariants: "legendre", degree: 3 }, 3, { samples: 100_000, noise: 0.3 });
    expect(outcome.exact).toBe(true);
    expect(outcome.details!["complete"]).toBe(true);
    expect(outcome.details!["unexplained"]).toBeCloseTo(0.09 / 1.09, 2);
  });

  it("does not take the smaller of two degrees for the larger", () => {
    const law = parseInvariants("legendre", 8);
    const terms: Term[] = [
      { coefficient: 0.5, factors: [{ variable: 2, degree: 4 }] },
      { coefficient: 1, factors: [{ variable: 2, degree: 1 }, { variable: 5, degree: 3 }] },
      { coefficient: -1, factors: [{ variable: 2, degree: 2 }, { variable: 5, degree: 2 }] },
    ]; // prettier-ignore
    const told = { terms: 3, degree: 4, least: 0.5 };
    const found = runNow(growBasis(data(law, terms, 60_000), told));
    expect(names(found.terms)).toEqual(names(terms));
  });
});

describe("growing-basis fails where it must, and says so", () => {
  const told = { terms: 3, degree: 3, least: 0.5 };
  const run = (of: LabelledInvariants): GrowingResult => runNow(growBasis(of, told));

  it("with too few samples", async () => {
    const outcome = await learn({ degree: 3 }, 1, { samples: 100 });
    expect(outcome.exact).toBe(false);
    expect(outcome.details!["complete"]).toBe(false);
  });

  it("with labels that do not depend on the input", () => {
    const noise = normals(keyFor("labels"), new Float64Array(30_000));
    const found = run(data(parseInvariants("hermite", 10), [], 30_000, (i) => noise[i]));
    expect(found.terms).toEqual([]);
    expect(found.complete).toBe(false);
  });

  it("with dependent generators: power sums of one vector", () => {
    const sums = powerSums(8);
    let complete = 0;
    for (let seed = 0; seed < 3; seed++) {
      const terms = drawTerms(keyFor("dependent", seed), { variables: 8, degree: 3, terms: 3 });
      const found = run(data(sums, terms, 16_000));
      const right = String(names(found.terms)) === String(names(terms));
      if (found.complete) complete++;
      expect(right && found.complete).toBe(false);
    }
    expect(complete).toBe(0);
  });

  it("with labels of a higher degree than it is told", () => {
    const terms = drawTerms(keyFor("higher"), { variables: 10, degree: 5, terms: 3 });
    const found = run(data(parseInvariants("legendre", 10), terms, 30_000));
    expect(found.complete).toBe(false);
  });

  it("with inputs +-1, refused with the reason", () => {
    const signs = { ...parseInvariants("legendre", 3).law, id: "signs", recurrence: (n: number) => ({ a: new Float64Array(n), b: Float64Array.from({ length: n }, (_, t) => (t < 2 ? 1 : 0)) }) };
    expect(() => runNow(growTerms({ law: signs, variables: 3, ...told, chunks: () => [] }))).toThrow(/x\^2 = 1/);
    expect(() => family.parse({ invariants: "cube" })).toThrow(/x\^2 = 1/);
    for (const f of families)
      expect(growingBasis.refusal(f) === null, f.id).toBe(f.id === "invariant-polynomial");
  }); // prettier-ignore
});
