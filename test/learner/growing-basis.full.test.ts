import { describe, expect, it } from "vitest";
import { drawInstance } from "../../src/family/draw.ts";
import { familyById } from "../../src/family/registry.ts";
import { growingBasis } from "../../src/learner/growing-basis.ts";

const family = familyById("invariant-polynomial");
const seeds = [0, 1, 2, 3, 4];

/** Whether the terms are found, for each seed. */
const found = (params: Record<string, unknown>, samples: number): Promise<boolean[]> =>
  Promise.all(
    seeds.map(async (seed) => {
      const instance = drawInstance(family, family.parse(params), seed);
      const outcome = await growingBasis.learn({ family, instance, easy: false, seed, options: { samples, noise: 0 } });
      return outcome.exact === true && outcome.details?.["complete"] === true;
    }),
  ); // prettier-ignore

describe("growing-basis at degree 4 in 20 variables", () => {
  it.each(["sign-flips", "rotations:3", "power-spectrum", "hermite", "legendre"])(
    "finds every term of %s from 100,000 examples, five instances of five",
    async (invariants) => {
      expect(await found({ invariants, variables: 20, degree: 4, terms: 3 }, 100_000)).toEqual(seeds.map(() => true));
    },
    120_000,
  ); // prettier-ignore

  it("stops somewhere: heavy tails need more than 3000", async () => {
    const outcomes = await found({ invariants: "sign-flips", variables: 20, degree: 4, terms: 3 }, 3000);
    expect(outcomes).toContain(false);
  });
});
