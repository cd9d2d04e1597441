/** Options that nobody reads are refused, and every option that is named has an effect. */

import { describe, expect, it } from "vitest";
import { optionFlag } from "../../src/base/options.ts";
import { keyFor } from "../../src/base/random.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { familyById } from "../../src/family/registry.ts";
import { batches } from "../../src/learner/batches.ts";
import { trainByGradient } from "../../src/learner/gradient-descent.ts";
import type { TrainOptions } from "../../src/learner/training-options.ts";
import type { Learner } from "../../src/learner/learner.ts";
import { learnerById, learners } from "../../src/learner/registry.ts";
import { effects, finalOf, names, quickLearners, values } from "./effects.ts";

it.each(quickLearners)(
  "$id is changed by each option that it names, and by nothing else",
  async (learner) => {
    expect(await effects(learner)).toEqual({ unread: [], repeats: true });
  },
);

it("an option without effect is found (negative control)", async () => {
  const learner = learnerById("parity-class");
  const careless: Learner = { ...learner, learn: (job) => learner.learn({ ...job, options: {} }) };
  expect(await effects(careless)).toEqual({ unread: ["tau"], repeats: true });
});

it.each(learners)("$id refuses the others, their default values too", async (learner) => {
  for (const name of names)
    if (!learner.options.includes(name))
      await expect(finalOf(learner, { [name]: values[name][0] })).rejects.toThrow(
        `${optionFlag(name)}: not read by ${learner.id}; allowed: --`,
      );
});

describe("training", () => {
  const family = familyById("gnn-degree-parity");
  const instance = drawInstance(family, family.parse({ n: 6 }), 0);
  const run = (options: Partial<TrainOptions>) =>
    trainByGradient({ family, instance, easy: false, seed: 0, options: { steps: 3, batch: 32, testSamples: 100, ...options } }); // prettier-ignore

  it("refuses sizes that the student does not read, and does not report them as used", async () => {
    for (const pool of ["mean", "sum"] as const)
      await expect(run({ student: "mlp", pool })).rejects.toThrow(
        "--pool: not read by the student mlp; allowed: --layers, --width, --readout-layers",
      );
    expect((await run({ student: "mlp", width: 8 })).options).toMatchObject({
      student: "mlp",
      width: 8,
      layers: 2,
    });
    expect((await run({ student: "mlp" })).options).not.toHaveProperty("pool");
    expect((await run({ pool: "sum" })).options).toMatchObject({ pool: "sum", noise: 0 });
  });

  it.each([undefined, 4000])(
    "flips a share of the labels, the same ones each time; fixed set of %s",
    (samples) => {
      const at = (noise: number) => batches(instance, instance.hard, { batch: 4000, samples, shuffleLabels: false, noise }, 0).at(3).labels; // prettier-ignore
      const [clean, noisy] = [at(0), at(0.3)];
      const flipped = noisy.reduce((sum, y, i) => sum + (y === clean[i] ? 0 : 1), 0) / noisy.length;
      expect(Math.abs(flipped - 0.3)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / 4000));
      expect(at(0.3)).toEqual(noisy);
    },
  );

  it("adds Gaussian noise to real labels, in units of their spread", () => {
    const plane = familyById("gnn-hidden-plane");
    const drawn = plane.draw(plane.parse({ n: 1, d: 6, k: 2 }), keyFor("noise"));
    const at = (noise: number) => batches(drawn, drawn.hard, { batch: 20_000, shuffleLabels: false, noise }, 0).at(0).labels; // prettier-ignore
    const [clean, noisy] = [at(0), at(0.5)];
    const error = noisy.reduce((sum, y, i) => sum + (y - clean[i]) ** 2, 0) / noisy.length;
    const variance = drawn.hard.secondMoment.value - drawn.hard.mean.value ** 2;
    expect(error / variance).toBeGreaterThan(0.25 * (1 - 5 * Math.sqrt(2 / 20_000)));
    expect(error / variance).toBeLessThan(0.25 * (1 + 5 * Math.sqrt(2 / 20_000)));
  });
});
