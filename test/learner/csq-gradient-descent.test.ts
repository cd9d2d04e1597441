import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { perExample } from "../../src/engine/train/per-example.ts";
import { createTrainer } from "../../src/engine/train/trainer.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { studentOf } from "../../src/family/family.ts";
import { gnnDegreeParity } from "../../src/family/gnn-degree-parity/index.ts";
import { gradientDescent } from "../../src/learner/own-architecture.ts";
import { csqGradientDescent, descend } from "../../src/learner/csq-gradient-descent.ts";
import { evaluate } from "../../src/learner/evaluate.ts";
import { initialise } from "../../src/network/initialise.ts";
import { weightCount } from "../../src/network/network.ts";
import { adversary } from "../../src/query/oracle/adversary.ts";
import { membersOn } from "../../src/query/oracle/members.ts";
import { samplePopulation } from "../../src/query/oracle/population.ts";
import { populationOracle } from "../../src/query/oracle/target-oracle.ts";

const instance = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n: 6, degrees: [1] }), 0);
const network = studentOf(gnnDegreeParity, instance, { layers: 2, width: 6, readoutLayers: 1, pool: "mean" });
const weights = initialise(network, keyFor("weights"));
const population = samplePopulation(instance.law, keyFor("population"), 1500);
const oracleWith = (tolerance: number, noise: "none" | "uniform") =>
  populationOracle({ label: instance.hard.label, signs: true }, population, { tolerance, noise, key: keyFor("noise") }); // prettier-ignore

it("per-example gradients are differences, and pads do not show", async () => {
  const program = await perExample(network, 8);
  const samples = instance.law.sample(keyFor("few"), 5);
  const s = stream(keyFor("kinks")); // biases of 0 put units without input exactly at relu's kink
  const flat = Float32Array.from(
    Object.keys(network.weights).flatMap((name) => [...weights[name]]),
    (w) => w + 0.1 * s.normal(),
  );
  const encoded = network.encode(samples);
  const { predictions, gradients } = await program.run(flat, encoded, 5);
  expect([predictions.length, gradients.length]).toEqual([5, 5 * program.size]);
  for (const i of [0, 7, program.size - 2, program.size - 1]) {
    const at = async (step: number) => (await program.run(flat.map((w, j) => (j === i ? w + step : w)), encoded, 5)).predictions; // prettier-ignore
    const [up, down] = [await at(1e-3), await at(-1e-3)];
    for (let x = 0; x < 5; x++) expect(gradients[i * 5 + x]).toBeCloseTo((up[x] - down[x]) / 2e-3, 2);
  }
  await program.dispose();
});

describe("descent through an oracle", () => {
  it("with exact answers is full-batch gradient descent: the trainer's own steps", async () => {
    const oracle = oracleWith(0, "none");
    const hypothesis = await descend(oracle, { network, weights, steps: 5, lr: 0.01 });
    expect(oracle.asked()).toBe(5 * weightCount(network));
    const trainer = await createTrainer({ network, loss: "squared", optimizer: "adam", lr: 0.01, batch: 1500, weights }); // prettier-ignore
    const labels = Float32Array.from(instance.hard.label(population.points));
    for (let step = 0; step < 5; step++) await trainer.step(network.encode(population.points), labels);
    const expected = trainer.weights();
    for (const name of Object.keys(expected))
      hypothesis.weights[name].forEach((w, i) => expect(Math.abs(w - expected[name][i])).toBeLessThan(2e-3));
    const [a, b] = [await hypothesis.predict(population.points), await trainer.predict(network.encode(population.points), 1500)]; // prettier-ignore
    a.forEach((x, i) => expect(Math.abs(x - b[i])).toBeLessThan(0.02));
    await trainer.dispose();
    await hypothesis.dispose();
  });

  it("learns the easy twin from honest answers", async () => {
    const { easy } = instance;
    const oracle = populationOracle({ label: easy.label, signs: true }, population, { tolerance: 1e-3, noise: "uniform", key: keyFor("noise") }); // prettier-ignore
    const hypothesis = await descend(oracle, { network, weights, steps: 90, lr: 0.05 });
    expect(hypothesis.diverged).toBe(false);
    const test = instance.law.sample(keyFor("test"), 4000);
    const predictions = await hypothesis.predict(test);
    await hypothesis.dispose();
    expect(evaluate(predictions, easy.label(test), "sign", easy.mean).explainedVariance).toBeGreaterThan(0.4);
  });

  it("that goes too far says so, and ends with the step that did", async () => {
    const oracle = oracleWith(0, "none");
    const hypothesis = await descend(oracle, { network, weights, steps: 5, lr: 1e30 });
    expect([hypothesis.diverged, oracle.asked() < 5 * weightCount(network)]).toEqual([true, true]);
    await hypothesis.dispose();
  });

  it("learns none of the members that survive an adversary", async () => {
    const list = gnnDegreeParity.members!(instance.params, { seed: 0 });
    const opponent = adversary(await membersOn(list, population), 0.7, true);
    const hypothesis = await descend(opponent.oracle, { network, weights, steps: 40, lr: 0.05 });
    const predictions = await hypothesis.predict(population.points);
    await hypothesis.dispose();
    const left = opponent.survivors();
    expect(left.length).toBeGreaterThan(1);
    const error = (i: number): number => {
      const labels = list.values(population.points, i, i + 1);
      return labels.reduce((sum, y, x) => sum + (y - predictions[x]) ** 2, 0) / labels.length;
    };
    // the zero function has error 1
    expect(left.reduce((sum, i) => sum + error(i), 0) / left.length).toBeGreaterThan(0.9);
  });
});

describe("the learner", () => {
  const job = {
    family: gnnDegreeParity,
    instance,
    easy: true,
    seed: 0,
    options: { tau: 0.01 },
  };

  it.each([csqGradientDescent, gradientDescent])(
    "has no outcome when it is interrupted: $id",
    async (learner) => {
      const controller = new AbortController();
      const onProgress = (): void => controller.abort();
      const options = learner === csqGradientDescent ? job.options : {};
      const learning = learner.learn({ ...job, options, signal: controller.signal, onProgress });
      await expect(learning).rejects.toMatchObject({ name: "AbortError" });
    },
  );
});
