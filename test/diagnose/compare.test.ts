/** A learner's p-value: of labels independent of the input it is small as rarely as it says, whatever their law. */

import { expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import type { LabelledData } from "../../src/dataset/labelled.ts";
import { actOn } from "../../src/diagnose/action.ts";
import { heldOut, judged } from "../../src/diagnose/learners/compare.ts";
import type { DataLearner } from "../../src/diagnose/learners/learner.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";

/** Examples of one number, their labels a function of a normal noise and of that number. */
function pOf(
  trial: number,
  label: (noise: number, x: number) => number,
  predict: (x: number) => number,
  n = 160,
) {
  const inputs = normals(keyFor("input", trial), new Float64Array(n));
  const labels = normals(keyFor("noise", trial), new Float64Array(n)).map((e, i) => label(e, inputs[i]));
  const size = { count: n, total: n, shape: [1], padded: 0 };
  const data: LabelledData = { kind: "vectors", label: "y", ...size, inputs, labels };
  const held = heldOut(actOn(data, parseGroup("trivial:1")), 1);
  const learner: DataLearner = {
    id: "given",
    summary: "",
    statistic: "correlations",
    learn: async () => ({ predictions: held.all.x.subarray(held.train + held.validation).map(predict) }),
  };
  return judged(learner, { data: held, degree: 1, key: keyFor("learner", trial), told: () => {} });
}

const trials = Array.from({ length: 100 }, (_, i) => i);

it.each([
  ["of normal", (e: number) => e],
  ["of heavy tails, without a variance", (e: number) => Math.sign(e) * Math.exp(e * e)],
])("%s noise", async (_, label) => {
  const found = await Promise.all(trials.map((t) => pOf(t, label, (x) => 0.1 * x)));
  // at level 0.05 of 100: more than 14 has probability below 0.0005
  expect(found.filter(({ p }) => p <= 0.05).length).toBeLessThanOrEqual(14);
});

it("of a label that is learned", async () => {
  const { p } = await pOf(
    0,
    (e, x) => x + e,
    (x) => 0.5 * x,
    2000,
  );
  expect(p).toBeLessThan(0.001);
});

it("of a constant, which tells nothing of a label", async () => {
  const { p } = await pOf(
    0,
    (e, x) => x + e,
    () => 0.01,
  );
  expect(p).toBe(1);
});

it("of a label that is learned, where seventy-five examples are held out", async () => {
  const found = await Promise.all(
    trials.map((t) =>
      pOf(
        t,
        (e, x) => x + 0.7 * e,
        (x) => 0.7 * x,
        300,
      ),
    ),
  );
  expect(found.filter(({ p }) => p <= 0.01).length).toBeGreaterThan(90);
});

it("holds predictions within the labels of the training part", async () => {
  const far = await pOf(
    1,
    (e, x) => Math.sign(x + 0.3 * e),
    (x) => 1000 * Math.sign(x),
    100,
  );
  const near = await pOf(
    1,
    (e, x) => Math.sign(x + 0.3 * e),
    (x) => 1.5 * Math.sign(x),
    100,
  );
  expect(far.explained).toBe(near.explained);
});

it.each([
  ["spreads with the input", (e: number, x: number) => e * Math.abs(x) ** 3],
  ["is uncorrelated with it, with noise", (e: number, x: number) => 3 * x - x ** 3 + e],
])("of a label that %s: seldom small", async (_, label) => {
  const found = await Promise.all(trials.map((t) => pOf(t, label, (x) => 0.2 * x, 300)));
  expect(found.filter(({ p }) => p <= 0.05).length).toBeLessThanOrEqual(14);
});
