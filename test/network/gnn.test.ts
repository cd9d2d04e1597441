import { describe, expect, it } from "vitest";
import { keyFor, permutation } from "../../src/base/random.ts";
import type { Samples } from "../../src/distribution/law.ts";
import { invarianceError, permuteEntries, permuteNodes } from "../../src/network/equivariance.ts";
import { gnn } from "../../src/network/gnn.ts";
import { initialise } from "../../src/network/initialise.ts";
import { mlp } from "../../src/network/mlp.ts";
import { createTrainer } from "../../src/engine/train/trainer.ts";
import { graphs } from "../engine/lower/graphs.ts";

const n = 6;
const base = { n, expectedDegree: 2.5, degreeSd: Math.sqrt(1.25), width: 8, readoutLayers: 1 } as const;
const samples = graphs(keyFor("graphs"), n, 20);
const rename = (s: Samples): Samples => permuteNodes(s, permutation(keyFor("names"), n));

/** The definition of the network, written out for one graph. */
function byHand(
  graph: ArrayLike<number>,
  w: Record<string, Float32Array>,
  layers: number,
  pool: string,
): number {
  const { width } = base;
  const mean = pool === "mean";
  const range = (k: number): number[] => Array.from({ length: k }, (_, i) => i);
  const edge = (i: number, j: number): number => graph[i * n + j] / (mean ? base.expectedDegree : 1);
  const degree = (i: number): number => range(n).reduce((sum, j) => sum + graph[i * n + j], 0);
  const feature = (i: number): number =>
    mean ? (degree(i) - base.expectedDegree) / base.degreeSd : degree(i);
  const relu = (x: number): number => Math.max(x, 0);
  const times = (x: number[], matrix: Float32Array, c: number): number =>
    x.reduce((sum, value, r) => sum + value * matrix[r * width + c], 0);
  let h = range(n).map((i) =>
    range(width).map((u) => relu(feature(i) * w["layer1.w"][u] + w["layer1.b"][u])),
  );
  for (let l = 2; l <= layers; l++) {
    const near = range(n).map((i) =>
      range(width).map((u) => range(n).reduce((sum, j) => sum + edge(i, j) * h[j][u], 0)),
    );
    h = h.map((x, i) =>
      range(width).map((u) =>
        relu(
          times(x, w[`layer${l}.self`], u) +
            times(near[i], w[`layer${l}.neighbour`], u) +
            w[`layer${l}.b`][u],
        ),
      ),
    );
  }
  let x = range(width).map((u) => h.reduce((sum, row) => sum + row[u], 0) / (mean ? n : 1));
  x = range(width).map((u) => relu(times(x, w["readout1.w"], u) + w["readout1.b"][u]));
  return x.reduce((sum, value, u) => sum + value * w["out.w"][u], w["out.b"][0]);
}

for (const layers of [1, 2, 3])
  for (const pool of ["mean", "sum"] as const)
    describe(`a graph network of ${layers} layers with ${pool} pooling`, () => {
      const variants = [true, false].map((distinctRows) =>
        gnn({ ...base, layers, pool, largestDegree: n - 1, distinctRows }),
      );
      const weights = initialise(variants[0], keyFor("weights", layers));

      it("computes its definition, on distinct rows and without", async () => {
        for (const network of variants) {
          const trainer = await createTrainer({
            network,
            loss: "squared",
            optimizer: "sgd",
            lr: 0,
            batch: 2,
            weights,
            predictBatch: 8,
          });
          const predictions = await trainer.predict(network.encode(samples), samples.count);
          await trainer.dispose();
          for (let g = 0; g < samples.count; g++) {
            const expected = byHand(samples.data.subarray(g * n * n, (g + 1) * n * n), weights, layers, pool);
            expect(Math.abs(predictions[g] - expected)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
          }
        }
      });

      it("does not see the names of the nodes", async () => {
        for (const network of variants)
          expect(await invarianceError(network, weights, samples, rename)).toBeLessThan(1e-5);
      });
    });

describe("the encoding by degrees", () => {
  const profile = (size: number, s: Samples): Float32Array =>
    gnn({
      n: size,
      expectedDegree: 1,
      degreeSd: 1,
      largestDegree: size - 1,
      layers: 2,
      width: 1,
      readoutLayers: 0,
      pool: "sum",
      distinctRows: true,
    }).encode(s).profile;

  // a word of bits holds 16 nodes
  for (const size of [2, 3, 4, 15, 16, 17, 32, 33, 40])
    it(`counts the neighbours of each degree among ${size} nodes`, () => {
      const s = graphs(keyFor("encoded", size), size, 5);
      // the last node of the first graph joined to all: the highest bit of every row
      for (let i = 0; i < size - 1; i++) s.data[i * size + size - 1] = s.data[(size - 1) * size + i] = 1;
      const expected = new Float32Array(5 * size * 2 * size);
      const degree = (g: number, i: number): number =>
        Array.from(s.data.subarray((g * size + i) * size, (g * size + i + 1) * size)).reduce(
          (a, b) => a + b,
          0,
        );
      for (let g = 0; g < 5; g++)
        for (let i = 0; i < size; i++) {
          const row = (g * size + i) * 2 * size;
          expected[row + degree(g, i)] = 1;
          for (let j = 0; j < size; j++)
            expected[row + size + degree(g, j)] += s.data[(g * size + i) * size + j];
        }
      expect(profile(size, s)).toEqual(expected);
    });

  it("weighs counts by the expected degree, in float64 before they are rounded", () => {
    const s = graphs(keyFor("weighed"), 15, 40);
    const common = { ...base, n: 15, largestDegree: 14, layers: 2, distinctRows: true } as const;
    const counts = gnn({ ...common, pool: "sum" }).encode(s).profile;
    const weighed = gnn({ ...common, pool: "mean", expectedDegree: 7.3 }).encode(s).profile;
    const isCount = (at: number): boolean => at % 30 >= 15;
    expect(weighed).toEqual(counts.map((x, at) => (isCount(at) ? Math.fround(x * (1 / 7.3)) : x)));
    expect(counts.some((x, at) => isCount(at) && x > 1)).toBe(true);
  });

  it("overwrites what an array held before", () => {
    const s = graphs(keyFor("again"), 7, 9);
    const network = gnn({ ...base, n: 7, largestDegree: 6, layers: 2, pool: "mean", distinctRows: true });
    const fresh = network.encode(s).profile;
    expect(network.encode(s, { profile: new Float32Array(fresh.length).fill(3) }).profile).toEqual(fresh);
  });

  it("refuses a degree above the largest instead of counting it elsewhere", () => {
    const loops = { count: 2, shape: [3, 3], data: new Uint8Array(18).fill(1) };
    expect(() => profile(3, loops)).toThrow(/degree 3, above the largest of 2/);
  });
});

describe("the invariance test", () => {
  it("rejects a network without the symmetry, and a change that is no renaming (negative controls)", async () => {
    const network = mlp({ inputs: n, layers: 1, width: 8 });
    const weights = initialise(network, keyFor("mlp"));
    const flat = {
      count: 10,
      shape: [n],
      data: Float32Array.from({ length: 10 * n }, (_, i) => Math.sin(i)),
    };
    const error = await invarianceError(network, weights, flat, (s) =>
      permuteEntries(s, permutation(keyFor("p"), n)),
    );
    expect(error).toBeGreaterThan(0.01);
    const graph = gnn({ ...base, layers: 2, pool: "mean" });
    const other = (s: Samples): Samples => graphs(keyFor("other graphs"), n, s.count);
    expect(await invarianceError(graph, initialise(graph, keyFor("g")), samples, other)).toBeGreaterThan(
      0.01,
    );
  });
});
