import { expect, it } from "vitest";
import { learnerById } from "../../src/learner/registry.ts";
import { lowDegree } from "../../src/learner/low-degree.ts";
import { lowDegreeFeatures } from "../../src/learner/low-degree-features.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { keyFor } from "../../src/base/random.ts";
import { ladderPoint } from "./symmetry-ladder.ts";
import { randomInvariants } from "./random-invariants.ts";

it("spectral averaging is a name of the learner, whose eigenspaces are counted", () => {
  expect(learnerById("spectral-averaging")).toBe(lowDegree);
  expect(() => learnerById("spectral-average")).toThrow(/unknown/);
  const params = randomInvariants.parse({ group: "cyclic:8", degree: 4 });
  const instance = drawInstance(randomInvariants, params, 0);
  const vectors = randomInvariants.vectors?.(instance);
  if (vectors === undefined) throw new Error("no vectors");
  const { eigenspaces, count } = lowDegreeFeatures(vectors, 1000);
  expect(eigenspaces.reduce((sum, e) => sum + e.functions, 0)).toBe(495);
  expect(count).toBe(eigenspaces.reduce((sum, e) => sum + e.invariant, 0));
  expect(eigenspaces.map((e) => e.invariant)).toEqual([1, 1, 5, 15, 43]);
});

it("random invariants have norm 1 and are invariant", () => {
  const instance = drawInstance(
    randomInvariants,
    randomInvariants.parse({ group: "cyclic:6", degree: 3 }),
    1,
  );
  const samples = instance.law.sample(keyFor("x"), 20_000);
  const labels = instance.hard.label(samples);
  expect(Math.abs(labels.reduce((sum, y) => sum + y * y, 0) / 20_000 - 1)).toBeLessThan(0.1);
  const { data } = samples;
  const turned = Float32Array.from(data, (_, at) => data[at - (at % 6) + (((at % 6) + 1) % 6)]);
  const moved = instance.hard.label({ ...samples, data: turned });
  expect(Math.max(...moved.map((y, i) => Math.abs(y - labels[i])))).toBeLessThan(1e-9);
});

it("learning takes about as many examples as there are functions", async () => {
  for (const [group, degree] of [
    ["symmetric:6", 3],
    ["cyclic:6", 3],
  ] as const) {
    const { functions, samples } = await ladderPoint(group, degree, 1);
    for (const size of samples) {
      expect(size).toBeGreaterThanOrEqual(functions / 4);
      expect(size).toBeLessThan(5 * functions + 20);
    }
  }
});
