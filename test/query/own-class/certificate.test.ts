import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.ts";
import { stream } from "../../../src/base/random.ts";
import { type Certificate } from "../../../src/query/certificate.ts";
import { certify, verify } from "../../../src/family/certify.ts";
import { formatCertificate } from "../../../src/family/certificate-text.ts";
import { labelsDigest, type Labels } from "../../../src/query/own-class/labels.ts";
import { forge as forgeOf } from "../../../src/family/forge.ts";
import { certifyFunctions, certifyLabels, labelsOf } from "../../../src/query/own-class/class-of-your-own.ts";
import { type Verification } from "../../../src/query/verify.ts";
import { cosines, degreeParities, indicators } from "./own-classes.ts";
import fc from "fast-check";

const failing = (v: Verification): string[] => v.checks.filter((c) => !c.ok).map((c) => c.name);
const spectral = (c: Certificate): number => Number(c.dimension.spectral);
const roundTrip = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function randomSigns(functions: number, samples: number, seed: number): Labels {
  const { word } = stream([seed, 1]);
  return { functions, samples, values: Int8Array.from({ length: functions * samples }, () => (word() % 2 === 0 ? 1 : -1)) };
} // prettier-ignore

describe("certificates of a class of one's own", () => {
  it("agree with the exact certificate of degree parities, up to the price of confidence", async () => {
    const exact = spectral(await certify("gnn-degree-parity", { n: 6 }));
    const c = await certifyFunctions(degreeParities(6), { samples: 30_000 });
    expect(c).toMatchObject({ model: "SQ", confidence: 0.99, functions: { count: "16" }, gram: { method: "monte-carlo" } });
    expect(spectral(c)).toBeLessThanOrEqual(exact);
    // 3.04 standard errors of a share of 1/d in N samples, and the samples' own deviation, of at most 4
    expect(spectral(c)).toBeGreaterThan(exact * (1 - 7.1 * Math.sqrt((exact - 1) / 30_000)));
    expect(c.gram.lambdaMax! * spectral(c)).toBeCloseTo(16, 9);
  }); // prettier-ignore

  it("of real functions are weighted by the norms", async () => {
    for (const known of [cosines(20), indicators([0.1, 0.1, 0.1, 0.05, 0.05])]) {
      const c = await certifyFunctions(known, { samples: 20_000, seed: 4 });
      expect(c.model).toBe("CSQ");
      expect(spectral(c)).toBeLessThanOrEqual(known.dimension);
      expect(spectral(c)).toBeGreaterThan(0.75 * known.dimension);
    }
  });

  it("hold at the stated confidence; the samples' own dimension does not", async () => {
    const repeats = 250;
    for (const [known, samples] of [
      [degreeParities(6), 200],
      [cosines(6), 100],
    ] as const) {
      let [misses, naive] = [0, 0];
      for (let seed = 0; seed < repeats; seed++) {
        const c = await certifyFunctions(known, { samples, seed });
        const { meanSquare, lambda } = c.evidence as { meanSquare: number; lambda: number };
        if (spectral(c) > known.dimension * (1 + 1e-12)) misses++;
        if (meanSquare / lambda > known.dimension) naive++;
      }
      // Pr[Bin(250, 0.01) > 9] < 10^-3; the true rate is far below 1 %
      expect(misses).toBeLessThanOrEqual(9);
      if (known.bound === undefined) expect(naive).toBeGreaterThan(25);
    }
  });

  it("never exceed what the samples show, nor what there is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 }), fc.nat(1000), async (d, n, seed) => {
        const labels = randomSigns(d, n, seed);
        const c = await certifyLabels(labels);
        const { meanSquare, lambda, lambdaEstimate } = c.evidence as Record<string, number>;
        expect(lambda).toBeGreaterThanOrEqual(lambdaEstimate);
        expect(spectral(c)).toBeGreaterThanOrEqual(1);
        expect(spectral(c)).toBeLessThanOrEqual((meanSquare / lambda) * (1 + 1e-6));
        expect(failing(await verify(roundTrip(c), { labels }))).toEqual([]);
        const real = await certifyLabels(labels, { bound: 1 });
        expect(spectral(real)).toBeLessThanOrEqual(spectral(c));
      }),
      { numRuns: 30 },
    );
  }); // prettier-ignore

  it("depend on the numbers, not on their type or on how they were drawn", async () => {
    const labels = randomSigns(5, 300, 2);
    const c = await certifyLabels(labels);
    expect(await certifyLabels({ ...labels, values: Float64Array.from(labels.values) })).toEqual(c);
    const sha = (data: Uint8Array) => createHash("sha256").update(data).digest();
    const rows = Array.from({ length: 5 }, (_, i) =>
      sha(new Uint8Array(Float64Array.from(labels.values.slice(300 * i, 300 * i + 300)).buffer)),
    );
    expect(await labelsDigest(labels)).toBe(sha(Buffer.concat(rows)).toString("hex"));
  });

  it("scale: functions times 3 with three times the bound are the same class", async () => {
    const labels = labelsOf(cosines(4), { samples: 500 });
    const c = await certifyLabels(labels, { bound: 2 });
    const scaled = await certifyLabels({ ...labels, values: labels.values.map((y) => 4 * y) }, { bound: 8 });
    expect(spectral(scaled)).toBeCloseTo(spectral(c), 9);
  });
});

describe("degenerate classes", () => {
  const constant = (functions: number, samples: number): Labels => ({
    functions,
    samples,
    values: new Int8Array(functions * samples).fill(1),
  });

  it("constants and copies have dimension 1, and the text says vacuous", async () => {
    for (const labels of [constant(1, 100), constant(8, 1000), constant(50, 3)]) {
      const c = await certifyLabels(labels);
      expect(spectral(c)).toBeGreaterThanOrEqual(1);
      expect(spectral(c)).toBeLessThan(1 + 1e-9);
      expect(c.statement).toMatchObject({ vacuous: true, queries: 0 });
      expect(formatCertificate(c)).toContain("vacuous");
    }
  });

  it("copies add nothing", async () => {
    const labels = labelsOf(degreeParities(5), { samples: 4000 });
    const twice = {
      ...labels,
      functions: 16,
      values: Float64Array.from([...labels.values, ...labels.values]),
    };
    expect(spectral(await certifyLabels(twice))).toBeCloseTo(spectral(await certifyLabels(labels)), 6);
  });

  it.each<[string, number[], number | undefined, RegExp]>([
    ["no number", [1, NaN, 1, -1], undefined, /NaN at function 0, sample 1/],
    ["infinite", [1, 1, 1, Infinity], 2, /Infinity at function 1, sample 1/],
    ["no sign", [1, 1, 0.5, 1], undefined, /0.5 at function 1, sample 0 is not \+1 or -1.*--bound/],
    ["above the bound", [1, 1, -3, 1], 2, /-3 at function 1, sample 0; allowed: at most the bound 2/],
    ["zero", [0, 0, 0, 0], 2, /every function is zero on all samples/],
  ])("%s: refused with its place", async (_, values, bound, message) => {
    const labels = { functions: 2, samples: 2, values: Float64Array.from(values) };
    const options = bound === undefined ? {} : { bound };
    await expect(certifyLabels(labels, options)).rejects.toThrow(message);
    await expect(certifyLabels(labels, options)).rejects.toThrow(InputError);
  });

  it("a function that is zero on the samples has no weight", async () => {
    const labels = randomSigns(3, 2000, 6);
    const values = Int8Array.from([...labels.values, ...new Int8Array(2000)]);
    const c = await certifyLabels({ functions: 4, samples: 2000, values }, { bound: 1 });
    const without = await certifyLabels(labels, { bound: 1 });
    expect(spectral(c)).toBeLessThan(spectral(without));
    expect(spectral(c)).toBeGreaterThan(0.9 * spectral(without));
  });

  it("no functions, too many, samplers that miscount, bounds that are none: refused", async () => {
    const empty = { functions: 0, samples: 0, values: new Float64Array(0) };
    await expect(certifyLabels(empty)).rejects.toThrow(/no 0 functions/);
    await expect(certifyLabels({ ...empty, functions: 2, samples: 3 })).rejects.toThrow(/0 values/);
    const big = { functions: 4001, samples: 4001, values: new Int8Array(4001 ** 2).fill(1) };
    await expect(certifyLabels(big)).rejects.toThrow(/at most 4000 of one of them/);
    expect(() => labelsOf({ sample: () => [1], functions: [() => 1] }, { samples: 2 })).toThrow(/1 inputs where 2/);
    expect(() => labelsOf({ sample: () => [], functions: [] })).toThrow(/0 functions/);
    expect(() => labelsOf(cosines(2), { samples: 0 })).toThrow(/samples/);
    await expect(certifyLabels(randomSigns(2, 2, 1), { bound: -1 })).rejects.toThrow(InputError);
    await expect(certify("custom", { functions: 2, values: "signs", bound: 1 })).rejects.toThrow(/no labels/);
  }); // prettier-ignore

  it("samples are drawn in batches that depend on the seed alone", () => {
    const asked: number[] = [];
    const known = cosines(1);
    const spy = { ...known, sample: (key: readonly [number, number], count: number) => (asked.push(count), known.sample(key, count)) };
    const a = labelsOf(spy, { samples: 9000, seed: 3 });
    expect(asked).toEqual([4096, 4096, 808]);
    expect(labelsOf(known, { samples: 9000, seed: 3 })).toEqual(a);
    expect(new Set(a.values).size).toBeGreaterThan(8990);
    expect(labelsOf(known, { samples: 10, seed: 4 }).values[0]).not.toBe(a.values[0]);
  }); // prettier-ignore
});

describe("verification", () => {
  const cases: [string, Labels, number | undefined][] = [
    ["signs, the samples' matrix", randomSigns(10, 200, 1), undefined],
    ["signs, more functions than samples", randomSigns(150, 40, 2), undefined],
    ["signs, too many samples for their matrix", randomSigns(6, 3000, 3), undefined],
    ["real values", labelsOf(cosines(8), { samples: 200 }), 1.5],
  ];

  it.each(cases)("%s: with the labels valid, without them not", async (_, labels, bound) => {
    const c = roundTrip(await certifyLabels(labels, bound === undefined ? {} : { bound }));
    expect(failing(await verify(c, { labels }))).toEqual([]);
    const blind = await verify(c);
    expect([blind.valid, failing(blind), blind.route]).toEqual([false, ["labels"], "arithmetic only: the labels were not given"]);
  }); // prettier-ignore

  it.each(cases)("%s: no forged number passes, with all that follows recomputed", async (_, labels, bound) => {
    const c = await certifyLabels(labels, bound === undefined ? {} : { bound });
    const { lambda, lambdaEstimate, meanSquare, samples } = c.evidence as Record<string, number>;
    const forge = (evidence: object, params: object = {}) => forgeOf(c, evidence, params);
    expect((await verify(forge({}), { labels })).valid).toBe(true);
    const forgeries: [object, object?][] = [
      [{ lambda: 0.999 * lambdaEstimate, lambdaEstimate: 0.999 * lambdaEstimate }],
      [{ lambda: lambda * 0.9, lambdaEstimate: lambdaEstimate * 0.9 }],
      [{ lambda: lambda * (1 + 1e-5), lambdaEstimate: lambdaEstimate * (1 + 1e-6) }],
      [{ meanSquare: meanSquare * (1 + 1e-6) }],
      [{ samples: samples + 1 }],
      [{ sha256: "0".repeat(64) }],
      [{}, { functions: labels.functions + 1 }],
      ...(bound === undefined ? [] : ([[{}, { bound: 1.2 }], [{}, { values: "signs", bound: 1 }]] as [object, object][])),
    ];
    for (const [evidence, params] of forgeries) {
      const v = await verify(roundTrip(forge(evidence, params)), { labels });
      expect([evidence, params, v.valid]).toEqual([evidence, params, false]);
    }
    // a weaker bound with all that follows from it is still true
    expect((await verify(forge({ lambda: lambda * 1.1 }), { labels })).valid).toBe(true);
  }); // prettier-ignore

  it("other labels, one changed sign, functions exchanged: not these", async () => {
    const labels = randomSigns(4, 50, 9);
    const c = await certifyLabels(labels);
    const changed = labels.values.slice();
    changed[17] *= -1;
    const exchanged = Int8Array.from([...labels.values.slice(50, 100), ...labels.values.slice(0, 50), ...labels.values.slice(100)]);
    for (const values of [changed, exchanged])
      expect(failing(await verify(c, { labels: { ...labels, values } }))).toEqual(["sha256"]);
    expect(failing(await verify(c, { labels: randomSigns(50, 4, 9) }))).toEqual(["labels"]);
  }); // prettier-ignore
});

describe("the text", () => {
  it("names what is taken on trust, the price, and the law of a random member", async () => {
    const text = formatCertificate(await certifyFunctions(cosines(40), { samples: 3000 }));
    expect(text).toMatch(/with confidence 0.99/);
    expect(text).toMatch(/Taken as given: the samples are independent/);
    expect(text).toMatch(/no class of 40 functions gets a dimension above/);
    expect(text).toMatch(/probability proportional to its squared norm/);
    expect(text).not.toMatch(/uniformly drawn/);
    expect(text).toContain("`train` draws no targets from these functions.");
    const signs = formatCertificate(await certifyFunctions(degreeParities(7), { samples: 3000 }));
    expect(signs).toMatch(/covers every statistical query/);
  });
});
