/** Trainings with noise on their gradients: what is run, what the record says of it, and the worked example of the theorem. */

import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { numpy } from "../../../src/engine/lower/jax.ts";
import { drawInstance } from "../../../src/family/draw.ts";
import { familyById } from "../../../src/family/registry.ts";
import { trainByGradient, type TrainRun } from "../../../src/learner/gradient-descent.ts";
import { noisyDescent, project } from "../../../src/learner/noisy/descent.ts";
import { sumSource } from "../../../src/learner/noisy/source.ts";
import type { TrainOptions } from "../../../src/learner/training-options.ts";
import type { Network } from "../../../src/network/network.ts";
import { noisyBound } from "../../../src/query/noisy-gradient.ts";
import { exactly, rational } from "../../../src/numeric/rational.ts";

async function trained(
  id: string,
  params: object,
  options: Partial<TrainOptions>,
  seed = 0,
  easy = false,
): Promise<TrainRun> {
  // prettier-ignore
  const family = familyById(id);
  const instance = drawInstance(family, family.parse(params), seed);
  const all = { width: 6, testSamples: 500, steps: 30, optimizer: "sgd" as const, lr: 0.02, ...options };
  return trainByGradient({ family, instance, easy, seed: 0, options: all });
}

const plane = { n: 1, d: 8, k: 4 };
const one = { layers: 1, readoutLayers: 0 };
const noise = { gradientNoise: 0.1, ball: 5 };

describe("what is run", () => {
  it("is the population's gradient where that is exact, and says what it is where not", async () => {
    const closed = await trained("gnn-hidden-plane", plane, { ...one, ...noise });
    expect(closed.result.gradientNoise).toMatchObject({
      over: "closed-form", sigma: 0.1, ball: 5, equivalentNoise: 0.05, parameters: 54, held: ["layer1.b", "out.b"],
      gradientNorm: expect.closeTo(5 / Math.SQRT2, 12), variation: (30 * 8 * 25) / 2, variationFrom: "ball", covered: true,
    }); // prettier-ignore
    expect(closed.options).not.toHaveProperty("batch");
    const { sum, standardError } = closed.result.gradientNoise!.trace;
    expect([sum > 0, sum < (30 * 8 * 25) / 2, standardError]).toEqual([true, true, 0]);

    const law = (await trained("gnn-degree-parity", { n: 4 }, noise)).result.gradientNoise!;
    expect(law).toMatchObject({ over: "enumerated", variation: null, covered: false, gradientNorm: null });
    expect(law.says.join(" ")).toContain("measured, not proved");

    const set = (await trained("gnn-degree-parity", { n: 8 }, { ...noise, samples: 50, variation: 1e4 })).result.gradientNoise!;
    expect(set).toMatchObject({ over: "fixed-set", variation: 1e4, variationFrom: "halting rule", covered: true });
    expect(set.says[0]).toContain("the uniform law on these inputs, for which the family's certificate says nothing");

    const batches = await trained("gnn-degree-parity", { n: 8 }, noise);
    expect(batches.result.gradientNoise).toMatchObject({ over: "batches", covered: false });
    expect(batches.options.batch).toBe(256);
    expect(batches.result.gradientNoise!.trace.standardError).toBeGreaterThan(0);
    expect(batches.result.gradientNoise!.says[0]).toContain("another algorithm");
    // a perceptron tells relabelled graphs apart; a second layer has no closed form
    expect((await trained("gnn-degree-parity", { n: 4 }, { ...noise, student: "mlp" })).result.gradientNoise!.over).toBe("batches");
    expect((await trained("gnn-hidden-plane", plane, { ...noise, steps: 2 })).result.gradientNoise!.over).toBe("batches");
  }); // prettier-ignore

  it("is not covered where it starts at the target or stops by labels", async () => {
    const { says, covered } = (await trained("gnn-hidden-plane", { ...plane, k: 2 }, { ...one, ...noise, width: 8, init: "teacher", stopAt: 0.5 })).result.gradientNoise!; // prettier-ignore
    expect(covered).toBe(false);
    expect(says.join(" ")).toMatch(/starts at the target.*looking at labels/);
  });

  it("halts before the traces sum up to more than V, and no sooner", async () => {
    const free = (await trained("gnn-degree-parity", { n: 4 }, noise)).result;
    const v = free.gradientNoise!.trace.sum / 2;
    const halted = (await trained("gnn-degree-parity", { n: 4 }, { ...noise, variation: v })).result;
    expect([halted.stopped, halted.steps < 30]).toEqual(["halted", true]);
    expect(halted.gradientNoise!.trace.sum).toBeLessThanOrEqual(v);
    const same = (await trained("gnn-degree-parity", { n: 4 }, { ...noise, steps: halted.steps + 1 })).result;
    expect(same.gradientNoise!.trace.sum).toBeGreaterThan(v);
    expect(free.stopped).toBe("budget");
  });

  it("learns the easy twin through little noise, the target of the same form not at all at k = 4 and d = 8", async () => {
    const long = { ...one, width: 32, steps: 600, lr: 0.05, gradientNoise: 0.02, ball: 20 };
    const easy = (await trained("gnn-hidden-plane", plane, long, 0, true)).result.final.explainedVariance!;
    expect(easy).toBeGreaterThan(0.8);
    const without = await trained("gnn-hidden-plane", plane, { ...long, control: "null" }, 0, true);
    expect(without.result.final.explainedVariance).toBeLessThan(0.1);
  });

  it("without the labels' part is the same for every target, by all its roads", async () => {
    for (const [id, params, options] of [
      ["gnn-hidden-plane", plane, { ...one, ...noise }],
      ["gnn-degree-parity", { n: 5 }, noise],
      ["gnn-degree-parity", { n: 5 }, { ...noise, loss: "logistic" }],
    ] as const) {
      const traces = async (control: "none" | "null"): Promise<number[]> => [
        (await trained(id, params, { ...options, control }, 1)).result.gradientNoise!.trace.sum,
        (await trained(id, params, { ...options, control }, 2)).result.gradientNoise!.trace.sum,
      ];
      const [a, b] = await traces("null");
      expect(a).toBe(b);
      const [c, d] = await traces("none");
      expect(c).not.toBe(d); // negative control
    }
  });

  it("refuses what it does not read", async () => {
    for (const [options, words] of [
      [{ gradientNoise: 1 }, /--ball: missing/],
      [{ ball: 1 }, /--ball: not read by a training without --gradient-noise/],
      [{ variation: 1 }, /--variation: not read by a training without/],
      [{ ...noise, loss: "l1" }, /--loss: the theorem needs gradients whose part with the label is linear/],
      [{ ...noise, samples: 9, batch: 3 }, /--batch: not read by a training on the whole of a fixed set/],
      [{ ...noise, noise: 0.1 }, /--noise: not read by a training on the whole law/],
      [{ ...noise, batch: 3, variation: 9 }, /--variation: not read by a training on fresh batches, whose trace is a sample/],
      [{ control: "null", loss: "logistic" }, /--control: the logistic loss has no null labels/],
      [{ ...noise, width: 64, samples: 1_000_000 }, /too many for a step on all/],
    ] as const)
      await expect(trained("gnn-degree-parity", { n: 4 }, options)).rejects.toThrow(words);
  }); // prettier-ignore

  it("is not begun for plain trainings: their null run has labels 0", async () => {
    const plain = (seed: number, control: "none" | "null") =>
      trained("gnn-hidden-plane", plane, { ...one, steps: 5, batch: 8, control }, seed);
    const { result, options } = await plain(1, "null");
    expect([result.gradientNoise, options.batch]).toEqual([undefined, 8]);
    expect(result.final.correlation).not.toBe((await plain(1, "none")).result.final.correlation);
  });
});

it("weights are projected onto the ball and no further", () => {
  const [inside, outside] = [Float64Array.of(0.6, 0.8), Float64Array.of(3, 4)];
  project(inside, 1.0000001);
  project(outside, 1);
  expect([...inside]).toEqual([0.6, 0.8]);
  expect(Math.hypot(...outside)).toBeCloseTo(1, 15);
});

describe("the theorem's worked example, run", () => {
  const runs = 4000;
  /** f_w = w h on two equally likely points, h = (1, -1), ||h|| = 1; as many times, each with noise of its own. */
  const lines: Network = {
    architecture: { network: "lines" },
    inputs: { h: [1] },
    weights: { w: [1, runs] },
    fanIn: {},
    encode: ({ data }) => ({ h: data as Float32Array }),
    forward: ({ w }, { h }) => numpy.sum(numpy.matmul(h, w), 1),
  };
  const samples = { count: 2, shape: [1], data: Float32Array.of(1, -1) };
  /** Two orthonormal members. */
  const members = [Float64Array.of(Math.SQRT2, 0), Float64Array.of(0, Math.SQRT2)];

  it("succeeds with probability .58, within the bound .6, which the wrong convention would put at .55", async () => {
    const sigma = 5 * Math.SQRT2;
    let right = 0;
    for (const [hidden, labels] of members.entries()) {
      const examples = () => ({ samples, labels });
      const options = { network: lines, loss: "squared", crossed: true, count: 2, examples } as const;
      const descent = await noisyDescent({
        network: lines,
        source: await sumSource("enumerated", options),
        weights: { w: new Float32Array(runs) },
        sigma,
        ball: 1e6,
        variation: runs, // tr K = 1 in each
        optimizer: "sgd",
        lr: 1,
        key: keyFor("worked", hidden),
      });
      await descent.steps({}, descent.stack(1).labels);
      expect(descent.trace.sum).toBe(runs);
      right += descent.weights()["w"].reduce((sum, w) => sum + (w > 0 === (hidden === 0) ? 0.5 : 0), 0);
      await descent.dispose();
    }
    const error = Math.sqrt(0.125 / runs);
    expect(Math.abs(right / runs - 0.57926)).toBeLessThan(3 * error);
    const [found, terms] = [right / runs, { dimension: rational(2), rho: rational(1), sigma: exactly(sigma), variation: rational(1) }];
    expect(found).toBeLessThan(noisyBound("squared", terms).success);
    expect(noisyBound("squared", terms).success).toBeCloseTo(0.6, 6);
    expect(found).toBeGreaterThan(noisyBound("half-squared", terms).success); // negative control
  });
}); // prettier-ignore
