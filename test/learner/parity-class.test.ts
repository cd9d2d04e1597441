import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { degreeParityLaw } from "../../src/distribution/degree-law.ts";
import {
  accuracyOf,
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
