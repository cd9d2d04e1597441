// Deep networks: their definition three times over, Lipschitz constants, the limits, and documents that do not hold.
import { describe, expect, it } from "vitest";
import { decodeFloats, encodeFloats } from "../../src/base/base64.ts";
import { foldIn, keyFor, normals, stream } from "../../src/base/random.ts";
import { createPredictor } from "../../src/engine/train/predictor.ts";
import { totalSize } from "../../src/engine/train/flat.ts";
import { verify as verifyFamily } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { deepSets, groupLinear } from "../../src/network/group-linear.ts";
import { featureGnn } from "../../src/network/feature-gnn.ts";
import { frameAveraged } from "../../src/network/frame-averaged.ts";
import { gin } from "../../src/network/gin.ts";
import type { Network } from "../../src/network/network.ts";
import { dimensionLimit } from "../../src/prover/concentration.ts";
import type { LipschitzEvidence } from "../../src/prover/evidence.ts";
import { layeredOf, weightsOf } from "../../src/prover/layered.ts";
import { layeredNetwork } from "../../src/prover/layered-network.ts";
import { lipschitzConstant } from "../../src/prover/lipschitz.ts";
import { networkClass } from "../../src/prover/network-class.ts";
import { parse } from "../../src/prover/params.ts";
import { plainMember, plainValue } from "../../src/prover/plain-layered.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";
import { searched } from "./honest.ts";

const verify = (document: unknown) => verifyFamily(document, { families: [networkClass] });
const failing = async (document: unknown): Promise<string[]> =>
  (await verify(document)).checks.filter((c) => !c.ok).map((c) => c.name);

const settings: readonly object[] = [
  { student: "mlp", d: 5, layers: 3, width: 4 },
  { student: "gnn", n: 5, d: 3, graph: "star", layers: 2, width: 3 },
  { student: "gin", n: 4, d: 2, graph: "path", width: 3 },
  { student: "gin", n: 5, d: 2, graph: "er:0.5", layers: 2, width: 2 },
  { student: "group-linear", group: "dihedral:5", columns: 2, layers: 2, width: 3 },
  { student: "deep-sets", n: 4, columns: 2, layers: 2, width: 3 },
  { student: "frame-averaged", group: "symmetric:3", columns: 2, layers: 2, width: 3 },
];

const random = (name: string, length: number): Float32Array =>
  normals(keyFor("deep test", name), new Float32Array(length));

async function predictions(network: Network, weights: Float32Array, inputs: Float32Array, count: number) {
  const predictor = createPredictor({ network, predictBatch: count });
  const named = network.encode({ count, shape: [inputs.length / count], data: inputs });
  const values = await predictor.predict(weights, named, count);
  await predictor.dispose();
  return values;
}

describe("deep networks", () => {
  it.each(settings)(
    "compute in plain loops what they do as arrays, and stretch no further: %o",
    async (of) => {
      const { values } = parse({ ...of, members: 2 });
      const layered = layeredOf(values, 0);
      const network = layeredNetwork(layered);
      const weights = random("weights", totalSize(network.weights));
      expect(weights).toHaveLength(weightsOf(layered));
      const [count, each] = [40, layered.points * layered.features];
      const inputs = random("inputs", count * each);
      const found = await predictions(network, weights, inputs, count);
      const member = plainMember(layered, weights);
      const constant = lipschitzConstant(layered, weights);
      expect(member.lipschitz).toBeLessThanOrEqual(constant);
      expect(constant).toBeLessThan(1.1 * member.lipschitz);
      let steepest = 0;
      for (let s = 0; s < count; s++) {
        const x = Float64Array.from(inputs.subarray(s * each, (s + 1) * each));
        const { value, doubt } = plainValue(member, x);
        expect(Math.abs(value - found[s])).toBeLessThan(1e-5 * (1 + Math.abs(value)));
        expect(doubt).toBeLessThan(1e-11);
        // along the gradient, by differences
        const slope = x.map((_, k) => {
          const moved = x.slice();
          moved[k] += 1e-6;
          return (plainValue(member, moved).value - value) / 1e-6;
        });
        steepest = Math.max(steepest, Math.hypot(...slope));
      }
      expect(steepest).toBeLessThan(constant * (1 + 1e-6));
      expect(steepest).toBeGreaterThan(constant / 60);
    },
  );

  it("are the library's networks without a hidden layer after pooling", async () => {
    const sizes = { layers: 2, width: 3, readoutLayers: 0, pool: "mean" } as const;
    const star = Uint8Array.from({ length: 25 }, (_, at) => Number(at < 5 !== (at % 5 === 0)));
    const [five, three] = [parseGroup("dihedral:5"), parseGroup("symmetric:3")];
    const same: [object, Network][] = [
      [settings[1], featureGnn({ adjacency: star, n: 5, features: 3, ...sizes })],
      [settings[4], groupLinear(five, { columns: 2, ...sizes })],
      [settings[5], deepSets(4, { columns: 2, ...sizes })],
      [settings[6], frameAveraged({ group: three, frame: "reynolds", columns: 2, ...sizes })],
    ];
    for (const [of, network] of same) {
      const layered = layeredOf(parse({ ...of, members: 2 }).values, 0);
      // a matrix after the other, biases between, as the layers have them
      const own = random("own", weightsOf(layered));
      expect(totalSize(network.weights), JSON.stringify(of)).toBe(own.length);
      const each = layered.points * layered.features;
      const inputs = random("inputs", 30 * each);
      const member = plainMember(layered, own);
      const theirs = await predictions(network, own, inputs, 30);
      for (let s = 0; s < 30; s++) {
        const x = Float64Array.from(inputs.subarray(s * each, (s + 1) * each));
        expect(theirs[s]).toBeCloseTo(plainValue(member, x).value, 4);
      }
    }
    const path = Uint8Array.from({ length: 16 }, (_, at) => Number(Math.abs((at >> 2) - (at % 4)) === 1));
    const library = gin({ adjacency: path, n: 4, features: 2, ...sizes, layers: 1 });
    const layered = layeredOf(parse({ ...settings[2], members: 2 }).values, 0);
    // its eps lies last and is 0
    const own = random("gin", weightsOf(layered));
    const inputs = random("inputs", 30 * 8);
    const theirs = await predictions(library, Float32Array.from([...own, 0]), inputs, 30);
    const member = plainMember(layered, own);
    for (let s = 0; s < 30; s++)
      expect(theirs[s]).toBeCloseTo(
        plainValue(member, Float64Array.from(inputs.subarray(8 * s, 8 * s + 8))).value,
        4,
      );
  });

  it("of large numbers that cancel are in doubt", () => {
    const { values } = parse({ student: "mlp", d: 2, layers: 2, width: 1, members: 2 });
    const layered = layeredOf(values, 0);
    // relu(x + 2^60) less 2^60: what is left of x is rounded away
    const weights = Float32Array.from([1, 0, 2 ** 60, 1, -(2 ** 60), 1, 0]);
    const { value, doubt } = plainValue(plainMember(layered, weights), Float64Array.of(1, 1));
    expect(value).toBe(0);
    expect(doubt).toBeGreaterThan(1);
  });
});

describe("the limit of concentration", () => {
  /** What a sample of D linear members of d coordinates shows, all with a common part of weight a. */
  function shown(count: number, a: number, samples: number, trial: number) {
    const x = stream(foldIn(keyFor("linear"), trial));
    const gram = Array.from({ length: count }, () => new Float64Array(count));
    for (let s = 0; s < samples; s++) {
      const common = a * x.normal();
      const v = Array.from({ length: count }, () => x.normal() + common);
      for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) gram[i][j] += (v[i] * v[j]) / samples;
    }
    let y = Array.from({ length: count }, () => 1 + x.uniform());
    let lambda = 0;
    for (let step = 0; step < 60; step++) {
      const moved = gram.map((row) => row.reduce((sum, g, j) => sum + g * y[j], 0));
      lambda = Math.hypot(...moved) / Math.hypot(...y);
      y = moved.map((m) => m / lambda);
    }
    return { samples, lambda, meanSquare: gram.reduce((sum, row, i) => sum + row[i], 0) };
  }

  it("is below the truth, which the sample itself often exceeds", () => {
    const [count, a, samples] = [6, 0.3, 600];
    const truth = (count * (1 + a * a)) / (1 + count * a * a);
    const lipschitz = Array.from({ length: count }, () => Math.sqrt(1 + a * a));
    let above = 0;
    for (let trial = 0; trial < 60; trial++) {
      const sample = shown(count, a, samples, trial);
      const limit = dimensionLimit(sample, lipschitz, 0.01);
      expect(limit).toBeLessThan(truth);
      expect(limit).toBeGreaterThan(1.3);
      if (sample.meanSquare / sample.lambda > truth) above++;
    }
    expect(above).toBeGreaterThan(3);
  });

  it("falls with the Lipschitz constants and rises with the sample", () => {
    const sample = { samples: 10_000, lambda: 1.2, meanSquare: 16 };
    const limit = (l: number, samples = 10_000, failing = 1e-6): number =>
      dimensionLimit(
        { ...sample, samples },
        Array.from({ length: 16 }, () => l),
        failing,
      );
    expect(limit(1)).toBeGreaterThan(limit(2));
    expect(limit(1, 40_000)).toBeGreaterThan(limit(1));
    expect(limit(1, 10_000, 0.01)).toBeGreaterThan(limit(1));
    expect(limit(100)).toBe(1);
    // without a doubt: the sample's own dimension
    expect(limit(1, 1e16)).toBeCloseTo(16 / 1.2, 4);
  });
});

const small = { student: "mlp", d: 4, layers: 2, width: 6, members: 6 };

describe("certificates of deep networks", () => {
  it("verify by fresh inputs, say so, and do not where anything is claimed that is not so", async () => {
    const honest = await searched(small, { steps: 60, samples: 12_000 });
    expect(honest).toMatchObject({ confidence: 1 - 1e-6, gram: { method: "monte-carlo" } });
    expect(honest.statement.members).toBe("norm-weighted");
    expect(Number(honest.dimension.spectral)).toBeGreaterThan(1.1);
    expect(await verify(JSON.parse(JSON.stringify(honest)))).toMatchObject({ valid: true, level: "sampled" });
    const evidence = honest.evidence as LipschitzEvidence;
    const forged = (change: Partial<LipschitzEvidence>) => forge(honest, change, {}, {}, networkClass);
    const half = evidence.lipschitz.map((l, i) => (i === 2 ? l / 2 : l));
    const bolder = forged({ lipschitz: half });
    expect(Number(bolder.dimension.spectral)).toBeGreaterThan(Number(honest.dimension.spectral));
    expect(await failing(bolder)).toEqual(["Lipschitz constants"]);
    expect(await failing(forged({ lipschitz: half.slice(1) }))).toEqual(["Lipschitz constants"]);
    expect(await failing(forged({ lambda: evidence.lambda * (1 - 1e-4) }))).toEqual([
      "eigenvalue on the sample",
    ]);
    const more = evidence.meanSquare * (1 + 1e-4);
    expect(await failing(forged({ meanSquare: more }))).toEqual(["trace on the sample"]);
    const { start } = evidence;
    expect(honest.search).toEqual({ steps: 60, start, end: honest.dimension.spectral });
    expect(await failing(forged({ start: start * 1.01 }))).toEqual(["start of the search"]);
    expect(await failing(forged({ start: start / 1.01 }))).toEqual(["start of the search"]);
    const weights = decodeFloats(
      evidence.members,
      weightsOf(layeredOf(parse(small).values, 0)) * 6,
      "members",
    );
    weights[3] += 0.3;
    expect(await failing(forged({ members: encodeFloats(weights) }))).not.toEqual([]);
    expect(await failing(forged({ members: "AAAA" }))).toEqual(["evidence.members"]);
    // evidence of another kind of network
    const shallow = await searched({ student: "mlp", d: 4, width: 2, members: 6 }, { steps: 0 });
    const other = { ...honest, evidence: shallow.evidence };
    expect((await verify(other)).valid).toBe(false);
  });

  it("say that they are vacuous where the constants allow nothing", async () => {
    const { formatClass } = await import("../../src/query/format.ts");
    const certificate = await searched(small, { steps: 0, samples: 1000 });
    expect(certificate.statement.vacuous).toBe(true);
    expect(certificate.dimension.spectral).toBe(1);
    const text = formatClass(networkClass, parse(small), certificate);
    expect(text).toMatch(/vacuous/);
    expect(text).toMatch(/no 6 networks of these Lipschitz constants get a dimension above 1/);
  });
});

describe("parameters of deep networks", () => {
  it("are read as such, and an orbit of them is refused", () => {
    expect(parse({ student: "gin" }).values).toMatchObject({ deep: true, members: 16 });
    expect(parse({ student: "gnn" }).values).toMatchObject({ deep: false, members: 256 });
    expect(() => parse({ student: "mlp", layers: 2, orbit: true })).toThrow(
      /deep network have no closed form/,
    );
    expect(() => parse({ student: "gin", orbit: true })).toThrow(/no closed form/);
    expect(() => parse({ student: "mlp", layers: 17 })).toThrow(/layers/);
  });
});
