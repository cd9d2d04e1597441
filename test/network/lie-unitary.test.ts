/** Unitary convolutions in Lie form as a student: the definition, the isometry for all weights, and their gradients. */

import { describe, expect, it } from "vitest";
import { keyFor, normals, permutation } from "../../src/base/random.ts";
import { nextOf } from "../../src/engine/lower/scan.ts";
import { compile, type TypedArray } from "../../src/engine/run/program.ts";
import { prediction } from "../../src/engine/train/predictor.ts";
import { trainingStep } from "../../src/engine/train/training-step.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { gnnDegreeParity } from "../../src/family/gnn-degree-parity/index.ts";
import { trainByGradient } from "../../src/learner/gradient-descent.ts";
import { invarianceError, permuteNodes } from "../../src/network/equivariance.ts";
import { lieUnitary } from "../../src/network/lie-unitary.ts";
import type { Weights } from "../../src/network/network.ts";
import { groupSort, lieConvolution, normalised, type Matrix } from "../../src/network/unitary-convolution.ts";
import { evaluate } from "../engine/lower/equality.ts";
import { graphs } from "../engine/lower/graphs.ts";

const [n, width, count] = [6, 4, 5];
const law = { n, expectedDegree: 2.5, degreeSd: 1 };
const network = lieUnitary({ ...law, layers: 3, width, readoutLayers: 0, pool: "mean" });
const samples = graphs(keyFor("graphs"), n, count);

const drawn = (scale: number): Weights =>
  Object.fromEntries(
    Object.entries(network.weights).map(([name, shape]) => {
      const size = shape.reduce((a, b) => a * b, 1);
      return [name, normals(keyFor(name), new Float32Array(size)).map((z) => (z * scale) / 2)];
    }),
  );
const flat = (weights: Weights): number[] =>
  Object.keys(network.weights).flatMap((name) => Array.from(weights[name]));
const encoded = (): Record<string, TypedArray> =>
  Object.fromEntries(Object.entries(network.encode(samples)).map(([name, x]) => [`inputs.${name}`, x]));

async function predicted(weights: Weights): Promise<ArrayLike<number>> {
  const { fn, inputs } = prediction(network, count);
  const program = await compile(fn, inputs);
  const { predictions } = await program.run({ weights: Float32Array.from(flat(weights)), ...encoded() });
  await program.dispose();
  return predictions;
}

/** W brought to the largest norm that layers take: Frobenius' norm of K over sqrt 2 is 5. */
function limited(w: ArrayLike<number>): Float64Array {
  const skew = Array.from(w, (x, at) => (x - w[(at % width) * width + Math.floor(at / width)]) / 2);
  const norm = Math.hypot(...skew) / Math.SQRT2;
  return Float64Array.from(skew, (x) => x / Math.max(1, norm / 5));
}

/** Through 64-bit matrices, whose exponential is scaled and squared. */
function byHand(graph: number, weights: Weights): number {
  const adjacency = {
    columns: n,
    data: Float64Array.from(samples.data.subarray(graph * n * n, (graph + 1) * n * n)),
  };
  const a = normalised(adjacency);
  const biased = (x: Matrix, name: string): Matrix =>
    groupSort({ columns: width, data: x.data.map((v, at) => v + weights[`${name}.b`][at % width]) });
  const degree = Array.from({ length: n }, (_, i) =>
    adjacency.data.subarray(i * n, (i + 1) * n).reduce((s, x) => s + x, 0),
  );
  const first = Float64Array.from(
    { length: n * width },
    (_, at) => (degree[Math.floor(at / width)] - 2.5) * weights["layer1.w"][at % width],
  );
  let h = biased({ columns: width, data: first }, "layer1");
  for (const name of ["layer2", "layer3"])
    h = biased(lieConvolution(a, h, { columns: width, data: limited(weights[`${name}.w`]) }), name);
  return h.data.reduce((sum, x, at) => sum + (x * weights["out.w"][at % width]) / n, weights["out.b"][0]);
}

describe("Lie unitary convolutions as a student", () => {
  it.each([1, 3, 40])("compute their definition, with weights of size %d", async (scale) => {
    const weights = drawn(scale);
    const found = await predicted(weights);
    for (let g = 0; g < count; g++) {
      const expected = byHand(g, weights);
      expect(Math.abs(found[g] - expected)).toBeLessThan(2e-5 * scale * scale);
    }
    expect(new Set(Array.from(found)).size).toBeGreaterThan(1);
  });

  it("do not see the names of the nodes; other graphs they do (negative control)", async () => {
    const weights = drawn(1);
    const renamed = (s: typeof samples) => permuteNodes(s, permutation(keyFor("names"), n));
    const other = (s: typeof samples) => graphs(keyFor("others"), n, s.count);
    expect(await invarianceError(network, weights, samples, renamed)).toBeLessThan(1e-5);
    expect(await invarianceError(network, weights, samples, other)).toBeGreaterThan(1e-3);
  });

  it("have the gradients of differences, below the largest norm of K and above it", async () => {
    const step = { network, loss: "squared", optimizer: "sgd", batch: count, type: "float64" } as const;
    const { fn, inputs } = trainingStep(step);
    const program = await compile(fn, inputs);
    for (const scale of [1, 8]) {
      const weights = Float64Array.from(flat(drawn(scale)));
      const values: Record<string, TypedArray> = {
        labels: Float64Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : -1)),
      };
      for (const [name, x] of Object.entries(encoded())) values[name] = Float64Array.from(x);
      // a step of rate 1
      for (const name of Object.keys(inputs)) if (name !== "weights") values[name] ??= Float64Array.of(1);
      const at = (w: Float64Array) => program.run({ ...values, weights: w });
      const next = (await at(weights))[nextOf("weights")];
      const h = 1e-6;
      for (let i = 0; i < weights.length; i += 3) {
        const [up, down] = await Promise.all(
          [h, -h].map(async (d) => (await at(weights.map((x, j) => (j === i ? x + d : x))))["loss"][0]),
        );
        const slope = (up - down) / (2 * h);
        expect(Math.abs(weights[i] - next[i] - slope)).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
      }
    }
    await program.dispose();
  });

  it("read the same from matrices as from bits, and refuse an odd width", () => {
    const own = network.encode(samples);
    const traced = evaluate(
      ({ examples }) => network.encodeTraced!(examples),
      { examples: { shape: [count, n, n], type: "float64" } },
      { examples: Float64Array.from(samples.data) },
    );
    for (const name of ["degree", "normalised"])
      expect(Math.max(...Array.from(own[name], (x, i) => Math.abs(x - traced[name][i])))).toBeLessThan(1e-6);
    expect(() => lieUnitary({ ...law, layers: 2, width: 5, readoutLayers: 0, pool: "mean" })).toThrow(
      /no halves/,
    );
  });

  it("train: the twin of a small parity is learned", async () => {
    const params = gnnDegreeParity.parse({ n: 5, degrees: [2] });
    const instance = drawInstance(gnnDegreeParity, params, 0);
    const { result } = await trainByGradient({
      family: gnnDegreeParity,
      instance,
      easy: true,
      seed: 0,
      options: { student: "unitary-lie", layers: 2, width: 8, steps: 150, batch: 64, lr: 0.01 },
    });
    expect(result.final.accuracy!).toBeGreaterThan(result.final.baselineAccuracy! + 0.05);
  });
});
