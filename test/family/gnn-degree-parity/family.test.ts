import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { degreesOf, type Edges } from "../../../src/distribution/erdos-renyi.ts";
import type { Samples } from "../../../src/distribution/law.ts";
import type { StudentOptions } from "../../../src/family/family.ts";
import { gnnDegreeParity as family } from "../../../src/family/gnn-degree-parity/index.ts";
import { teacherOutputs } from "../teacher-outputs.ts";

const instanceOf = (params: Record<string, unknown>, seed = 0) =>
  family.draw(family.parse(params), keyFor("test", params, seed));

/** All undirected graphs on n nodes. */
function allGraphs(n: number): Samples {
  const pairs = Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Array.from({ length: i }, (_, j) => [i, j]),
  );
  const count = 2 ** pairs.length;
  const data = new Uint8Array(count * n * n);
  for (let g = 0; g < count; g++)
    pairs.forEach(([i, j], e) => {
      if ((g >> e) & 1) data[(g * n + i) * n + j] = data[(g * n + j) * n + i] = 1;
    });
  return { count, shape: [n, n], data };
}

/** The definition, spelled out. */
function byDefinition(samples: Samples, set: readonly number[], bit: number): number[] {
  const n = samples.shape[0];
  const degrees = degreesOf(samples);
  return Array.from({ length: samples.count }, (_, g) => {
    let sum = bit;
    for (const j of set) for (let i = 0; i < n; i++) if (degrees[g * n + i] === j) sum++;
    return (-1) ** sum;
  });
}

describe("target", () => {
  it("is the definition on every graph of up to 6 nodes, and so is the sum-pooled teacher, exactly", async () => {
    for (const [n, degrees, bit] of [[3, [0, 1], 0], [4, [0, 2, 3], 1], [5, [1, 2], 0], [6, [0, 3, 5], 1], [6, [2, 4, 5], 0]] as const) {
      const instance = instanceOf({ n, degrees: [...degrees], bit });
      const graphs = allGraphs(n);
      const labels = Array.from(instance.hard.label(graphs));
      expect(labels).toEqual(byDefinition(graphs, degrees, bit));
      const options: StudentOptions = { layers: 2, width: 16, readoutLayers: 1, pool: "sum" };
      const outputs = await teacherOutputs(family, instance, options, graphs);
      expect(outputs).toEqual(labels);
    }
  }); // prettier-ignore

  it("agrees with teachers of any depth and width on random graphs up to 40 nodes", async () => {
    for (const [n, layers, readoutLayers, edges] of [[8, 1, 1, "undirected"], [15, 3, 2, "undirected"], [40, 2, 1, "undirected"], [12, 2, 1, "directed"], [12, 2, 1, "directed-loops"]] as [number, number, number, Edges][]) {
      const instance = instanceOf({ n, edges, p: 0.4 }, n);
      const samples = instance.law.sample(keyFor("graphs", n), 200);
      const labels = Array.from(instance.hard.label(samples));
      const sum = await teacherOutputs(family, instance, { layers, width: 50, readoutLayers, pool: "sum" }, samples);
      expect(sum).toEqual(labels);
      const mean = await teacherOutputs(family, instance, { layers, width: 50, readoutLayers, pool: "mean" }, samples);
      mean.forEach((x, i) => expect(Math.abs(x - labels[i])).toBeLessThan(2e-2));
    }
  }); // prettier-ignore

  it("refuses a width below what the weights need, with the number", () => {
    const instance = instanceOf({ n: 15 });
    expect(() => family.teacher!(instance, { layers: 2, width: 8, readoutLayers: 1, pool: "sum" })).toThrow(
      /at least 15/,
    );
  });
});

describe("instance", () => {
  it("records mu(S) and the majority baselines of math.md's examples", () => {
    const mu = (n: number, degrees: number[]): unknown => instanceOf({ n, degrees }).facts["mu"];
    expect(mu(8, [1, 2, 4, 6])).toBeCloseTo(0.5, 2);
    expect(mu(8, [4, 5])).toBeCloseTo(3.12, 1);
    expect(mu(12, [1, 2, 4, 6, 9])).toBeCloseTo(1.42, 1);
    expect(mu(15, [3, 7, 9, 12, 13, 14])).toBeCloseTo(2.26, 1);
  });

  it("the majority baseline is the observed majority", () => {
    for (const seed of [0, 1, 2]) {
      const instance = instanceOf({ n: 8 }, seed);
      const samples = instance.law.sample(keyFor("baseline", seed), 40_000);
      for (const [target, name] of [[instance.hard, "majorityBaseline"], [instance.easy, "easyMajorityBaseline"]] as const) {
        const mean = target.label(samples).reduce((a, b) => a + b, 0) / 40_000;
        expect(Math.abs((1 + Math.abs(mean)) / 2 - Number(instance.facts[name]))).toBeLessThan(0.015);
      }
    }
  }); // prettier-ignore

  it("shares hidden set and samples between hard and easy, and differs between seeds", () => {
    expect(instanceOf({ n: 15 }, 1).hidden).toEqual(instanceOf({ n: 15 }, 1).hidden);
    expect(instanceOf({ n: 15 }, 1).hidden).not.toEqual(instanceOf({ n: 15 }, 2).hidden);
  });
});

describe("parse", () => {
  it.each([
    [{ n: 0 }, /n: 0 is too small; allowed: an integer 3 to 10000/],
    [{ n: 1e9 }, /too large/],
    [{ n: 6, degrees: [6] }, /6 is no degree of a graph on 6 nodes; allowed: 0 to 5/],
    [{ n: 6, degrees: [1, 1] }, /listed twice/],
    [{ n: 6, degrees: [1, 3, 5] }, /same for every graph/],
    [{ n: 6, degrees: [] }, /same for every graph/],
    [{ n: 6, p: 2 }, /p: 2 is too large/],
    [{ n: 6, window: 3 }, /undirected graphs have none/],
    [{ n: 6, edges: "direct" }, /edges: "direct" is unknown/],
  ])("rejects %j", (params, message) => {
    expect(() => family.parse(params)).toThrow(message);
  });
});
