/** The closed forms of the signal against many samples: the design's own measurement, and averages over a group. */

import { expect, it } from "vitest";
import { mean } from "../../src/base/statistics.ts";
import { familyById } from "../../src/family/registry.ts";
import { gradientSignal } from "../../src/learner/gradient-signal.ts";

const signalOf = (id: string, params: object, options: object, seed = 0) => {
  const family = familyById(id);
  return gradientSignal({ family, params: family.parse(params), seed, options });
};

it("d = 8, k = 4, width 64, 24 planes, 400,000 samples: within four errors, which are below an eighth", async () => {
  const {
    phi,
    standardError,
    predicted = NaN,
  } = await signalOf(
    "gnn-hidden-plane",
    { n: 1, d: 8, k: 4 },
    { student: "mlp", width: 64, samples: 400_000, members: 24 },
  );
  expect(Math.abs(phi - predicted)).toBeLessThan(4 * standardError);
  expect(standardError).toBeLessThan(predicted / 8);
});

it("averaged students on averaged planes: the mean over weights is the closed form, raw and centred", async () => {
  const runs = [];
  for (let seed = 0; seed < 8; seed++) {
    const params = { group: "cyclic:8", k: 4 };
    const measured = await signalOf("cnn-hidden-plane", params, { samples: 30_000, members: 24 }, seed);
    const exact = await signalOf("cnn-hidden-plane", params, {}, seed);
    runs.push({ raw: measured.phi / exact.phi, centred: measured.centred.value / exact.centred.value });
  }
  for (const kind of ["raw", "centred"] as const) {
    const ratios = runs.map((r) => r[kind]);
    const error = Math.sqrt(mean(ratios.map((r) => (r - mean(ratios)) ** 2)) / (ratios.length - 1));
    expect(Math.abs(mean(ratios) - 1), kind).toBeLessThan(4 * error);
    expect(error, kind).toBeLessThan(0.1);
  }
});
