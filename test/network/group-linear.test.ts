import { beforeAll, describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { gaussian } from "../../src/distribution/gaussian.ts";
import { defaultDevice, init, numpy as np } from "../../src/engine/lower/jax.ts";
import { invarianceError } from "../../src/network/equivariance.ts";
import { deepSets, groupLinear } from "../../src/network/group-linear.ts";
import { initialise } from "../../src/network/initialise.ts";
import { weightCount, type Network, type Weights } from "../../src/network/network.ts";
import type { Samples } from "../../src/distribution/law.ts";
import { randomElement } from "../../src/symmetry/chain.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";
import { pairOrbits } from "../../src/symmetry/orbits.ts";
import type { Permutation } from "../../src/symmetry/permutation.ts";

beforeAll(async () => {
  await init("wasm");
  defaultDevice("wasm");
});

const options = { columns: 2, layers: 2, width: 5, readoutLayers: 1, pool: "mean" } as const;
const groups = ["cyclic:6", "dihedral:5", "symmetric:5", "cyclic:2xcyclic:3", "trivial:4", "alternating:5"];

/** Weights with random biases too, so that an error in those shows. */
function randomWeights(network: Network, seed: number): Weights {
  const weights = initialise(network, keyFor("weights", seed));
  for (const [name, values] of Object.entries(weights))
    if (name.endsWith(".b")) values.set(gaussian([values.length]).sample(keyFor(name, seed), 1).data);
  return weights;
}

function outputs(network: Network, weights: Weights, samples: Samples): number[] {
  const arrays = Object.fromEntries(Object.keys(network.weights).map((k) => [k, np.array(weights[k]).reshape([...network.weights[k]])])); // prettier-ignore
  const inputs = Object.fromEntries(Object.entries(network.encode(samples)).map(([k, x]) => [k, np.array(x).reshape([samples.count, ...network.inputs[k]])])); // prettier-ignore
  return Array.from(network.forward(arrays, inputs).dataSync() as Float32Array);
}

/** g X: row g(i) of the result is row i. */
const act =
  (g: Permutation, columns: number) =>
  ({ count, shape, data }: Samples): Samples => {
    const out = new Float32Array(data.length);
    const n = g.length;
    for (let e = 0; e < count; e++)
      for (let i = 0; i < n; i++)
        for (let c = 0; c < columns; c++) out[(e * n + g[i]) * columns + c] = data[(e * n + i) * columns + c];
    return { count, shape, data: out };
  };

/** Neither the symmetric nor the alternating group. */
const isSmall = (name: string): boolean => {
  const group = parseGroup(name);
  return group.order() * 2n < parseGroup(`symmetric:${group.degree}`).order();
};

describe("a network of group-linear layers", () => {
  it.each(groups)("is invariant under its group: %s", async (name) => {
    const group = parseGroup(name);
    const n = group.degree;
    const network = groupLinear(group, options);
    const weights = randomWeights(network, 1);
    const samples = gaussian([n, 2]).sample(keyFor("samples"), 12);
    for (let i = 0; i < 3; i++) {
      const g = randomElement(group.chain(), keyFor("element", i));
      expect(await invarianceError(network, weights, samples, act(g, 2))).toBeLessThan(1e-5);
    }
  });

  // an exchange of two points is in none of these
  it.each(groups.filter(isSmall))("is not invariant under more: %s", async (name) => {
    const group = parseGroup(name);
    const n = group.degree;
    const network = groupLinear(group, options);
    const weights = randomWeights(network, 1);
    const samples = gaussian([n, 2]).sample(keyFor("samples"), 12);
    const exchange = Int32Array.from({ length: n }, (_, i) => (i === 0 ? 1 : i === 1 ? 0 : i));
    expect(await invarianceError(network, weights, samples, act(exchange, 2))).toBeGreaterThan(1e-3);
  });

  it("is the definition: one weight matrix for each orbit of pairs", () => {
    const group = parseGroup("cyclic:2xcyclic:3");
    const network = groupLinear(group, { columns: 1, layers: 1, width: 3, readoutLayers: 0, pool: "sum" });
    const { labels, count } = pairOrbits(group.generators, 6);
    const weights = randomWeights(network, 2);
    const samples = gaussian([6, 1]).sample(keyFor("samples"), 4);
    outputs(network, weights, samples).forEach((y, e) => {
      let sum = weights["out.b"][0];
      for (let u = 0; u < 3; u++)
        for (let i = 0; i < 6; i++) {
          let h = weights["layer1.b"][u];
          for (let o = 0; o < count; o++) {
            const near = [0, 1, 2, 3, 4, 5].filter((j) => labels[i * 6 + j] === o);
            const mean = near.reduce((s, j) => s + samples.data[e * 6 + j], 0) / near.length;
            h += mean * weights["layer1.w"][o * 3 + u];
          }
          sum += weights["out.w"][u] * Math.max(0, h);
        }
      expect(y).toBeCloseTo(sum, 4);
    });
  });

  it("has as many weights as orbits allow", () => {
    const layer = { columns: 1, layers: 1, width: 4, readoutLayers: 0, pool: "mean" } as const;
    // orbits on pairs x 4, biases for each orbit of points, output
    expect(weightCount(groupLinear(parseGroup("cyclic:7"), layer))).toBe(7 * 4 + 4 + 4 + 1);
    expect(weightCount(groupLinear(parseGroup("symmetric:7"), layer))).toBe(2 * 4 + 4 + 4 + 1);
    expect(weightCount(groupLinear(parseGroup("trivial:3"), layer))).toBe(9 * 4 + 3 * 4 + 3 * 4 + 1);
  });

  it("refuses groups with too many orbits, with their number", () => {
    expect(() => groupLinear(parseGroup("trivial:40"), options)).toThrow(/1600 orbits on pairs/);
  });
});

describe("Deep Sets", () => {
  it.each([1, 2, 5])("are the group-linear network of symmetric:%i", (n) => {
    for (const pool of ["mean", "sum"] as const) {
      const [a, b] = [groupLinear(parseGroup(`symmetric:${n}`), { ...options, pool }), deepSets(n, { ...options, pool })];
      expect(b.weights).toEqual(a.weights);
      const weights = randomWeights(a, n);
      const samples = gaussian([n, 2]).sample(keyFor("samples"), 9);
      const expected = outputs(a, weights, samples);
      outputs(b, weights, samples).forEach((y, e) => expect(y).toBeCloseTo(expected[e], 4));
    }
  }); // prettier-ignore
});
