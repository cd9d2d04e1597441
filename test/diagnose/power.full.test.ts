/**
 * Noise is seen no more often than the level says, and an effect of the size stated at least as often as it says.
 *
 * The level's test is exact: four standard deviations of a binomial are all that is allowed. The power's is stated by
 * an estimate from one sample, of which the middle of nine is taken, and gets no more.
 */

import { expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { detectable, power } from "../../src/diagnose/detectable.ts";
import { energyOf, type Functions } from "../../src/diagnose/energy.ts";
import { standardised } from "../../src/diagnose/labels.ts";

const LEVEL = 0.05;
const spread = (p: number, trials: number): number => 4 * Math.sqrt((p * (1 - p)) / trials);

const columns = (seed: number, count: number, examples: number): Functions => {
  const values = new Float32Array(count * examples);
  for (let f = 0; f < count; f++)
    values.set(standardised(normals(keyFor("column", seed, f), new Float64Array(examples))), f * examples);
  return { count, examples, values };
};

/** Noise, beside functions, of one trial. */
const noise = (p: number, n: number, trial: number): Float64Array =>
  normals(keyFor("noise", p, trial), new Float64Array(n));

/** In which share of trials the first of p functions is seen that explains so much of the label. */
async function seen(p: number, n: number, share: number, trials: number): Promise<number> {
  let times = 0;
  for (let trial = 1; trial <= trials; trial++) {
    const functions = columns(trial, p, n);
    const label = noise(p, n, trial).map(
      (e, i) => Math.sqrt(share) * functions.values[i] + Math.sqrt(1 - share) * e,
    );
    const energy = await energyOf(functions, standardised(label), keyFor("trial", share, trial));
    if (energy.p <= LEVEL) times++;
  }
  return times / trials;
}

/** What it says it would have seen, of nine samples of noise. */
async function said(p: number, n: number): Promise<(number | null)[]> {
  const found: (number | null)[] = [];
  for (let seed = 0; seed < 9; seed++) {
    const label = standardised(noise(p, n, -seed));
    found.push(detectable(await energyOf(columns(-seed, p, n), label, keyFor("said", seed)), LEVEL, n));
  }
  return found;
}

it.each([
  [1, 200],
  [5, 200],
  [60, 300],
])("with %i functions on %i examples", async (p, n) => {
  const share = (await said(p, n)).map((s) => s ?? Infinity).sort((a, b) => a - b)[4];
  expect(share).toBeLessThan(1);
  expect(await seen(p, n, 0, 400)).toBeLessThan(LEVEL + spread(LEVEL, 400));
  expect(await seen(p, n, share, 400)).toBeGreaterThan(power - spread(power, 400));
  // and it is no boundless understatement
  expect(await seen(p, n, share / 3, 100)).toBeLessThan(power);
});

it.each([
  [1, 100],
  [5, 100],
])("with %i functions on %i examples it does not say: the tail's guard decides there", async (p, n) => {
  expect((await said(p, n)).filter((s) => s !== null)).toEqual([]);
  expect(await seen(p, n, 0, 400)).toBeLessThan(LEVEL + spread(LEVEL, 400));
});
