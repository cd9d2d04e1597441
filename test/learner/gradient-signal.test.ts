import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { foldIn, keyFor, normals } from "../../src/base/random.ts";
import type { Samples } from "../../src/distribution/law.ts";
import { pack, totalSize } from "../../src/engine/train/flat.ts";
import { perExample } from "../../src/engine/train/per-example.ts";
import { certify } from "../../src/family/certify.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { settledParams, studentOf } from "../../src/family/family.ts";
import { familyById } from "../../src/family/registry.ts";
import { trainByGradient } from "../../src/learner/gradient-descent.ts";
import { gradientSignal } from "../../src/learner/gradient-signal.ts";
import { capability } from "../../src/learner/learner.ts";
import type { Weights } from "../../src/network/network.ts";
import { membersOn } from "../../src/query/oracle/members.ts";
import { measureSignal } from "../../src/query/signal.ts";

const gnnDegreeParity = familyById("gnn-degree-parity");

const signalOf = (id: string, params: object, options: object, seed = 0) => {
  const family = familyById(id);
  return gradientSignal({ family, params: family.parse(params), seed, options });
};

/** All graphs on n nodes, and a student of degree parities on them with its per-example gradients. */
async function onAllGraphs(n: number, width: number) {
  const edges = (n * (n - 1)) / 2;
  const count = 2 ** edges;
  const data = new Uint8Array(count * n * n);
  for (let g = 0; g < count; g++)
    for (let i = 0, e = 0; i < n; i++)
      for (let j = i + 1; j < n; j++, e++)
        data[(g * n + i) * n + j] = data[(g * n + j) * n + i] = (g >> e) & 1;
  const points: Samples = { count, shape: [n, n], data };
  const params = gnnDegreeParity.parse({ n });
  const instance = drawInstance(gnnDegreeParity, params, 0);
  const network = studentOf(gnnDegreeParity, instance, {
    layers: 1,
    width,
    readoutLayers: 1,
    pool: "mean",
  });
  const size = totalSize(network.weights);
  const program = await perExample(network, 1024);
  const gradient = (weights: Float32Array) => ({
    count: size,
    on: async (samples: Samples) =>
      (await program.run(weights, network.encode(samples), samples.count)).gradients,
  });
  const list = capability(gnnDegreeParity, "members").call(gnnDegreeParity, params, { seed: 0 });
  const members = await membersOn(list, { points });
  /** phi by its definition, every expectation a sum over all graphs. */
  const phi = async (weights: Float32Array): Promise<number> => {
    const { inner, norms } = await members.correlate(gradient(weights), 0);
    const sum = (x: Float64Array) => x.reduce((total, value) => total + value * value, 0);
    return sum(inner) / list.count / sum(norms);
  };
  const { dimension } = await certify(gnnDegreeParity, params);
  const flat = (weights: Weights): Float32Array => {
    const out = new Float32Array(size);
    pack(network.weights, weights, out);
    return out;
  };
  return { size, gradient, list, phi, flat, instance, bound: 1 / Number(dimension.spectral) };
}

describe("the bound 1 / d_eff", async () => {
  const { size, phi, flat, instance, bound, gradient, list } = await onAllGraphs(5, 4);

  it("is the certificate's", () => expect(bound).toBeCloseTo(0.34375, 12));

  it("is never exceeded at random weights, whatever their sizes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 8, maxLength: 8 }),
        async (seed, logs) => {
          const scale = (i: number): number => 10 ** logs[i % 8];
          const value = await phi(
            normals(keyFor("weights", seed), new Float32Array(size)).map((z, i) => z * scale(i)),
          );
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(bound * (1 + 1e-5));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is never exceeded along a training, which comes near it", async () => {
    const seen: Weights[] = [];
    await trainByGradient({
      family: gnnDegreeParity,
      instance,
      easy: false,
      seed: 1,
      options: { student: "gnn", layers: 1, width: 4, readoutLayers: 1, steps: 600, batch: 64, lr: 0.02 },
      watch: { point: ({ weights }) => void seen.push(weights) },
    });
    const values = await Promise.all(seen.map((w) => phi(flat(w))));
    expect(values.length).toBeGreaterThan(30);
    for (const value of values) expect(value).toBeLessThanOrEqual(bound * (1 + 1e-5));
    expect(Math.max(...values)).toBeGreaterThan(bound / 10);
  });

  it("one function alone is seen better (negative control)", async () => {
    // the gradient of the output bias is the constant function, a member of the class: phi for it alone is 1
    const only = await measureSignal({
      gradient: { count: 1, on: (samples) => new Float32Array(samples.count).fill(1) },
      members: list, chosen: [0], drawn: false, samples: 1000, key: keyFor("one"), chunk: 1000,
    }); // prettier-ignore
    expect(only.phi.value).toBeCloseTo(1, 9);
  });

  it("samples give the value of all graphs, within their error", async () => {
    let total = 0;
    for (let seed = 0; seed < 10; seed++) {
      const weights = normals(keyFor("weights", seed), new Float32Array(size));
      const chosen = Array.from({ length: list.count }, (_, i) => i);
      const measured = await measureSignal({
        gradient: gradient(weights), members: list, chosen, drawn: false, samples: 4000, key: foldIn(keyFor("samples"), seed), chunk: 1000,
      }); // prettier-ignore
      const z = (measured.phi.value - (await phi(weights))) / measured.phi.standardError;
      expect(Math.abs(z)).toBeLessThan(5);
      total += z;
    }
    expect(Math.abs(total / Math.sqrt(10))).toBeLessThan(4);
  });
});

describe("hidden planes on one node", () => {
  it.each([
    [8, 4, 64],
    [6, 4, 32],
    [5, 4, 16],
    [16, 2, 32],
  ])("d = %i, k = %i, width %i: measured and predicted agree", async (d, k, width) => {
    const samples = d === 8 ? 60_000 : 30_000;
    const { phi, standardError, predicted, bound, method } = await signalOf("gnn-hidden-plane", { n: 1, d, k }, { student: "mlp", width, samples, members: 24 }); // prettier-ignore
    expect(method).toBe("sampled");
    expect(Math.abs(phi - (predicted ?? NaN))).toBeLessThan(4 * standardError);
    expect(standardError).toBeLessThan(0.4 * phi);
    expect(phi - 4 * standardError).toBeLessThan(bound);
  });

  it("squares of one sample's inner products would be far too large (negative control)", async () => {
    const [samples, members] = [4096, 4];
    const { phi, standardError, predicted } = await signalOf("gnn-hidden-plane", { n: 1, d: 16, k: 6 }, { student: "mlp", width: 16, samples, members }); // prettier-ignore
    expect(Math.abs(phi - (predicted ?? NaN))).toBeLessThan(4 * standardError);
    // what noise adds to squares is about 1 / samples of the energy
    expect(1 / samples).toBeGreaterThan(2 * standardError);
    expect(1 / samples).toBeGreaterThan(100 * (predicted ?? NaN));
  });
});

describe("a random graph", () => {
  const family = familyById("gnn-hidden-plane");
  const params = family.parse({ n: 5, d: 3, k: 2, graph: "er:0.3" });
  const seeds = [0, 1, 2, 3];

  it("is the instance's in its members, too", () => {
    let apart = 0;
    for (const seed of seeds) {
      const instance = drawInstance(family, params, seed);
      const samples = instance.law.sample(keyFor("x"), 50);
      const distance = (of: typeof params): number => {
        const list = capability(family, "members").call(family, of, { seed, count: 1 });
        const { u, v } = list.hidden(0) as { u: number[]; v: number[] };
        const labels = capability(family, "plane").labels(
          instance,
          Float64Array.of(...u, ...v),
          false,
        )(samples);
        const norm = Math.sqrt(instance.hard.secondMoment.value);
        return Math.max(...list.values(samples, 0, 1).map((y, i) => Math.abs(y - labels[i] / norm)));
      };
      expect(distance(settledParams(family, instance))).toBeLessThan(1e-4);
      if (distance(params) > 0.1) apart += 1; // on a graph of their own (negative control)
    }
    expect(apart).toBeGreaterThan(0);
  });

  it.each([1, 5])("gives the signal of that graph given by its edges, seed %i", async (seed) => {
    const sparse = family.parse({ n: 4, d: 2, k: 2, graph: "er:0.1" });
    const options = { width: 8, samples: 8000, members: 4 };
    const { edges } = drawInstance(family, sparse, seed).facts;
    const drawn = await signalOf("gnn-hidden-plane", sparse.json, options, seed);
    const given = await signalOf("gnn-hidden-plane", { ...sparse.json, graph: { edges } }, options, seed);
    // half of it on two graphs that share a node
    const error = Math.hypot(drawn.standardError, given.standardError);
    expect(Math.abs(drawn.phi - given.phi)).toBeLessThan(3 * error);
    expect(error).toBeLessThan(given.phi / 7);
  });
});

describe("families", () => {
  it("an averaged student on averaged planes: exact, and what symmetry gives", async () => {
    const { method, ratio, plain } = await signalOf("cnn-hidden-plane", { group: "cyclic:8", k: 4 }, {});
    expect(method).toBe("exact-over-directions");
    expect(ratio).toBeGreaterThan(5);
    expect(plain?.gain.raw).toBeGreaterThan(2);
    expect(plain?.gain.raw).toBeLessThan(4);
    expect(plain?.gain.centred).toBeGreaterThan(5);
    expect(plain?.gain.centred).toBeLessThan(8.5);
  });

  it.each([
    ["gnn-degree-parity", { n: 6 }, {}],
    ["gnn-hidden-plane", { n: 3, d: 4, k: 4, graph: "path" }, {}],
    ["cnn-hidden-plane", { group: "cyclic:6", k: 4, columns: 2 }, {}],
    ["frame-parity", { group: "cyclic:6", k: 2 }, { student: "deep-sets", layers: 2 }],
    ["invariant-polynomial", { variables: 5, degree: 2 }, {}],
  ])("%s: a number below its bound", async (id, params, options) => {
    const { phi, standardError, bound, method } = await signalOf(id, params, { ...options, width: 8, samples: 2000, members: 16 }); // prettier-ignore
    expect(method).toBe("sampled");
    expect(phi - 4 * standardError).toBeLessThan(bound);
    expect(standardError).toBeGreaterThan(0);
  });

  it("along a training: its start, its end and four points between", async () => {
    const { curve = [] } = await signalOf("gnn-hidden-plane", { n: 1, d: 4, k: 4 }, { student: "mlp", steps: 400, samples: 1000, width: 16 }); // prettier-ignore
    expect(curve.map((c) => c.step)[0]).toBe(0);
    expect(curve.at(-1)?.step).toBe(400);
    expect(curve).toHaveLength(6);
  });

  it("refuses what the student does not read, and what cannot be held", async () => {
    await expect(signalOf("gnn-hidden-plane", { n: 1, d: 4, k: 4 }, { student: "mlp", pool: "sum" })).rejects.toThrow(/pool/); // prettier-ignore
    await expect(signalOf("gnn-hidden-plane", { n: 1, d: 4000, k: 4 }, { width: 4096, samples: 100 })).rejects.toThrow(/inner products/); // prettier-ignore
  });
});
