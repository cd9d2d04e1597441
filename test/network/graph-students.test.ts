/** Graph networks of the literature, on drawn graphs and on features over a fixed one. */

import { beforeAll, describe, expect, it } from "vitest";
import { keyFor, normals, permutation } from "../../src/base/random.ts";
import { gaussian } from "../../src/distribution/gaussian.ts";
import type { Samples } from "../../src/distribution/law.ts";
import { prediction } from "../../src/engine/train/predictor.ts";
import { trainingStep } from "../../src/engine/train/training-step.ts";
import { compile } from "../../src/engine/run/program.ts";
import type { TypedArray } from "../../src/engine/run/program.ts";
import { nextOf } from "../../src/engine/lower/scan.ts";
import type { Specs } from "../../src/engine/lower/trace.ts";
import { invarianceError, permuteNodes } from "../../src/network/equivariance.ts";
import { attention } from "../../src/network/attention.ts";
import { gin } from "../../src/network/gin.ts";
import type { DrawnGraphs, FixedGraph } from "../../src/network/graph-input.ts";
import type { Sizes } from "../../src/network/layers.ts";
import type { Network, Weights } from "../../src/network/network.ts";
import { unitary } from "../../src/network/unitary.ts";
import { groupSort, normalised, unitaryConvolution, type Matrix } from "../../src/network/unitary-convolution.ts"; // prettier-ignore
import { evaluate, expectClose, expectSame, useInterpreter } from "../engine/lower/equality.ts";
import { graphs } from "../engine/lower/graphs.ts";

beforeAll(useInterpreter);

const n = 6;
const width = 6;
const features = 3;
const count = 7;
type Rows = number[][];

const relu = (x: number): number => Math.max(x, 0);
const add = (a: Rows, b: Rows): Rows => a.map((row, i) => row.map((x, u) => x + b[i][u]));
const times = (a: Rows, b: Rows): Rows =>
  a.map((row) => b[0].map((_, u) => row.reduce((sum, x, k) => sum + x * b[k][u], 0)));
const matrix = (values: ArrayLike<number>, columns: number): Rows =>
  Array.from({ length: values.length / columns }, (_, i) =>
    Array.from({ length: columns }, (__, j) => values[i * columns + j]),
  );
const dense = (x: Rows, w: Weights, name: string): Rows => {
  const bias = Array.from(w[`${name}.b`]);
  return times(x, matrix(w[`${name}.w`], bias.length)).map((row) => row.map((y, u) => y + bias[u]));
};
const relus = (x: Rows): Rows => x.map((row) => row.map(relu));

/** A layer by its definition: `edges` is A with its weights, `summed` says that h are sums over neighbours of a constant. */
type Layer = (h: Rows, edges: Rows, w: Weights, name: string, summed: boolean) => Rows;

const ginLayer: Layer = (h, edges, w, name, summed) => {
  const near = times(edges, h);
  const mixed = summed
    ? h
    : add(
        h.map((row) => row.map((x) => (1 + w[`${name}.eps`][0]) * x)),
        near,
      );
  return relus(dense(relus(dense(mixed, w, `${name}.first`)), w, `${name}.second`));
};

/** Two heads of three units, by the definition: a softmax over node i and its neighbours. */
const attentionLayer: Layer = (h, edges, w, name, summed) => {
  if (summed) return relus(dense(h, w, name));
  const [heads, units] = [2, width / 2];
  const z = times(h, matrix(w[`${name}.w`], width));
  const head = (at: number): number[] => Array.from({ length: units }, (_, u) => at * units + u);
  const score = (at: number, vector: string, node: number): number =>
    head(at).reduce((sum, u) => sum + w[`${name}.${vector}`][u] * z[node][u], 0);
  return z.map((_, i) =>
    Array.from({ length: heads }, (__, at) => {
      const seen = z.flatMap((___, j) => (j === i || edges[i][j] > 0 ? [j] : []));
      const e = seen.map((j) => score(at, "left", i) + score(at, "right", j));
      const weights = e.map((x) => Math.exp(x > 0 ? x : 0.2 * x));
      const total = weights.reduce((x, y) => x + y, 0);
      return head(at).map((u) => {
        const mean = seen.reduce((sum, j, k) => sum + (weights[k] / total) * z[j][u], 0);
        return relu(mean + w[`${name}.b`][u]);
      });
    }).flat(),
  );
};

/** exp of a matrix, by the series itself. */
function exponential(m: Rows): Rows {
  let [sum, term] = [1, 1].map(() => m.map((row, i) => row.map((_, j) => Number(i === j))));
  for (let t = 1; t <= 40; t++) {
    term = times(term, m).map((row) => row.map((x) => x / t));
    sum = add(sum, term);
  }
  return sum;
}

const unitaryLayer: Layer = (h, edges, w, name, summed) => {
  const free = matrix(w[`${name}.w`], width);
  const skew = free.map((row, i) => row.map((x, j) => (x - free[j]?.[i]) / 2));
  let mixed = times(h, name === "layer1" ? free : exponential(skew));
  if (!summed) {
    const flat = (rows: Rows): Matrix => ({ columns: rows[0].length, data: Float64Array.from(rows.flat()) });
    const part = (from: number): Matrix => flat(mixed.map((row) => row.slice(from, from + width / 2)));
    const [re, im] = unitaryConvolution(normalised(flat(edges)), [part(0), part(width / 2)]);
    mixed = matrix(re.data, width / 2).map((row, i) => [...row, ...matrix(im.data, width / 2)[i]]);
  }
  const z = mixed.map((row) => row.map((x, u) => x + w[`${name}.b`][u]));
  return matrix(groupSort({ columns: width, data: Float64Array.from(z.flat()) }).data, width);
};

const networks: [string, (options: (DrawnGraphs | FixedGraph) & Sizes) => Network, Layer, number[]][] = [
  ["gin", gin, ginLayer, [1, 2, 3]],
  ["attention", (options) => attention({ ...options, heads: 2 }), attentionLayer, [1, 2, 3]],
  ["unitary", unitary, unitaryLayer, [2]],
];

const law: DrawnGraphs = { n, expectedDegree: 2.5, degreeSd: Math.sqrt(1.25) };
const cycle = Uint8Array.from({ length: n * n }, (_, at) => {
  const gap = Math.abs(Math.floor(at / n) - (at % n));
  return gap === 1 || gap === n - 1 ? 1 : 0;
});
const ring: FixedGraph = { n, features, adjacency: cycle };

interface Setting {
  readonly options: DrawnGraphs | FixedGraph;
  readonly samples: Samples;
  /** Nodes renamed as the class allows, and as it does not. */
  readonly rename: (s: Samples) => Samples;
  readonly other: (s: Samples) => Samples;
  /** What the nodes of an example start with, and A. */
  start(example: ArrayLike<number>, mean: boolean): { h: Rows; edges: Rows; summed: boolean };
}

const nodesMoved =
  (order: readonly number[]) =>
  ({ data, ...rest }: Samples): Samples => {
    const rows = matrix(data, features);
    const moved = rows.map((_, at) => rows[Math.floor(at / n) * n + order[at % n]]);
    return { ...rest, data: Float32Array.from(moved.flat()) };
  };

const settings: Record<string, Setting> = {
  "drawn graphs": {
    options: law,
    samples: graphs(keyFor("graphs"), n, count),
    rename: (s) => permuteNodes(s, permutation(keyFor("names"), n)),
    other: (s) => graphs(keyFor("other graphs"), n, s.count),
    start(example, mean) {
      const a = matrix(example, n);
      const degree = a.map((row) => row.reduce((x, y) => x + y, 0));
      return {
        h: degree.map((x) => [mean ? (x - law.expectedDegree) / law.degreeSd : x]),
        edges: a.map((row) => row.map((x) => (mean ? x / law.expectedDegree : x))),
        summed: true,
      };
    },
  },
  "features over a ring": {
    options: ring,
    samples: gaussian([n, features]).sample(keyFor("features"), count),
    // a turn of the ring, and a swap that is none of its symmetries
    rename: nodesMoved([1, 2, 3, 4, 5, 0]),
    other: nodesMoved([1, 0, 2, 3, 4, 5]),
    start: (example, mean) => ({
      h: matrix(example, features),
      edges: matrix(cycle, n).map((row) => row.map((x) => (mean ? x / 2 : x))),
      summed: false,
    }),
  },
};

/** Every weight drawn, those that training starts at 0 too. */
const drawn = (network: Network): Weights =>
  Object.fromEntries(
    Object.entries(network.weights).map(([name, shape]) => {
      const size = shape.reduce((a, b) => a * b, 1);
      return [name, normals(keyFor(name), new Float32Array(size)).map((z) => z / 2)];
    }),
  );

const flat = (network: Network, weights: Weights): number[] =>
  Object.keys(network.weights).flatMap((name) => Array.from(weights[name]));

const encoded = (network: Network, samples: Samples): Record<string, TypedArray> =>
  Object.fromEntries(Object.entries(network.encode(samples)).map(([name, x]) => [`inputs.${name}`, x]));

for (const [name, build, layer, depths] of networks)
  for (const [where, { options, samples, rename, other, start }] of Object.entries(settings))
    describe.each(
      depths.flatMap((layers) => [
        { layers, pool: "mean" as const },
        { layers, pool: "sum" as const },
      ]),
    )(`${name} on ${where}, $layers layers, $pool pooling`, ({ layers, pool }) => {
      const network = build({ ...options, layers, width, readoutLayers: 1, pool });
      const weights = drawn(network);

      function byHand(example: ArrayLike<number>): number {
        const mean = pool === "mean";
        const { h: first, edges, summed } = start(example, mean);
        let h = first;
        for (let l = 1; l <= layers; l++) h = layer(h, edges, weights, `layer${l}`, summed && l === 1);
        const pooled = h[0].map((_, u) => h.reduce((sum, row) => sum + row[u], 0) / (mean ? n : 1));
        const [hidden] = relus(dense([pooled], weights, "readout1"));
        return hidden.reduce((sum, x, u) => sum + x * weights["out.w"][u], weights["out.b"][0]);
      }

      it("computes its definition", async () => {
        const { fn, inputs } = prediction(network, count);
        const program = await compile(fn, inputs);
        const { predictions } = await program.run({
          weights: Float32Array.from(flat(network, weights)),
          ...encoded(network, samples),
        });
        const size = samples.data.length / count;
        const expected = Float64Array.from({ length: count }, (_, g) =>
          byHand(samples.data.subarray(g * size, (g + 1) * size)),
        );
        expectClose(Float64Array.from(predictions), expected, 1e-5);
        await program.dispose();
        expect(new Set(expected).size).toBeGreaterThan(1);
      });

      it("does not see the names of the nodes, but what is no renaming (negative control)", async () => {
        expect(await invarianceError(network, weights, samples, rename)).toBeLessThan(1e-5);
        expect(await invarianceError(network, weights, samples, other)).toBeGreaterThan(1e-3);
      });

      it("trains by the same step through ONNX as in jax-js, with finite gradients", async () => {
        const { fn, inputs } = trainingStep({
          network,
          loss: "squared",
          optimizer: "sgd",
          batch: count,
          type: "float64",
        });
        const specs: Specs = inputs;
        const values: Record<string, TypedArray> = {
          weights: Float64Array.from(flat(network, weights)),
          labels: Float64Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : -1)),
        };
        for (const [input, x] of Object.entries(encoded(network, samples)))
          values[input] = Float64Array.from(x);
        for (const input of Object.keys(specs)) values[input] ??= Float64Array.of(0.1);
        await expectSame(fn, specs, values, 1e-9);
        const next = evaluate(fn, specs, values)[nextOf("weights")] as Float64Array;
        expect(next.every(Number.isFinite)).toBe(true);
        expect(next.some((x, i) => x !== values["weights"][i])).toBe(true);
      });
    });

describe("attention", () => {
  const sizes: Sizes = { layers: 2, width, readoutLayers: 0, pool: "mean" };
  /** Its second layer's scores times `by`, on the graphs above. */
  const scaled = (network: Network, by: number): Weights => {
    const weights = drawn(network);
    for (const name of ["layer2.left", "layer2.right"]) weights[name] = weights[name].map((x) => x * by);
    return weights;
  };

  it("is finite, its gradients too, where exponents would overflow by far", async () => {
    const network = attention({ ...law, ...sizes, heads: 2 });
    const { samples } = settings["drawn graphs"];
    const step = trainingStep({ network, loss: "squared", optimizer: "sgd", batch: count });
    const program = await compile(step.fn, step.inputs);
    for (const by of [1, 1e4, -1e4]) {
      const before = Float32Array.from(flat(network, scaled(network, by)));
      const values: Record<string, TypedArray> = { weights: before, labels: new Float32Array(count).fill(1) };
      Object.assign(values, encoded(network, samples), { "schedule.0": Float32Array.of(0.1) });
      const outputs = await program.run(values);
      const after = outputs[nextOf("weights")];
      expect([by, Number.isFinite(outputs["loss"][0]), after.every(Number.isFinite)]).toEqual([
        by,
        true,
        true,
      ]);
      expect(after.some((x, i) => x !== before[i])).toBe(true);
    }
    await program.dispose();
  });

  it("takes as heads what divides the width, by default the most up to 8", () => {
    const heads = (of: number): unknown => attention({ ...law, ...sizes, width: of }).architecture["heads"];
    expect([64, 12, 7, 11, 1].map(heads)).toEqual([8, 6, 7, 1, 1]);
    for (const wrong of [0, 4, 1.5, 12, NaN])
      expect(() => attention({ ...law, ...sizes, heads: wrong })).toThrow(
        /heads; allowed: a divisor of the width 6/,
      );
  });

  it("a node without neighbours sees itself", async () => {
    const none: FixedGraph = { n: 2, features, adjacency: new Uint8Array(4) };
    const network = attention({ ...none, ...sizes, layers: 1, heads: 1 });
    const weights = drawn(network);
    const samples = gaussian([2, features]).sample(keyFor("two nodes"), count);
    const { fn, inputs } = prediction(network, count);
    const program = await compile(fn, inputs);
    const { predictions } = await program.run({
      weights: Float32Array.from(flat(network, weights)),
      ...encoded(network, samples),
    });
    await program.dispose();
    const expected = matrix(samples.data, 2 * features).map((example) => {
      const h = relus(dense(matrix(example, features), weights, "layer1"));
      return h[0].reduce((sum, x, u) => sum + ((x + h[1][u]) / 2) * weights["out.w"][u], weights["out.b"][0]);
    });
    expectClose(Float64Array.from(predictions), Float64Array.from(expected), 1e-5);
  });
});
