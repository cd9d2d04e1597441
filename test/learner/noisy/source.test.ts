/** Population gradients: sums over classes of graphs against the engine's step on all graphs, closed forms against batches. */

import { describe, expect, it } from "vitest";
import { foldIn, keyFor } from "../../../src/base/random.ts";
import { pack, totalSize } from "../../../src/engine/train/flat.ts";
import { createTrainer } from "../../../src/engine/train/trainer.ts";
import { drawInstance } from "../../../src/family/draw.ts";
import { studentOf, type Family, type StudentOptions } from "../../../src/family/family.ts";
import { familyById } from "../../../src/family/registry.ts";
import type { Instance } from "../../../src/family/instance.ts";
import { initialise } from "../../../src/network/initialise.ts";
import type { Network } from "../../../src/network/network.ts";
import { closedFormSource, sumSource } from "../../../src/learner/noisy/source.ts";

const sizes: StudentOptions = { layers: 2, width: 6, readoutLayers: 1, pool: "mean" };

function start(id: string, params: object, options: StudentOptions) {
  const family: Family = familyById(id);
  const instance: Instance = drawInstance(family, family.parse(params), 3);
  const network = studentOf(family, instance, options);
  const weights = initialise(network, keyFor("weights", network.architecture));
  const flat = new Float64Array(totalSize(network.weights));
  pack(network.weights, weights, flat);
  return { family, instance, network, weights, flat };
}

/** The gradient of the engine's mean loss on a batch: what one step of plain descent at rate 1 moves by. */
async function engineGradient(network: Network, weights: Record<string, Float32Array>, inputs: ReturnType<Network["encode"]>, labels: Float64Array, loss: "squared" | "logistic") {
  const trainer = await createTrainer({ network, loss, optimizer: "sgd", lr: 1, batch: labels.length, weights, type: "float64" }); // prettier-ignore
  const before = trainer.checkpoint().weights;
  await trainer.step(inputs, labels);
  const after = trainer.checkpoint().weights;
  await trainer.dispose();
  return Float64Array.from(before, (w, i) => w - after[i]);
} // prettier-ignore

/** Every labelled graph on 4 nodes, once. */
function allGraphs(): Uint8Array {
  const data = new Uint8Array(64 * 16);
  for (let g = 0; g < 64; g++)
    for (let i = 0, bit = 0; i < 4; i++)
      for (let j = i + 1; j < 4; j++, bit++)
        data[g * 16 + i * 4 + j] = data[g * 16 + j * 4 + i] = (g >> bit) & 1;
  return data;
}

describe("the whole law of small graphs", () => {
  it.each(["squared", "logistic"] as const)("has the engine's gradient on all 64 graphs, %s loss", async (loss) => {
    const { family, instance, network, weights, flat } = start("gnn-degree-parity", { n: 4 }, sizes);
    const { points, weights: probabilities } = family.population!(instance)!;
    expect(points.count).toBe(11);
    const labels = instance.hard.label(points);
    const of = (crossed: boolean) =>
      sumSource("enumerated", { network, loss, crossed, count: points.count, examples: () => ({ samples: points, labels, probabilities }) }); // prettier-ignore
    const source = await of(true);
    const { gradient, traceError } = await source.at(0, flat);
    const all = { count: 64, shape: [4, 4], data: allGraphs() };
    const allLabels = instance.hard.label(all);
    const engine = await engineGradient(network, weights, network.encode(all), allLabels, loss);
    const size = Math.max(...engine.map(Math.abs));
    expect(size).toBeGreaterThan(1e-3);
    for (let i = 0; i < engine.length; i++) expect(Math.abs(gradient[i] - engine[i])).toBeLessThan(1e-6 * size);
    expect(traceError).toBe(0);

    // the null run is the mean of the gradients for y and for -y: what the label multiplies cancels
    const negative = await engineGradient(network, weights, network.encode(all), allLabels.map((y) => -y), loss);
    const none = await of(false);
    const { gradient: null_ } = await none.at(0, flat);
    for (let i = 0; i < engine.length; i++) expect(Math.abs(null_[i] - (engine[i] + negative[i]) / 2)).toBeLessThan(1e-6 * size);
    expect(Math.max(...gradient.map((x, i) => Math.abs(x - null_[i])))).toBeGreaterThan(1e-3 * size); // there is a part
    await Promise.all([source.dispose(), none.dispose()]);
  }); // prettier-ignore
});

describe("a hidden plane of one vector", () => {
  const one: StudentOptions = { layers: 1, width: 5, readoutLayers: 0, pool: "mean" };
  const params = { n: 1, d: 6, k: 2 };

  function closed(easy: boolean, crossed = true) {
    const { family, instance, network, weights, flat } = start("gnn-hidden-plane", params, one);
    const target = easy ? instance.easy : instance.hard;
    const spread = Math.sqrt(target.secondMoment.value);
    flat.fill(0, 30, 35); // biases are held at 0
    flat[40] = 0;
    const source = closedFormSource({
      network,
      target: family.reluSums!.target(instance, easy),
      spread,
      crossed,
    });
    return { source, instance, network, weights, flat, target, spread };
  }

  it.each([false, true])("has the gradient of large batches, within their errors (easy: %s)", async (easy) => {
    const { source, instance, network, flat, target, spread } = closed(easy);
    expect(source.held).toEqual(["layer1.b", "out.b"]);
    const exact = await source.at(0, flat);
    const [rounds, count] = [40, 2000];
    const examples = (step: number) => {
      const samples = instance.law.sample(foldIn(keyFor("batches"), step), count);
      return { samples, labels: target.label(samples).map((y) => y / spread) };
    };
    const batches = await sumSource("batches", { network, loss: "squared", crossed: true, count, examples });
    const sums = [new Float64Array(41), new Float64Array(41)];
    let [loss, trace, error] = [0, 0, 0];
    for (let r = 0; r < rounds; r++) {
      const at = await batches.at(r, flat);
      for (let i = 0; i < 41; i++) {
        sums[0][i] += at.gradient[i] / rounds;
        sums[1][i] += at.gradient[i] ** 2 / rounds;
      }
      loss += at.loss / rounds;
      trace += at.trace / rounds;
      error = at.traceError / Math.sqrt(rounds);
    }
    await batches.dispose();
    for (let i = 0; i < 41; i++) {
      if ((i >= 30 && i < 35) || i === 40) {
        expect(exact.gradient[i]).toBe(0);
        continue;
      }
      const sd = Math.sqrt((sums[1][i] - sums[0][i] ** 2) / rounds);
      expect(Math.abs(sums[0][i] - exact.gradient[i])).toBeLessThan(5 * sd);
      expect(sd).toBeLessThan(0.1);
    }
    expect(loss / exact.loss).toBeCloseTo(1, 1);
    // of the batches' trace what belongs to the biases, which are held: 1 for the output's, a^2 / 2 for the others
    const biases = 1 + flat.slice(35, 40).reduce((sum, a) => sum + (a * a) / 2, 0);
    expect(Math.abs(trace - biases - exact.trace)).toBeLessThan(5 * error);
  }); // prettier-ignore

  it("without its cross term is the gradient of ||f||^2, whatever the plane", async () => {
    const [at, without] = [closed(false), closed(false, false)];
    const [whole, free] = [await at.source.at(0, at.flat), await without.source.at(0, at.flat)];
    const other = familyById("gnn-hidden-plane").reluSums!.target(drawInstance(familyById("gnn-hidden-plane"), familyById("gnn-hidden-plane").parse(params), 4), false); // prettier-ignore
    const elsewhere = closedFormSource({
      network: at.network,
      target: other,
      spread: at.spread,
      crossed: false,
    });
    expect((await elsewhere.at(0, at.flat)).gradient).toEqual(free.gradient);
    expect(whole.gradient).not.toEqual(free.gradient); // negative control
  });
});
