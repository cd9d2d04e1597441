import { describe, expect, it } from "vitest";
import { certify, verify } from "../../../src/family/certify.ts";
import { formatCertificate } from "../../../src/family/certificate-text.ts";
import { orthonormality, sampledCorrelations } from "../../../src/family/invariant-polynomial/verifier.ts";
import { forge } from "../../../src/family/forge.ts";
import { parseInvariants, powerSums } from "../../../src/symmetry/invariants.ts";

const id = "invariant-polynomial";

describe("certificates of invariant-polynomial", () => {
  it.each([
    [{ variables: 20, degree: 3 }, "1140"],
    [{ variables: 20, degree: 4, invariants: "legendre" }, "4845"],
    [{ variables: 64, degree: 6, invariants: "rotations:3" }, "74974368"],
    [{ variables: 1024, degree: 10, invariants: "power-spectrum" }, "334265867498622145619456"],
    [{ variables: 7, degree: 7, invariants: "sign-flips" }, "1"],
    [{ variables: 10_000, degree: 14 }, undefined],
  ])("%j: C(m, k) functions, verified by another route", async (params, count) => {
    const c = await certify(id, params);
    expect(c.model).toBe("CSQ");
    expect(c.gram).toEqual({ method: "orthogonal", lambdaMax: 1, maxAbsCorrelation: 0 });
    if (count !== undefined) expect(c.functions.count).toBe(count);
    expect(String(c.dimension.spectral)).toBe(c.functions.count);
    const result = await verify(JSON.parse(JSON.stringify(c)));
    expect(result.checks.filter((x) => !x.ok)).toEqual([]);
    expect(result.checks.map((x) => x.name)).toContain("sampled correlations");
  });

  it("a wrong count, with all that follows from it, does not verify", async () => {
    const c = await certify(id, { variables: 30, degree: 5 });
    for (const terms of ["142507", "1", "14250600000000000000000"]) {
      const forged = forge(c, { terms });
      const { valid, checks } = await verify(forged);
      expect(valid).toBe(false);
      expect(checks.filter((x) => !x.ok).map((x) => x.name)).toEqual(["count"]);
    }
    const other = forge(c, {}, { invariants: "cube" });
    expect((await verify(other)).route).toBe("form of the document");
    const high = forge(c, {}, { degree: 31 });
    expect((await verify(high)).valid).toBe(false);
  });

  it("dependent invariants and other laws are caught by the sampled and the exact check (negative control)", () => {
    expect(sampledCorrelations(parseInvariants("hermite", 20), 2).ok).toBe(true);
    expect(sampledCorrelations(powerSums(6), 2).ok).toBe(false);
    const gaussian = parseInvariants("hermite", 20);
    const shifted = { ...gaussian, map: (x: ArrayLike<number>) => Float64Array.from(x, (v) => v + 1) };
    expect(sampledCorrelations(shifted, 2).ok).toBe(false);
    const law = {
      ...gaussian.law,
      recurrence: (n: number) => ({ a: new Float64Array(n).fill(0.1), b: new Float64Array(n).fill(1) }),
    };
    const scaled = { ...gaussian, map: (x: ArrayLike<number>) => Float64Array.from(x, (v) => 1.1 * v) };
    expect(sampledCorrelations(scaled, 2).ok).toBe(false);
    for (const kind of ["hermite", "legendre", "sign-flips", "power-spectrum", "rotations:3", "rotations:40"])
      expect(orthonormality(parseInvariants(kind, 3))).toMatchObject([{ ok: true }]);
    expect(orthonormality({ ...gaussian, law })).toMatchObject([{ ok: false }]);
    expect(orthonormality(parseInvariants("rotations:1000", 3))).toEqual([]);
  });

  it("says what follows for sums of terms, among which single ones are not", async () => {
    const text = formatCertificate(await certify(id, { variables: 20, degree: 3 }));
    expect(text).not.toContain("larger class");
    expect(text).toContain("the worst case over a class that holds these is at least as hard");
    expect(text).toContain("this one over s, rounded down");
  });

  it("refuses a degree without multilinear terms", async () => {
    await expect(certify(id, { variables: 3, degree: 4 })).rejects.toThrow(/allowed: 1 to 3/);
  });

  it("of fewer variables than three, where polynomials have fewer terms, verifies", async () => {
    const c = await certify(id, { variables: 2, degree: 2 });
    expect((await verify(c)).valid).toBe(true);
  });
});
