import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { verify } from "../../src/family/certify.ts";
import { createPredictor } from "../../src/engine/train/predictor.ts";
import { pack, totalSize } from "../../src/engine/train/flat.ts";
import { mlp } from "../../src/network/mlp.ts";
import type { Weights } from "../../src/network/network.ts";
import { certifyNetwork } from "../../src/prover/own-network.ts";
import { certifyLabels } from "../../src/query/own-class/class-of-your-own.ts";

const [count, d] = [200, 4];
const inputs = { count, shape: [d], data: normals(keyFor("own inputs"), new Float32Array(count * d)) };
const network = mlp({ inputs: d, layers: 2, width: 8 });
const packed = (w: Weights): Float32Array => {
  const flat = new Float32Array(totalSize(network.weights));
  pack(network.weights, w, flat);
  return flat;
};
const failing = async (
  document: unknown,
  labels: { functions: number; samples: number; values: Float64Array },
) => (await verify(document, { labels })).checks.filter((c) => !c.ok).map((c) => c.name);

describe("networks of one's own on inputs of one's own", () => {
  it("are searched, and certified exactly for the uniform law on these inputs", async () => {
    const told: number[] = [];
    const { certificate, labels, weights, search } = await certifyNetwork(network, inputs, {
      members: 8,
      steps: 40,
      onProgress: (fraction) => told.push(fraction),
    });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(certificate).toMatchObject({
      confidence: 1,
      gram: { method: "exact" },
      family: { params: { law: "uniform" } },
    });
    expect(search.end).toBeGreaterThan(1.5 * search.start);
    expect(weights).toHaveLength(8);
    const values = labels.values as Float64Array;
    expect(await failing(certificate, { ...labels, values })).toEqual([]);
    // the trace is the number of members, and the eigenvalue that of the values' own matrix
    const product = (i: number, j: number): number =>
      Array.from({ length: count }, (_, s) => values[i * count + s] * values[j * count + s]).reduce(
        (a, b) => a + b,
      ) / count;
    let x = Array.from({ length: 8 }, (_, i) => 1 + i / 8);
    let lambda = 0;
    for (let step = 0; step < 60; step++) {
      const moved = x.map((_, i) => x.reduce((sum, v, j) => sum + product(i, j) * v, 0));
      lambda = Math.hypot(...moved);
      x = moved.map((v) => v / lambda);
    }
    expect(Number(certificate.dimension.spectral)).toBeLessThan((8 / lambda) * (1 + 1e-6));
    const other = values.slice();
    other[5] += 0.1;
    expect(await failing(certificate, { ...labels, values: other })).toEqual(["sha256"]);
  });

  it("of inputs that are not equally likely have the products of their own law", async () => {
    const probabilities = Float64Array.from(
      { length: count },
      (_, s) => (s + 1) / ((count * (count + 1)) / 2),
    );
    const found = await certifyNetwork(network, inputs, { members: 4, steps: 30, probabilities });
    const predictor = createPredictor({ network });
    const own = await Promise.all(
      found.weights.map((w) => predictor.predict(packed(w), network.encode(inputs), count)),
    );
    await predictor.dispose();
    const expectation = (f: (s: number) => number): number =>
      probabilities.reduce((sum, p, s) => sum + p * f(s), 0);
    const unit = own.map((f) => {
      const mean = expectation((s) => f[s]);
      const norm = Math.sqrt(expectation((s) => (f[s] - mean) ** 2));
      return f.map((y) => (y - mean) / norm);
    });
    const values = found.labels.values as Float64Array;
    for (let i = 0; i < 4; i++)
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let s = 0; s < count; s++) product += (values[i * count + s] * values[j * count + s]) / count;
        expect(product).toBeCloseTo(
          expectation((s) => unit[i][s] * unit[j][s]),
          5,
        );
      }
    expect(await failing(found.certificate, { ...found.labels, values })).toEqual([]);
    const alike = new Float64Array(count).fill(1 / count);
    const [even, uniform] = await Promise.all([
      certifyNetwork(network, inputs, { members: 4, steps: 0, probabilities: alike }),
      certifyNetwork(network, inputs, { members: 4, steps: 0 }),
    ]);
    const other = uniform.labels.values as Float64Array;
    (even.labels.values as Float64Array).forEach((y, at) => expect(y).toBeCloseTo(other[at], 12));
    for (const wrong of [alike.subarray(1), alike.map((p) => 2 * p), alike.with(0, 0).with(1, 2 / count)])
      await expect(certifyNetwork(network, inputs, { probabilities: wrong })).rejects.toThrow(/1 in all/);
  });

  it("that are constant on the inputs are refused, and batches that are too large", async () => {
    const dead = { ...inputs, data: new Float32Array(count * d) };
    await expect(certifyNetwork(network, dead, { members: 2, steps: 0 })).rejects.toThrow(
      /constant on the inputs/,
    );
    await expect(certifyNetwork(network, inputs, { batch: 101 })).rejects.toThrow(/at most 100/);
    await expect(certifyNetwork(network, inputs, { members: 1 })).rejects.toThrow(/members/);
  });
});

describe("labels under the uniform law on their inputs", () => {
  it("of a Hadamard matrix are orthogonal: the dimension is their number, with certainty", async () => {
    const bits = (x: number): number => x.toString(2).replaceAll("0", "").length;
    const values = Int8Array.from({ length: 64 }, (_, at) => (bits((at >> 3) & (at & 7)) % 2 === 0 ? 1 : -1));
    const labels = { functions: 8, samples: 8, values };
    const certificate = await certifyLabels(labels, { law: "uniform" });
    expect(Number(certificate.dimension.spectral)).toBeCloseTo(8, 5);
    expect([certificate.confidence, certificate.model]).toEqual([1, "SQ"]);
    expect(await verify(certificate, { labels })).toMatchObject({ valid: true, level: "checked" });
    const sampled = await certifyLabels(labels);
    expect(Number(sampled.dimension.spectral)).toBeLessThan(3);
  });
});
