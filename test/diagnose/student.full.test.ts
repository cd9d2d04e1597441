/** What a graph network makes of a label that no sum over all pairs shows: how unequal the degrees are. */

import { expect, it } from "vitest";
import { bits, keyFor } from "../../src/base/random.ts";
import type { LabelledData } from "../../src/dataset/labelled.ts";
import { actOn } from "../../src/diagnose/action.ts";
import { heldOut, judged } from "../../src/diagnose/learners/compare.ts";
import { gradientDescent } from "../../src/diagnose/learners/descent.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";

const [n, count] = [16, 300];

/** Graphs with each edge at probability 1/2, labelled by the sum of squared deviations of their degrees. */
function examples(shuffled: boolean): LabelledData {
  const inputs = new Float64Array(count * n * n);
  const labels = new Float64Array(count);
  for (let s = 0; s < count; s++) {
    const coins = bits(keyFor("graph", s), new Uint32Array(n * n));
    const degree = new Float64Array(n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++)
        if (coins[i * n + j] >>> 31 === 1) {
          inputs[(s * n + i) * n + j] = inputs[(s * n + j) * n + i] = 1;
          degree[i]++;
          degree[j]++;
        }
    const middle = degree.reduce((a, b) => a + b) / n;
    labels[shuffled ? (s + 150) % count : s] = degree.reduce((sum, d) => sum + (d - middle) ** 2, 0);
  }
  return { kind: "graphs", label: "y", count, total: count, shape: [n, n], padded: 0, inputs, labels };
}

it.each([
  ["of the graphs themselves", false],
  ["of other graphs", true],
])("labels %s", async (_, shuffled) => {
  const data = heldOut(actOn(examples(shuffled), parseGroup(`symmetric:${n}`)), 1);
  const found = await judged(gradientDescent, { data, degree: 1, key: keyFor("learner"), told: () => {} });
  expect(found.note).toBe("graph network");
  if (shuffled) expect(found.p).toBeGreaterThan(0.01);
  else {
    expect(found.explained).toBeGreaterThan(0.6);
    expect(found.p).toBeLessThanOrEqual(1e-3);
  }
});
