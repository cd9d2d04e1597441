/** Options that nobody reads are refused, and every option that is named has an effect. */

import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { drawInstance } from "../../src/run/task.ts";
import { families, familyById } from "../../src/family/registry.ts";
import { batches } from "../../src/learner/batches.ts";
import { trainByGradient, type TrainOptions } from "../../src/learner/gradient-descent.ts";
import type { Learner, LearnOptions } from "../../src/learner/learner.ts";
import { learners } from "../../src/learner/registry.ts";

const small: Record<string, Record<string, unknown>> = {
  "gnn-degree-parity": { n: 6 },
  "gnn-hidden-plane": { n: 1, d: 4, k: 2 },
  "invariant-polynomial": { variables: 3, degree: 2, terms: 2 },
};
const two = {
  samples: [1024, 2048],
  noise: [0, 0.4],
  tau: [1e-3, 0.5],
} as const satisfies Record<keyof LearnOptions, readonly [number, number]>;

async function outcome(learner: Learner, options: Partial<LearnOptions>): Promise<unknown> {
  const family = families
    .toReversed()
    .find((f) => Object.hasOwn(small, f.id) && learner.refusal(f) === null)!;
  const instance = drawInstance(family, family.parse(small[family.id]), 0);
  const { stepsPerSecond: _rate, ...rest } = await learner.learn({
    family,
    instance,
    easy: false,
    seed: 0,
    options,
  });
  return rest;
}

describe.each(learners.map((learner) => ({ id: learner.id, learner })))("$id", ({ learner }) => {
  it("is changed by each option that it names", async () => {
    const base: Partial<LearnOptions> = learner.options.includes("samples")
      ? { samples: two.samples[0] }
      : {};
    const before = await outcome(learner, base);
    expect(await outcome(learner, base)).toEqual(before);
    for (const name of learner.options)
      expect([name, await outcome(learner, { ...base, [name]: two[name][1] })]).not.toEqual([name, before]);
  });

  it("refuses the others, the default value too", async () => {
    for (const name of ["samples", "noise", "tau"] as const)
      if (!learner.options.includes(name))
        await expect(outcome(learner, { [name]: two[name][0] })).rejects.toThrow(
          `--${name}: not read by ${learner.id}; allowed: --`,
        );
  });
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
