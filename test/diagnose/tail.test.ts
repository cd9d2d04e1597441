/** Terms of mean 0 whose tail the examples lack are not called more than 0; light terms lose little. */

import { expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { mean } from "../../src/base/statistics.ts";
import { unseenBelow } from "../../src/diagnose/tail.ts";

const [N, TRIALS] = [1000, 200];
/** 0.01, one-sided. */
const CRITICAL = 2.33;

/** How often the sum of N terms, each a function of a standard normal variable, is called more than 0. */
function called(term: (z: number) => number, guarded: boolean): number {
  let times = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const terms = normals(keyFor("terms", trial), new Float64Array(N)).map(term);
    const middle = mean(terms);
    const sure = middle - (guarded ? unseenBelow(terms).sum / N : 0);
    const spread = Math.sqrt(mean(terms.map((t) => (t - middle) ** 2)));
    if ((sure / spread) * Math.sqrt(N) > CRITICAL) times++;
  }
  return times / TRIALS;
}

/** Of mean 0: E exp(s z) = exp(s^2 / 2). */
const missing = (z: number): number => Math.exp(2 ** 2 / 2) - Math.exp(2 * z);

it("a heavy tail that is not there deceives Student's t, not the guarded one", () => {
  expect(called(missing, false)).toBeGreaterThan(0.05);
  expect(called(missing, true)).toBeLessThanOrEqual(0.03);
});

it("of light terms the level holds, and what is well above 0 is seen", () => {
  expect(called((z) => z, true)).toBeLessThanOrEqual(0.03);
  expect(called((z) => z + 0.2, true)).toBeGreaterThan(0.95);
});

it("is nothing where no term is negative, the largest where many share it, and unknown for a mean that need not exist", () => {
  expect(unseenBelow(Float64Array.of(0, 1, 2)).sum).toBe(0);
  expect(unseenBelow(Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? -3 : 2))).sum).toBe(3);
  // quantiles of the law Pr[X > u] = 1/u
  expect(unseenBelow(Float64Array.from({ length: 400 }, (_, i) => -401 / (i + 1))).sum).toBe(Infinity);
});
