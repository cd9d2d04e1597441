import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { erdosRenyi, sampleGraphs } from "../../../src/distribution/erdos-renyi.ts";
import type { Samples } from "../../../src/distribution/law.ts";
import { drawInstance } from "../../../src/family/draw.ts";
import { gnnDegreeParity } from "../../../src/family/gnn-degree-parity/index.ts";
import type { Population } from "../../../src/query/oracle/population.ts";
import { populationOracle, samplingOracle, type Noise } from "../../../src/query/oracle/target-oracle.ts";

const instance = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n: 5, degrees: [1] }), 0);
const target = { label: instance.hard.label, signs: true };
const key = keyFor("oracle test");

/** All 1024 graphs on five nodes: the law by enumeration. */
function allGraphs(): Population {
  const data = new Uint8Array(1024 * 25);
  for (let g = 0; g < 1024; g++)
    for (let i = 0, bit = 0; i < 5; i++)
      for (let j = i + 1; j < 5; j++, bit++)
        data[g * 25 + 5 * i + j] = data[g * 25 + 5 * j + i] = (g >> bit) & 1;
  return { points: { count: 1024, shape: [5, 5], data } };
}

const edges = ({ count, data }: Samples): Float32Array => {
  const out = new Float32Array(2 * count);
  for (let g = 0; g < count; g++) {
    const [a, b] = [data[g * 25 + 1], data[g * 25 + 2]];
    out[g] = 3 * a;
    out[count + g] = (1 - 2 * a) * (1 - 2 * b);
  }
  return out;
};

describe("population oracles", () => {
  it("exact by enumeration: correlations, norms, expectations, statistics", async () => {
    const population = allGraphs();
    const oracle = populationOracle(target, population, { tolerance: 0, noise: "none", key });
    const block = { count: 2, on: edges };
    const labels = target.label(population.points);
    const values = edges(population.points);
    const mean = (f: (g: number) => number): number =>
      Array.from({ length: 1024 }, (_, g) => f(g)).reduce((a, b) => a + b, 0) / 1024;
    const { values: answers, norms } = await oracle.correlations(block);
    for (const q of [0, 1]) {
      const at = (g: number): number => values[q * 1024 + g];
      expect(norms[q]).toBeCloseTo(Math.sqrt(mean((g) => at(g) ** 2)), 12);
      expect(answers[q] * norms[q]).toBeCloseTo(
        mean((g) => at(g) * labels[g]),
        12,
      );
    }
    expect(norms[1]).toBe(1);
    expect(Array.from(await oracle.expectations(block))).toEqual([1.5, 0]);
    const statistic = { count: 1, on: (s: Samples) => ({ plus: edges(s).subarray(s.count), minus: new Float32Array(s.count).fill(0.25) }) }; // prettier-ignore
    const expected = mean((g) => (labels[g] > 0 ? values[1024 + g] : 0.25));
    expect((await oracle.statistics(statistic))[0]).toBeCloseTo(expected, 12);
    expect(oracle.asked()).toBe(3); // expectations cost nothing
  });

  it("weights are probabilities", async () => {
    const points = sampleGraphs(key, { n: 5, edges: "undirected", p: 0.5 }, 3);
    const oracle = populationOracle(target, { points, weights: Float64Array.of(0.5, 0.25, 0.25) }, { tolerance: 0, noise: "none", key }); // prettier-ignore
    const block = { count: 1, on: () => Float32Array.of(1, 2, 4) };
    const [y0, y1, y2] = target.label(points);
    const { values, norms } = await oracle.correlations(block);
    expect(norms[0]).toBeCloseTo(Math.sqrt(0.5 + 1 + 4), 12);
    expect(values[0] * norms[0]).toBeCloseTo(0.5 * y0 + 0.5 * y1 + y2, 12);
    expect((await oracle.expectations(block))[0]).toBe(2);
  });

  it.each(["uniform", "gaussian"] as Noise[])("%s noise stays within the tolerance and fills it", async (noise) => {
    const options = { tolerance: 0.1, key };
    const oracle = populationOracle(target, allGraphs(), { ...options, noise });
    const exact = populationOracle(target, allGraphs(), { ...options, noise: "none" });
    const block = { count: 2, on: edges };
    const truth = (await exact.correlations(block)).values;
    const errors: number[] = [];
    for (let i = 0; i < 100; i++) (await oracle.correlations(block)).values.forEach((v, q) => errors.push(v - truth[q])); // prettier-ignore
    const largest = Math.max(...errors.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(0.1 * (1 + 1e-9));
    expect(largest).toBeGreaterThan(0.08);
    const sd = Math.sqrt(errors.reduce((s, e) => s + e * e, 0) / errors.length);
    expect(sd / 0.1).toBeGreaterThan(noise === "uniform" ? 0.5 : 0.38);
    expect(sd / 0.1).toBeLessThan(noise === "uniform" ? 0.65 : 0.5);
  }); // prettier-ignore

  it("ends when its population's signal aborts", async () => {
    const controller = new AbortController();
    const population = { ...allGraphs(), signal: controller.signal };
    const oracle = populationOracle(target, population, { tolerance: 0, noise: "none", key });
    controller.abort();
    await expect(oracle.correlations({ count: 2, on: edges })).rejects.toThrow(/aborted/);
  });

  it("rejects statistics outside [-1, 1], of real labels, and values that are not finite", async () => {
    const oracle = populationOracle(target, allGraphs(), { tolerance: 0, noise: "none", key });
    const constant = (x: number) => ({ count: 1, on: (s: Samples) => ({ plus: new Float32Array(s.count).fill(x), minus: new Float32Array(s.count) }) }); // prettier-ignore
    await expect(oracle.statistics(constant(1.5))).rejects.toThrow(/takes the value 1.5/);
    await expect(oracle.statistics(constant(NaN))).rejects.toThrow(/NaN/);
    await expect(oracle.correlations({ count: 1, on: (s) => new Float32Array(s.count).fill(NaN) })).rejects.toThrow(/not finite/); // prettier-ignore
    await expect(oracle.correlations({ count: 2, on: (s) => new Float32Array(s.count) })).rejects.toThrow(/2 queries gave 1024/); // prettier-ignore
    const real = populationOracle({ ...target, signs: false }, allGraphs(), { tolerance: 0, noise: "none", key }); // prettier-ignore
    await expect(real.statistics(constant(1))).rejects.toThrow(/labels \+-1/);
  });
});

it("sampling oracle: fresh samples for every block, right on average, errors of a standard error's size", async () => {
  const population = allGraphs();
  const law = erdosRenyi({ n: 5, edges: "undirected", p: 0.5 });
  const batch = 100;
  const oracle = samplingOracle(target, population, { law, batch, key });
  const exact = populationOracle(target, population, { tolerance: 0, noise: "none", key });
  const block = { count: 2, on: edges };
  const truth = (await exact.correlations(block)).values;
  const errors: number[][] = [[], []];
  for (let i = 0; i < 400; i++) (await oracle.correlations(block)).values.forEach((v, q) => errors[q].push(v - truth[q])); // prettier-ignore
  for (const row of errors) {
    const mean = row.reduce((a, b) => a + b, 0) / row.length;
    const sd = Math.sqrt(row.reduce((a, b) => a + b * b, 0) / row.length);
    expect(Math.abs(mean)).toBeLessThan(4 * (oracle.tolerance / 20));
    expect(sd).toBeGreaterThan(0.7 * oracle.tolerance);
    expect(sd).toBeLessThan(1.2 * oracle.tolerance);
  }
});

describe("an oracle", () => {
  it("is refused without a tolerance that answers can keep, and for noise that there is not", () => {
    const options = { tolerance: 0.1, noise: "none" as Noise, key };
    for (const tolerance of [-0.1, NaN, Infinity])
      expect(() => populationOracle(target, allGraphs(), { ...options, tolerance })).toThrow(/tolerance is/);
    expect(() => populationOracle(target, allGraphs(), { ...options, noise: "normal" as Noise })).toThrow(/noise: "normal" is unknown/); // prettier-ignore
    for (const batch of [0, 1.5, NaN])
      expect(() => samplingOracle(target, allGraphs(), { law: instance.law, batch, key })).toThrow(
        /batch is/,
      );
  });
});
