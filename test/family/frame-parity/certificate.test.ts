import { describe, expect, it } from "vitest";
import { frameParity as family } from "../../../src/family/frame-parity/index.ts";
import { binomial } from "../../../src/numeric/choose.ts";
import { type Certificate } from "../../../src/query/certificate.ts";
import { certify, gram, verify } from "../../../src/family/certify.ts";
import { formatCertificate } from "../../../src/family/certificate-text.ts";
import { forge } from "../../../src/family/forge.ts";
import { binomialByPrimes } from "../../../src/family/frame-parity/verifier.ts";
import { worstDeviation } from "./simulation.ts";

const id = "frame-parity";
const failing = (checks: readonly { name: string; ok: boolean }[]): string[] =>
  checks.filter((c) => !c.ok).map((c) => c.name);

describe("certificates of frame-parity", () => {
  // cyclic: the design's mathematics; 8 x 8 with 6 ones: OEIS A049311, 90
  it.each([
    [{ group: "cyclic:12", k: 4 }, "43", "all subsets listed and joined by the generators"],
    [{ group: "cyclic:64", k: 6 }, "1171552", "the mean number of subsets that an element fixes"],
    [
      { group: "dihedral:30", k: 6, frame: "reynolds" },
      "10133",
      "the mean number of subsets that an element fixes",
    ],
    [{ group: "symmetric:30", k: 4 }, "1", "the group moves every subset to every other"],
    [{ group: "symmetric:40", k: 8 }, "1", "the group moves every subset to every other"],
    [{ group: "symmetric:6xcyclic:6", k: 6 }, "1570", "the mean number of subsets that an element fixes"],
    [{ group: "symmetric:8xsymmetric:8", k: 6 }, "90", "the mean number of subsets that an element fixes"],
    [{ group: "cyclic:12", k: 4, frame: "sort-abs" }, "495", "binomial coefficient by prime factors"],
  ])("%j: %s functions, verified: %s", async (params, count, route) => {
    const c = await certify(id, params);
    expect(c).toMatchObject({
      model: "CSQ",
      functions: { count },
      gram: { method: "orthogonal", lambdaMax: 1, maxAbsCorrelation: 0 },
      confidence: 1,
    });
    expect(`${c.dimension.spectral}`).toBe(count);
    const result = await verify(JSON.parse(JSON.stringify(c)));
    expect(failing(result.checks)).toEqual([]);
    expect(result.route).toBe(route);
  });

  it("are counted, not listed, in big integers: n = 1024, k = 10", async () => {
    const c = await certify(id, { group: "cyclic:1024", k: 10 });
    expect(c.dimension.spectral).toBe("326431511229403965952");
    expect((await verify(c)).valid).toBe(true);
  });

  it("of one orbit say so, and are vacuous", async () => {
    const c = await certify(id, { group: "symmetric:8", k: 4 });
    expect(c.statement).toMatchObject({ queries: 0, vacuous: true });
    expect(formatCertificate(c)).toMatch(/single function[\s\S]*vacuous/);
  });

  it("leave out the hidden set, and hold the generators of a file", async () => {
    const text = '{"degree": 6, "generators": [[1, 2, 0, 4, 5, 3]]}';
    const params = family.parse({ group: "file:g.json", k: 2, subset: [0, 4] }, () => text);
    const c = await certify(id, params);
    expect(Object.keys(c.family.params).sort()).toEqual(["files", "frame", "group", "k"]);
    expect(c.functions.count).toBe("5");
    expect((await verify(JSON.parse(JSON.stringify(c)))).valid).toBe(true);
  });

  it("refuse odd k, k > n and unknown groups", async () => {
    await expect(certify(id, { group: "cyclic:8", k: 3 })).rejects.toThrow(/odd/);
    await expect(certify(id, { group: "cyclic:8", k: 10 })).rejects.toThrow(/8 coordinates/);
    await expect(certify(id, { group: "cyclic:8" })).rejects.toThrow(/k/);
    await expect(certify(id, { k: 2 })).rejects.toThrow(/group/);
  });

  it("forged, with all that follows from it, do not verify", async () => {
    for (const params of [
      { group: "cyclic:12", k: 4, frame: "reynolds" },
      { group: "cyclic:64", k: 6, frame: "reynolds" },
      { group: "symmetric:8xsymmetric:8", k: 6, frame: "reynolds" },
      { group: "cyclic:64", k: 6, frame: "sort-abs" },
    ]) {
      const c = await certify(id, params);
      for (const [field, value] of Object.entries(c.evidence)) {
        if (field === "kind") continue;
        for (const change of [1n, -1n, BigInt(value as string)]) {
          const evidence = { ...c.evidence, [field]: `${BigInt(value as string) + change}` };
          const document = forge(c, evidence);
          expect((await verify(document)).valid).toBe(false);
        }
      }
    }
    const c: Certificate = await certify(id, { group: "cyclic:12", k: 4 });
    for (const change of [{ k: 3 }, { k: 14 }, { group: "cycle:12" }, { group: "file:absent.json" }]) {
      const other = { ...c, family: { ...c.family, params: { ...c.family.params, ...change } } };
      expect((await verify(other)).route).toBe("form of the document");
    }
    const frame = { ...c, family: { ...c.family, params: { ...c.family.params, frame: "sort-abs" } } };
    expect((await verify(frame)).route).toBe("form of the evidence");
  });
});

describe("C(n, k) by primes", () => {
  it("is the product's", () => {
    for (const [n, k] of [[1, 1], [8, 4], [64, 6], [100, 50], [1024, 10], [500, 3], [7, 7]])
      expect(binomialByPrimes(n, k)).toBe(binomial(n, k));
  }); // prettier-ignore
});

describe("gram of frame-parity", () => {
  it("has equal orbits and zeros, in closed form", () => {
    const members = [[0, 1], [3, 2], [0, 2], [0, 3]]; // prettier-ignore
    const g = gram(id, { group: "cyclic:6", k: 2, frame: "reynolds", members });
    expect(g.method).toBe("closed-form");
    const [a, b] = [0.7267605 / 6, 0.7267605 / 3];
    const truth = [[a, a, 0, 0], [a, a, 0, 0], [0, 0, a, 0], [0, 0, 0, b]]; // prettier-ignore
    truth.forEach((row, i) => row.forEach((x, j) => expect(g.gram[i][j]).toBeCloseTo(x, 7)));
  });

  it("agrees with simulation within 4 standard errors on 30 random cases", () => {
    expect(worstDeviation(30)).toBeLessThan(4);
  });

  it.each([
    ["odd k", { group: "cyclic:6", k: 3, members: [[0, 1, 2]] }, /odd/],
    ["members of another size", { group: "cyclic:6", k: 2, members: [[0, 1], [0, 1, 2, 3]] }, /members.1: has 4 points/],
    ["points out of range", { group: "cyclic:6", k: 2, members: [[0, 6]] }, /members.0: .* not a subset/],
    ["repeated points", { group: "cyclic:6", k: 2, members: [[1, 1]] }, /not a subset/],
    ["no members", { group: "cyclic:6", k: 2, members: [] }, /members/],
    ["k > n", { group: "cyclic:6", k: 8, members: [[0, 1, 2, 3, 4, 5, 0, 1]] }, /6 coordinates/],
  ])("rejects %s", (_name, document, message) => {
    expect(() => gram(id, document)).toThrow(message);
  }); // prettier-ignore
});
