import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { degreeParityLaw } from "../../src/family/gnn-degree-parity/degree-law.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { familyById } from "../../src/family/registry.ts";
import {
  accuracyOf,
  parityClass,
  learnByParityClasses,
  parityTarget,
  parityVectors,
} from "../../src/learner/parity-class.ts";
import { populationOracle } from "../../src/query/oracle/target-oracle.ts";

const law = degreeParityLaw(8, 0.5);
const truth = { mask: 0b01101010, bit: 1 };
const oracleWith = (tolerance: number) =>
  populationOracle(parityTarget(truth), parityVectors(law), { tolerance, noise: "uniform", key: keyFor("classes") }); // prettier-ignore

describe("parity-class queries", () => {
  it.each(["csq", "sq"] as const)("%s: read every bit just where the tolerance allows", async (form) => {
    const { smallestProbability: rarest } = await learnByParityClasses(oracleWith(0), law, form);
    const limit = form === "csq" ? Math.sqrt(rarest) : rarest;
    const oracle = oracleWith(limit * 0.999);
    const below = await learnByParityClasses(oracle, law, form);
    expect([below.read, below.dimension, oracle.asked()]).toEqual([7, 7, 7]);
    expect(accuracyOf(below.found, truth, law)).toBeCloseTo(1, 12);
    const above = await learnByParityClasses(oracleWith(limit * 1.001), law, form);
    expect(above.read).toBeLessThan(7);
  });

  it("accuracy of another function by enumeration", () => {
    const other = { mask: 0b00000010, bit: 0 };
    const [a, b] = [parityTarget(truth), parityTarget(other)].map((t) => t.label(parityVectors(law).points));
    const expected = law.probabilities.reduce((sum, p, x) => sum + (a[x] === b[x] ? p : 0), 0);
    expect(accuracyOf(other, truth, law)).toBeCloseTo(expected, 12);
  });
});

it("on a constant easy twin explains nothing, in numbers", async () => {
  const family = familyById("gnn-degree-parity");
  const instance = drawInstance(family, family.parse({ n: 6, degrees: [5] }), 0);
  expect(instance.easy.mean.value).toBe(1);
  const { final } = await parityClass.learn({ family, instance, easy: true, seed: 0, options: {} });
  expect(final.explainedVariance).toBe(0);
});
