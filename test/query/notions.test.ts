/** Other notions of size, each against its own definition on classes small enough to try everything. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { certify, verify } from "../../src/family/certify.ts";
import { formatCertificate } from "../../src/family/certificate-text.ts";
import { spreadOfCounts, spreadOfLaw } from "../../src/family/gnn-degree-parity/spread.ts";
import { forgeryTrial } from "../../src/family/forgery-trial.ts";
import { forge } from "../../src/family/forge.ts";
import { stream } from "../../src/base/random.ts";
import { cubeRoot } from "../../src/numeric/integers.ts";
import { compare, exactly, rational, reciprocal } from "../../src/numeric/rational.ts";
import { askedOf, type Certificate } from "../../src/query/certificate.ts";
import { certifyLabels } from "../../src/query/own-class/class-of-your-own.ts";
import { apartCharacters, apartInMatrix } from "../../src/query/apart-list.ts";
import type { Claims } from "../../src/query/certifier.ts";
import { notionsOf, notionTable, parseNotion, type Notion } from "../../src/query/notions.ts";
import { processorTime } from "../processor-time.ts";

type Matrix = readonly (readonly number[])[];

/** <f_i, f_j> of functions given by their values on the points of a uniform law. */
const gramOf = (f: Matrix): Matrix =>
  f.map((a) => f.map((b) => a.reduce((s, x, i) => s + x * b[i], 0) / a.length));

/** Sub-lists as bit masks. */
const members = (mask: number, of: number): number[] => [...Array(of).keys()].filter((i) => (mask >> i) & 1);

/** The largest d such that every C' of at least D/d members has mean at most gamma, by trying all of them. */
function sdaByDefinition(m: Matrix, gamma: number): number {
  const worst = Array.from({ length: m.length + 1 }, () => -Infinity);
  for (let mask = 1; mask < 2 ** m.length; mask++) {
    const list = members(mask, m.length);
    const mean = list.flatMap((i) => list.map((j) => m[i][j])).reduce((a, b) => a + b) / list.length ** 2;
    for (let size = 1; size <= list.length; size++) worst[size] = Math.max(worst[size], mean);
  }
  let d = 0;
  while (worst[Math.ceil(m.length / (d + 1))] <= gamma + 1e-12) d++;
  return d;
}

function sqDimByDefinition(m: Matrix): number {
  let best = 1;
  for (let mask = 1; mask < 2 ** m.length; mask++) {
    const list = members(mask, m.length);
    if (list.every((i) => list.every((j) => i === j || Math.abs(m[i][j]) <= 1 / list.length + 1e-12)))
      best = Math.max(best, list.length);
  }
  return best;
}

/** By plain power iteration on m + 1, from above by a hair. */
function largestEigenvalue(m: Matrix): number {
  let x = m.map((_, i) => 1 + i / 97);
  let norm = 0;
  for (let step = 0; step < 1000; step++) {
    const y = m.map((row, i) => x[i] + row.reduce((s, v, j) => s + v * x[j], 0));
    norm = Math.hypot(...y);
    x = y.map((v) => v / norm);
  }
  return (norm - 1) * (1 + 1e-9);
}

const absolute = (m: Matrix): Matrix => m.map((row) => row.map(Math.abs));
const squares = (m: Matrix): number => m.flat().reduce((s, x) => s + x * x, 0);

const claimsOf = (m: Matrix): Claims => ({
  count: BigInt(m.length),
  log2Count: Math.log2(m.length),
  method: "exact",
  lambdaMax: largestEigenvalue(m),
  maxAbsCorrelation: Math.min(
    1,
    Math.max(0, ...m.flatMap((row, i) => row.filter((_, j) => i !== j).map(Math.abs))),
  ),
  dimension: exactly(m.length / largestEigenvalue(m)),
  confidence: 1,
  absoluteLambda: exactly(largestEigenvalue(absolute(m))),
  meanSquare: exactly((squares(m) / m.length ** 2) * (1 + 1e-12)),
});

const named = (notions: readonly Notion[], quantity: RegExp): Notion =>
  notions.find((n) => quantity.test(n.quantity))!;
const valueOf = (claims: Claims, name: string, quantity: RegExp = /./): number =>
  Number(named(notionsOf({ claims, signs: true, tauSquared: rational(1, 4) }, [name]), quantity).value);

/** 6 functions of values +-1 on 8 points. */
const signs = fc.array(fc.array(fc.constantFrom(-1, 1), { minLength: 8, maxLength: 8 }), {
  minLength: 2,
  maxLength: 6,
});
const gammas = [0.02, 0.13, 0.2, 0.26, 0.34, 0.5, 0.51, 0.8, 0.99];

const roundTrip = (c: Certificate): Certificate => JSON.parse(JSON.stringify(c)) as Certificate;

/** The degrees of every graph on n nodes. */
function allDegrees(n: number): number[][] {
  const edges = members(2 ** n - 1, n).flatMap((i) => members(2 ** i - 1, i).map((j) => [i, j]));
  return Array.from({ length: 2 ** edges.length }, (_, code) => {
    const degrees = Array.from({ length: n }, () => 0);
    edges.forEach(([i, j], e) => {
      degrees[i] += (code >> e) & 1;
      degrees[j] += (code >> e) & 1;
    });
    return degrees;
  });
}

/** [vector, probability] of every graph: bit j is the parity of the number of nodes of degree j. */
const lawOf = (n: number, p: number): [number, number][] =>
  allDegrees(n).map((degrees) => {
    const edges = degrees.reduce((a, b) => a + b) / 2;
    return [degrees.reduce((v, d) => v ^ (1 << d), 0), p ** edges * (1 - p) ** ((n * (n - 1)) / 2 - edges)];
  });

/** The degree parities of all graphs on n nodes as values +-1, one of each four sets: neither 0 nor 1 is in it. */
function degreeParities(n: number): number[][] {
  const graphs = allDegrees(n);
  return Array.from({ length: 2 ** (n - 2) }, (_, s) =>
    graphs.map((degrees) => (-1) ** degrees.filter((d) => ((4 * s) >> d) & 1).length),
  );
}

describe("greedy lists", () => {
  it("are apart by the definition, within what is possible, and at least what the mean square promises", () => {
    fc.assert(
      fc.property(signs, (f) => {
        const m = gramOf(f);
        const list = apartInMatrix(Float64Array.from(m.flat()), m.length, 0);
        for (const i of list)
          for (const j of list) if (i !== j) expect(Math.abs(m[i][j])).toBeLessThanOrEqual(1 / list.length);
        expect(list.length).toBeLessThanOrEqual(sqDimByDefinition(m));
        const { maxAbsCorrelation: _none, ...claims } = claimsOf(m);
        const promised = valueOf({ ...claims, maxAbsCorrelation: null }, "sq-dim");
        expect(list.length).toBeGreaterThanOrEqual(promised);
      }),
      { numRuns: 60 },
    );
  });

  it("of characters are those of their matrix", () => {
    const of = [1, 0.9, 0.1, 0.05, 0.2, 0.02, 0.3, 0.12];
    const list = apartCharacters(8, (u, d) => of[u] > 1 / d);
    expect(list).toHaveLength(4);
    for (const s of list) for (const t of list) if (s !== t) expect(of[s ^ t]).toBeLessThanOrEqual(1 / 4);
    expect(apartCharacters(8, () => true)).toEqual([0]);
    expect(apartCharacters(8, () => false)).toHaveLength(8);
  });
});

describe("bounds on other notions", () => {
  it("hold on random classes by the definitions, and would not if they were twice as large", () => {
    const reached = { absolute: 0, signed: 0, list: 0 };
    fc.assert(
      fc.property(signs, (f) => {
        const m = gramOf(f);
        const claims = claimsOf(m);
        for (const gamma of gammas) {
          const [plain, signed] = [sdaByDefinition(absolute(m), gamma), sdaByDefinition(m, gamma)];
          const bounds = [/absolute/, /signed/].map((q) => valueOf(claims, `sda:${gamma}`, q));
          expect(bounds[0]).toBeLessThanOrEqual(plain);
          expect(bounds[1]).toBeLessThanOrEqual(signed);
          // without eigenvalues the pairwise form is left
          const { absoluteLambda: _none, ...pairwise } = claims;
          expect(valueOf(pairwise, `sda:${gamma}`, /absolute/)).toBeLessThanOrEqual(bounds[0]);
          if (2 * bounds[0] > plain) reached.absolute++;
          if (2 * bounds[1] > signed) reached.signed++;
        }
        const list = sqDimByDefinition(m);
        const { maxAbsCorrelation: _delta, ...others } = claims;
        expect(valueOf(claims, "sq-dim")).toBeLessThanOrEqual(list);
        expect(valueOf({ ...others, maxAbsCorrelation: null }, "sq-dim")).toBeLessThanOrEqual(list);
        if (2 * valueOf(claims, "sq-dim") > list) reached.list++;
      }),
      { numRuns: 60 },
    );
    for (const times of Object.values(reached)) expect(times).toBeGreaterThan(10);
  });

  it("hold for degree parities, enumerated", async () => {
    for (const n of [4, 5]) {
      const c = await certify("gnn-degree-parity", { n }, { notion: "sda:0.6" });
      const m = gramOf(degreeParities(n));
      expect(Number(c.functions.count)).toBe(m.length);
      expect(named(c.notions!, /d_eff/).value).toBeCloseTo(m.length / largestEigenvalue(m), 6);
      expect(named(c.notions!, /cross/)).toMatchObject({ bound: "exact" });
      expect(named(c.notions!, /cross/).value).toBeCloseTo(m.length ** 2 / squares(m), 12);
      for (const gamma of gammas) {
        const { notions = [] } = await certify("gnn-degree-parity", { n }, { notion: `sda:${gamma}` });
        const [plain, signed] = [/absolute/, /signed/].map((q) => Number(named(notions, q).value));
        expect(plain).toBeLessThanOrEqual(sdaByDefinition(absolute(m), gamma));
        expect(signed).toBeLessThanOrEqual(sdaByDefinition(m, gamma));
        const rows = Math.floor((gamma * m.length) / largestEigenvalue(absolute(m)) + 1e-7);
        expect(plain).toBeGreaterThanOrEqual(rows);
        // gamma d_eff rounded down
        expect(signed).toBe(Math.floor((gamma * m.length) / largestEigenvalue(m) + 1e-7));
      }
      expect(named(c.notions!, /SQ dim/).value).toBeLessThanOrEqual(sqDimByDefinition(m));
    }
  });

  it("come from laws in float64 as from exact ones, rounded down", async () => {
    for (const p of [0.5, 0.3]) {
      const counts = new Map<number, number>();
      // the law once more, from all graphs on 5 nodes
      for (const [v, weight] of lawOf(5, p)) counts.set(v, (counts.get(v) ?? 0) + weight);
      const law = [...counts];
      const truth = 1 / law.reduce((sum, [, x]) => sum + x * x, 0);
      const spread = spreadOfLaw(5, law, 1e-13);
      const found = (1 / Number(spread.meanSquare.num)) * Number(spread.meanSquare.den);
      expect(found).toBeCloseTo(truth, 10);
      expect(found).toBeLessThan(truth);
      const c = await certify("gnn-degree-parity", { n: 5, p }, { notion: "sda:0.5" });
      expect(named(c.notions!, /cross/).value).toBeCloseTo(truth, 10);
      if (p !== 0.5) continue;
      const exact = spreadOfCounts(
        5,
        law.map(([v, x]) => [v, BigInt(Math.round(x * 1024))]),
        1024n,
      );
      const rowSum = largestEigenvalue(absolute(gramOf(degreeParities(5))));
      expect(Number(exact.absoluteLambda.num) / Number(exact.absoluteLambda.den)).toBeCloseTo(rowSum, 6);
      expect(compare(spread.absoluteLambda, exact.absoluteLambda)).toBeGreaterThan(0);
    }
    // beyond the exact rationals
    const c = await certify("gnn-degree-parity", { n: 11 }, { notion: "sda:0.5" });
    const d = Number(c.dimension.spectral);
    expect(named(c.notions!, /cross/).value).toBeGreaterThan(1.2 * d);
    expect(named(c.notions!, /absolute/).value).not.toBeNull();
    expect((await verify(roundTrip(c))).valid).toBe(true);
  });

  it("of VSTAT leave to each query the share that is proved", () => {
    // the oracle answers as for noise; a member is excluded where that is out of its tolerance
    let largest = 0;
    fc.assert(
      fc.property(
        signs,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 }),
        fc.integer({ min: 1, max: 40 }),
        (f, q, m) => {
          const noise = q.reduce((a, b) => a + b) / 16;
          const excluded = f.filter((values) => {
            const p = values.reduce((s, y, x) => s + q[2 * x + (y > 0 ? 1 : 0)], 0) / 8;
            return Math.abs(p - noise) > Math.max(1 / m, Math.sqrt((p * (1 - p)) / m));
          });
          const dimension = f.length / largestEigenvalue(gramOf(f));
          const share = (excluded.length / f.length) * (dimension / m);
          largest = Math.max(largest, share);
          expect(share).toBeLessThan(2);
        },
      ),
      {
        numRuns: 500,
        examples: [[[[1, 1, 1, 1, 1, 1, 1, 1]], Array.from({ length: 16 }, (_, i) => i % 2), 3]],
      },
    );
    // far above nothing: the lone function, found by the query that is its label
    expect(largest).toBeGreaterThan(0.3);
  });

  it("are all known for orthogonal functions", async () => {
    // 43 orbits; .8 * .25 * 43 = 8.6
    const c = await certify("frame-parity", { group: "cyclic:12", k: 4 }, { tau: 0.5, notion: "sda:0.1" });
    const table = c.notions!.map(({ notion, value, bound }) => [notion, value, bound]);
    expect(table).toEqual([
      ["spectral", 43, "exact"],
      ["sda:0.1", 4, "lower"],
      ["sda:0.1", 4, "lower"],
      ["vstat:4", null, null],
      ["rsd", 9, "lower"],
      ["cross-predictability", 43, "exact"],
      ["sq-dim", 43, "exact"],
    ]);
    expect(formatCertificate(c)).toContain("does not apply because labels are real numbers, not +-1");
  });

  it("count queries: floor + 1 of what has to be exceeded", () => {
    const claims = { ...claimsOf([[1]]), dimension: rational(120) };
    expect(valueOf(claims, "vstat:4")).toBe(11); // more than 10
    expect(valueOf(claims, "rsd")).toBe(25); // more than .8 * .25 * 120 = 24
  });

  it("say nothing of absolute correlations from Schur's lemma or samples", async () => {
    const plane = await certify("gnn-hidden-plane", { n: 1, d: 16, k: 4 }, { notion: "sda:0.01" });
    expect(named(plane.notions!, /absolute/)).toMatchObject({ value: null, bound: null });
    expect(named(plane.notions!, /signed/).value).toBe(65); // of min dim H_l / share_l = 6569
    expect(named(plane.notions!, /SQ dim/).value).toBe(19); // 19^2 * 18 = 6498, 20^2 * 19 = 7600
    expect(named(plane.notions!, /cross/)).toMatchObject({ bound: "lower" });
    expect(Number(named(plane.notions!, /cross/).value)).toBeCloseTo(6569.97, 1);
    expect(formatCertificate(plane)).toMatch(/absolute correlations +does not apply because/);
  });
});

describe("notions in a document", () => {
  it("are there when asked for, verify, and nothing else is changed", async () => {
    const plain = await certify("gnn-degree-parity", { n: 6 });
    const c = roundTrip(await certify("gnn-degree-parity", { n: 6 }, { notion: "vstat:200/2" }));
    const { notions, digest: _digest, ...rest } = c;
    const { apart, ...evidence } = rest.evidence;
    expect(apart).toHaveLength(4);
    expect({ ...rest, evidence, digest: plain.digest }).toEqual(roundTrip(plain));
    expect(notions!.map(({ notion }) => notion)).toContain("vstat:100");
    expect((await verify(c)).valid).toBe(true);
    expect(await certify("gnn-degree-parity", { n: 6 }, { notion: "spectral" })).toEqual(plain);
    expect(formatCertificate(c)).toContain("VSTAT(100)");
    expect(formatCertificate(plain)).toContain("VSTAT(256)");
    expect(askedOf(plain)).not.toHaveProperty("notions");
  });

  it("do not verify with any altered value, word or name", async () => {
    const c = roundTrip(
      await certify("gnn-hidden-plane", { n: 1, d: 8, k: 2, count: 12 }, { notion: "sda:0.3" }),
    );
    expect((await verify(c)).valid).toBe(true);
    for (const [i, entry] of c.notions!.entries())
      for (const [field, value] of Object.entries(entry)) {
        const other = typeof value === "number" ? value + 1 : value === null ? 1 : `${value}0`;
        const copy = structuredClone(c);
        copy.notions![i] = { ...entry, [field]: other };
        const result = await verify(copy);
        expect([field, result.valid]).toEqual([field, false]);
      }
    for (const notion of ["sda:0.30", "sda:3e-1", "sda", "toString", "vstat:0.5"]) {
      const copy = structuredClone(c);
      copy.notions![1].notion = notion;
      expect([notion, (await verify(copy)).valid]).toEqual([notion, false]);
    }
    // an entry or all of them left out
    expect((await verify({ ...c, notions: c.notions!.slice(1) })).valid).toBe(false);
    expect((await verify({ ...c, notions: undefined })).valid).toBe(false);
    const { notions: _notions, ...without } = c;
    expect((await verify(without)).valid).toBe(false);
    // a forger's documents, notions and all else following from the evidence
    expect((await verify(forge(c, {}))).valid).toBe(true);
    const bolder = forge(c, { lambdaUpper: 1.01, lambdaLower: 1, maxAbsCorrelation: 0.01 });
    expect(Number(named(bolder.notions!, /SQ/).value)).toBeGreaterThan(Number(named(c.notions!, /SQ/).value));
    expect((await verify(bolder)).valid).toBe(false);
  });

  it("of evidence that is no law do not verify, and are no crash", async () => {
    const c = roundTrip(await certify("gnn-degree-parity", { n: 6 }, { notion: "sda:0.3" }));
    const counts = c.evidence["counts"] as [number, string][];
    for (const change of [
      { counts: counts.map(([v]) => [v, "99999999999"]) },
      { counts: counts.map(([v]) => [v, "1"]) },
      { total: "1" },
    ]) {
      const forged = forge(c, change);
      expect(forged.notions).toHaveLength(7);
      expect((await verify(forged)).valid).toBe(false);
    }
  });

  it("name a list for the SQ dimension, and a list of members too near to each other is refused", async () => {
    const values = Float64Array.from({ length: 12 * 40 }, stream([7, 1]).normal);
    const labels = { functions: 12, samples: 40, values };
    const honest: [Certificate, number, object?][] = [
      [await certify("gnn-degree-parity", { n: 7 }, { notion: "sq-dim" }), 32],
      [await certify("gnn-degree-parity", { n: 10, p: 0.123456789012345 }, { notion: "sq-dim" }), 256],
      [await certify("gnn-hidden-plane", { n: 1, d: 12, k: 4, count: 40 }, { notion: "sq-dim" }), 40],
      [await certify("cnn-hidden-plane", { group: "cyclic:8", k: 4, count: 14 }, { notion: "sq-dim" }), 14],
      [await certifyLabels(labels, { law: "uniform", notion: "sq-dim" }), 12, { labels }],
    ];
    for (const [certificate, count, beside] of honest) {
      const list = certificate.evidence["apart"] as number[];
      const row = named(certificate.notions!, /SQ dim/);
      expect(row).toMatchObject({
        value: list.length,
        reason: expect.stringMatching(/list of the evidence/),
      });
      expect((await verify(roundTrip(certificate), beside)).valid).toBe(true);
      // one member more is a longer list than is there, unless the search missed it
      const longer = [...Array(count).keys()].map((i) => [...new Set([...list, i])].sort((a, b) => a - b));
      for (const apart of [...longer.filter((more) => more.length > list.length).slice(0, 3), [0, count]]) {
        const result = await verify(forge(certificate, { apart }), beside);
        expect(result.checks.filter((c) => !c.ok).map((c) => c.name)).toEqual(["list of members"]);
      }
      const twice = await verify(forge(certificate, { apart: [...list, list.at(-1)] }), beside);
      expect(twice.valid).toBe(false);
    }
    // as docs/theory.md says
    const many = await certify("gnn-hidden-plane", { n: 1, d: 16, k: 4, count: 400 }, { notion: "sq-dim" });
    expect(named(many.notions!, /SQ dim/).value).toBe(60);
    expect(many.gram.maxAbsCorrelation).toBeCloseTo(0.164, 3);
    // of samples no correlation is known
    expect((await certifyLabels(labels, { bound: 9, notion: "sq-dim" })).evidence).not.toHaveProperty(
      "apart",
    );
  });

  it("are forged in vain", async () => {
    const honest = await Promise.all([
      certify("gnn-degree-parity", { n: 6 }, { notion: "vstat:3" }),
      certify("gnn-hidden-plane", { n: 3, d: 8, k: 2, count: 12 }, { notion: "sda:0.3" }),
      certify("frame-parity", { group: "cyclic:12", k: 4 }, { notion: "rsd" }),
    ]);
    const { falseAccepted, crashes, refused } = await forgeryTrial(
      honest.map((certificate) => ({ certificate })),
      { count: 150, limit: { seconds: 2, bytes: 1e9 } },
    );
    expect([falseAccepted, crashes]).toEqual([[], []]);
    expect(refused).toBeGreaterThan(75);
  });

  it("are named in one spelling", () => {
    expect(parseNotion("sda:1/4", "x")).toBe("sda:0.25");
    expect(parseNotion("vstat:1e3", "x")).toBe("vstat:1000");
    expect(parseNotion("rsd", "x")).toBe("rsd");
    for (const bad of [
      "",
      "sda",
      "sda:",
      "sda:0",
      "sda:1.1",
      "sda:-1",
      "sda:1/0",
      "vstat:0.9",
      "vstat:1e400",
    ])
      expect(() => parseNotion(bad, "--notion"), bad).toThrow(/--notion/);
    for (const bad of ["rsd:2", "spectral:1", "sq-dim:", "constructor", "sda:NaN", "sda:0x1", "SDA:0.1"])
      expect(() => parseNotion(bad, "--notion"), bad).toThrow(/--notion/);
    expect(notionTable(0.1)).toContain("sda:0.01");
    expect(notionTable(0.1)).toContain("vstat:100");
    expect(notionTable(0.3)).toContain("vstat:11");
    // a tolerance whose square is no float64
    for (const name of notionTable(1e-300)) expect(parseNotion(name, "x")).toBe(name);
  });

  it("are quick for numbers of 20,000 digits", () => {
    const dimension = rational(10n ** 20_000n + 7n);
    const claims = { ...claimsOf([[1]]), count: dimension.num, dimension, meanSquare: reciprocal(dimension) };
    const start = processorTime();
    const table = notionsOf({ claims, signs: true, tauSquared: rational(1, 4) }, notionTable(0.1));
    expect(processorTime() - start).toBeLessThan(2000);
    expect(String(table[0].value)).toHaveLength(20_001);
  });
});

it("cube roots are rounded down", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 60n }), (x) => {
      const root = cubeRoot(x);
      expect(root ** 3n <= x && (root + 1n) ** 3n > x).toBe(true);
      expect(cubeRoot(root ** 3n)).toBe(root);
    }),
  );
  expect([0n, 1n, 7n, 8n, 26n, 27n].map(cubeRoot)).toEqual([0n, 1n, 1n, 2n, 2n, 3n]);
});
