import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { cnnHiddenPlane as family } from "../../../src/family/cnn-hidden-plane/index.ts";
import { certify, gram, verify } from "../../../src/family/certify.ts";
import { formatCertificate } from "../../../src/family/certificate-text.ts";
import { forge } from "../../../src/family/forge.ts";
import { worstPlaneDeviation } from "./simulation.ts";

const id = "cnn-hidden-plane";
const failing = (checks: readonly { name: string; ok: boolean }[]): string[] =>
  checks.filter((c) => !c.ok).map((c) => c.name);

describe("certificates over all planes", () => {
  // about dim H_4 / |G| over the share of degree 4: the design's mathematics
  it.each([
    [16, 234 / 0.5693],
    [32, 1620 / 0.5148],
    [64, 11_944 / 0.4862],
    [128, 91_472 / 0.4718],
  ])("cyclic:%i, k = 4: a dimension of about %d", async (n, about) => {
    const c = await certify(id, { group: `cyclic:${n}`, k: 4 });
    expect(c).toMatchObject({ model: "CSQ", gram: { method: "schur", lambdaMax: null }, confidence: 1 });
    expect(c.functions.count).toBeNull();
    expect(Math.abs(Number(c.dimension.spectral) / about - 1)).toBeLessThan(0.01);
    expect(failing((await verify(JSON.parse(JSON.stringify(c)))).checks)).toEqual([]);
  });

  it.each([{ group: "symmetric:6", k: 4 }, { group: "dihedral:9", k: 6, columns: 3 }, { group: "trivial:5", k: 4 }, { group: "cyclic:16", k: 2 }])(
    "of other groups verify, norms of sampled planes included: %j",
    async (params) => {
      const c = await certify(id, params);
      const result = await verify(JSON.parse(JSON.stringify(c)));
      expect(failing(result.checks)).toEqual([]);
      expect(result.checks.map((check) => check.name)).toContain("sampled norms");
    },
  ); // prettier-ignore

  it("of the trivial group give dim H_k, up to the degrees left out", async () => {
    const c = await certify(id, { group: "trivial:8", k: 4 });
    const { gain } = c.evidence as { gain: number };
    expect(Number(c.dimension.spectral)).toBeLessThanOrEqual(294 * gain);
    expect(Number(c.dimension.spectral)).toBeGreaterThan(293.9 * gain);
  });

  it("warn at k = 2 and are vacuous for large groups", async () => {
    expect(formatCertificate(await certify(id, { group: "cyclic:16", k: 2 }))).toMatch(/k = 2: planes/);
    const c = await certify(id, { group: "symmetric:8", k: 4 });
    expect(c.statement.vacuous).toBe(true);
    expect(formatCertificate(c)).toMatch(/vacuous/);
  });
});

describe("certificates of listed planes", () => {
  it("approach the exact dimension from below as planes are added, and verify", async () => {
    let before = 1;
    for (const count of [20, 100]) {
      const c = await certify(id, { group: "cyclic:10", k: 4, count });
      expect(failing((await verify(JSON.parse(JSON.stringify(c)))).checks)).toEqual([]);
      const { lambdaLower } = c.evidence as { lambdaLower: number };
      expect(c.gram.lambdaMax!).toBeLessThan(lambdaLower * (1 + 1e-6));
      expect(Number(c.dimension.spectral)).toBeGreaterThan(before);
      before = Number(c.dimension.spectral);
    }
  });

  it("refuse lists too long to compute", async () => {
    const params = family.parse({ group: "symmetric:7", k: 4, count: 1000 });
    await expect(certify(id, params)).rejects.toThrow(/2522520000 inner products/);
  });
});

describe("forged certificates", () => {
  it("do not verify, all consequences recomputed", async () => {
    for (const params of [{ group: "cyclic:16", k: 4, columns: 1 }, { group: "cyclic:8", k: 4, columns: 1, count: 10 }]) {
      const c = await certify(id, params);
      const { lambdaUpper: upper, norms = [1, 1] } = c.evidence as { lambdaUpper: number; norms: [number, number] };
      for (const [field, value] of Object.entries(c.evidence as Record<string, number>)) {
        if (field === "kind") continue;
        // what is stated below a truth is raised, what is stated above one lowered
        const changes = {
          harmonicDimension: [`${value}0`, `${value}`.slice(1)],
          meanNorm: [value * (1 + 1e-11), value * 1.5],
          gain: [value * (1 + 1e-6), value * 2, 0.5],
          largestDegree: [value + 1e6, value - 2, value + 0.5],
          coveredShare: [value * (1 + 1e-11), 1],
          seed: [1, 2 ** 60, -1],
          lambdaLower: [value + (upper - value) * 0.99],
          lambdaUpper: [value * (1 - 1e-7), value * 0.9, 1],
          bound: ["cholesky", "collatz-wielandt"],
          maxAbsCorrelation: [value * (1 - 1e-9), 1e-9, 0],
          entryError: [1e-17, 0],
          norms: [[1, 1], [norms[0] * (1 + 1e-8), norms[1]], [norms[0], norms[1] * (1 - 1e-8)]],
        }[field] as unknown[];
        for (const change of changes) {
          const document = forge(c, { [field]: change });
          expect((await verify(document)).valid, `${field}: ${JSON.stringify(change)}`).toBe(false);
        }
      }
      const other = { ...c, family: { ...c.family, params: { ...c.family.params, group: "cyclic:17" } } };
      expect((await verify(other)).valid).toBe(false);
    }
  }); // prettier-ignore

  it("with bounds out of order are told so before anything is recomputed", async () => {
    const params = { group: "cyclic:8", k: 4, columns: 1, count: 10 };
    const c = await certify(id, params);
    const { evidence } = c;
    const { lambdaUpper } = evidence as { lambdaUpper: number };
    for (const change of [{ lambdaLower: lambdaUpper * 1.01 }, { lambdaUpper: 10.5, lambdaLower: 10.2 }]) {
      const { checks } = await verify(forge(c, change));
      expect(failing(checks)).toEqual(["evidence.lambdaUpper"]);
    }
  });
});

describe("gram of cnn-hidden-plane", () => {
  it("agrees with simulation within 4 standard errors on 20 random cases", () => {
    expect(worstPlaneDeviation(20)).toBeLessThan(4);
  });

  it("is invariant: a plane and its image have the same function", () => {
    const { u, v } = family.draw(family.parse({ group: "cyclic:6", k: 4 }), keyFor(1)).hidden as { u: number[]; v: number[] };
    const shift = (x: number[]): number[] => [...x.slice(2), ...x.slice(0, 2)];
    const { gram: g, method } = gram(id, { group: "cyclic:6", k: 4, columns: 2, members: [{ u, v }, { u: shift(u), v: shift(v) }] });
    expect(method).toBe("closed-form");
    for (const x of [g[0][1], g[1][0], g[1][1]]) expect(x).toBeCloseTo(g[0][0], 12);
  }); // prettier-ignore

  const e = (i: number): number[] => Array.from({ length: 6 }, (_, j) => (i === j ? 1 : 0));
  it.each([
    ["odd k", { group: "cyclic:6", k: 3, members: [{ u: e(0), v: e(1) }] }, /odd/],
    ["rows that are not orthonormal", { group: "cyclic:6", k: 4, members: [{ u: e(0), v: e(0) }] }, /members.0: the rows are not orthonormal/],
    ["another dimension", { group: "cyclic:5", k: 4, members: [{ u: e(0), v: e(1) }] }, /members.0: has rows of 6 and 6 entries/],
    ["no members", { group: "cyclic:6", k: 4, members: [] }, /members/],
  ])("rejects %s", (_name, document, message) => {
    expect(() => gram(id, document)).toThrow(message);
  }); // prettier-ignore
});
