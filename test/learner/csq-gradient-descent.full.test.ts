/** A whole run through the oracle: 200 steps, too long for the quick suite. */

import { expect, it } from "vitest";
import { drawInstance } from "../../src/family/draw.ts";
import { studentOf } from "../../src/family/family.ts";
import { gnnDegreeParity } from "../../src/family/gnn-degree-parity/index.ts";
import { csqGradientDescent } from "../../src/learner/csq-gradient-descent.ts";
import { weightCount } from "../../src/network/network.ts";

it("counts one query a weight and step", async () => {
  const instance = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n: 6 }), 0);
  const job = { family: gnnDegreeParity, instance, easy: true, seed: 0, options: { tau: 0.01 } };
  const outcome = await csqGradientDescent.learn(job);
  const sizes = { layers: 2, width: 16, readoutLayers: 1, pool: "mean" } as const;
  expect(outcome.queries).toBe(200 * weightCount(studentOf(gnnDegreeParity, instance, sizes)));
  expect(outcome.samples).toBeNull();
});
