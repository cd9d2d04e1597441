/** Noise is seen about as rarely as the level says, and an effect of the size stated about as often as it says. */

import { expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { detectable, power } from "../../src/diagnose/detectable.ts";
import { energyOf, type Functions } from "../../src/diagnose/energy.ts";
import { standardised } from "../../src/diagnose/labels.ts";

const columns = (seed: number, count: number, examples: number): Functions => {
  const values = new Float32Array(count * examples);
  for (let f = 0; f < count; f++)
    values.set(standardised(normals(keyFor("column", seed, f), new Float64Array(examples))), f * examples);
  return { count, examples, values };
};

it.each([
  [1, 400],
  [5, 200],
  [60, 300],
])("with %i functions on %i examples", async (p, n) => {
  const [level, trials] = [0.05, 200];
  const noise = (trial: number) => normals(keyFor("noise", p, trial), new Float64Array(n));
  // what it says it would have seen, by the middle of nine examples of noise
  const said: number[] = [];
  for (let seed = 0; seed < 9; seed++) {
    const energy = await energyOf(columns(-seed, p, n), standardised(noise(-seed)), keyFor("said", seed));
    said.push(detectable(energy, level, n) ?? Infinity);
  }
  const share = said.sort((a, b) => a - b)[4];
  let [seen, wrong] = [0, 0];
  for (let trial = 1; trial <= trials; trial++) {
    const functions = columns(trial, p, n);
    const own = noise(trial);
    const label = own.map((e, i) => Math.sqrt(share) * functions.values[i] + Math.sqrt(1 - share) * e);
    if ((await energyOf(functions, standardised(label), keyFor("trial", trial))).p <= level) seen++;
    if ((await energyOf(functions, standardised(own), keyFor("null", trial))).p <= level) wrong++;
  }
  // four standard deviations of a binomial, and for the power what three moments leave open
  expect(wrong / trials).toBeLessThan(level + 4 * Math.sqrt((level * (1 - level)) / trials));
  expect(Math.abs(seen / trials - power)).toBeLessThan(0.05 + 4 * Math.sqrt((power * (1 - power)) / trials));
});
