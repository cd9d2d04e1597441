import { beforeAll, describe, expect, it } from "vitest";
import { stream } from "../../src/base/random.ts";
import { type Certificate } from "../../src/query/certificate.ts";
import { certify, verify } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { mirrored, representative } from "../../src/family/gnn-degree-parity/verifier.ts";
import { characterMeans } from "../../src/family/gnn-degree-parity/degree-character.ts";
import { type Verification } from "../../src/query/verify.ts";

const id = "gnn-degree-parity";
type Law = [number, number][];

/** What a forger who knows the program writes: another law, with every field that follows from it, checksum included. */
function forged(c: Certificate, change: (law: Law) => void, params = c.family.params): Certificate {
  const copy = structuredClone(c);
  const evidence = copy.evidence as {
    law: Law;
    likeliest: number;
    maxParityVectorProbability: number;
  };
  change(evidence.law);
  const best = evidence.law.reduce((a, b) => (b[1] > a[1] ? b : a));
  evidence.likeliest = best[0];
  evidence.maxParityVectorProbability = best[1];
  const { tau, rho } = c.statement;
  return forge(c, evidence, params, { tau, rho });
}
const failing = (v: Verification): string[] => v.checks.filter((c) => !c.ok).map((c) => c.name);

describe("a forged law, with all that follows from it, does not verify", () => {
  let certificate: Certificate;
  beforeAll(async () => {
    certificate = await certify(id, { n: 12 });
    expect(failing(await verify(structuredClone(certificate)))).toEqual([]);
  });

  const order = (law: Law): number[] => [...law.keys()].sort((a, b) => law[b][1] - law[a][1]);
  it.each<[string, (law: Law) => void]>([
    ["two probabilities exchanged", (law) => ([law[10][1], law[700][1]] = [law[700][1], law[10][1]])],
    ["the likeliest made less likely, its mass moved to the rarest", (law) => {
      const sorted = order(law);
      const moved = 1e-4;
      law[sorted[0]][1] -= moved;
      law[sorted[sorted.length - 1]][1] += moved;
    }],
    ["a part in 10^8 moved", (law) => {
      const sorted = order(law);
      law[sorted[0]][1] -= 1e-10;
      law[sorted[1]][1] += 1e-10;
    }],
    ["the top spread over all", (law) => {
      const cut = law.map(([, x]) => Math.max(0, x - 0.04));
      const spare = cut.reduce((a, b) => a + b);
      law.forEach((entry, i) => (entry[1] += spare / law.length - cut[i]));
    }],
    ["a character added", (law) => {
      const least = Math.min(...law.map(([, x]) => x)) / 2;
      law.forEach((entry) => (entry[1] += (entry[0] & 64) === 0 ? least : -least));
    }],
    ["the law of another p", () => {}],
  ])("%s", async (name, change) => {
    const base = name.endsWith("another p") ? await certify(id, { n: 12, p: 0.51 }) : certificate;
    const result = await verify(forged(base, change, certificate.family.params));
    expect(result.valid).toBe(false);
    expect(failing(result)).toContain("Fourier coefficients");
  }); // prettier-ignore

  it("is not called wrong for another reason: the same forger with the true law passes", async () => {
    expect((await verify(forged(certificate, () => {}))).valid).toBe(true);
  });

  it("violating what the table itself must satisfy is named", async () => {
    const scaled = forged(certificate, (law) => law.forEach((entry) => (entry[1] *= 0.99)));
    expect(failing(await verify(scaled))).toEqual(["total"]);
    const moved = forged(certificate, (law) => {
      const last = law[law.length - 1];
      last[0] ^= 1;
    });
    expect(failing(await verify(moved))).toEqual(["constraints"]);
    const damaged = structuredClone(certificate);
    (damaged as { digest: string }).digest = "0123456789abcdef";
    expect(failing(await verify(damaged))).toEqual(["digest"]);
    const bolder = structuredClone(certificate) as unknown as { evidence: { relativeError: number } };
    bolder.evidence.relativeError = 1e-16;
    expect((await verify(bolder)).valid).toBe(false);
  });
});

describe("a forged window or sample", () => {
  it("does not verify, all consequences recomputed", async () => {
    const window = await certify(id, { n: 30, edges: "directed", window: 6 });
    for (const change of [
      { maxParityVectorProbability: 0.9 * (window.evidence["maxParityVectorProbability"] as number) },
      { relativeError: 0 },
      { lowest: 3 },
      { likeliest: 5 },
    ]) {
      const document = forge(window, change);
      expect((await verify(document)).valid).toBe(false);
    }
    const sampled = await certify(id, { n: 20 }, { samples: 3000 });
    const { largestCount, samples } = sampled.evidence as { largestCount: number; samples: number };
    for (const change of [
      { largestCount: largestCount - 1 },
      { samples: samples + 1 },
      { seed: 2 },
      { maxParityVectorProbability: 0.005 },
      { likeliest: 12345 },
    ]) {
      const document = forge(sampled, change);
      expect((await verify(document)).valid, JSON.stringify(change)).toBe(false);
    }
  });

  it("for a family it does not fit is refused by form", async () => {
    const sampled = await certify(id, { n: 20 }, { samples: 3000 });
    for (const params of [
      { n: 12, edges: "undirected", p: 0.5 },
      { n: 20, edges: "directed", p: 0.5, window: 4 },
    ]) {
      const document = forge(sampled, {}, params);
      expect((await verify(document)).route).toBe("form of the evidence");
    }
    const unknown = { ...sampled, family: { ...sampled.family, id: "gnn" } };
    expect((await verify(unknown)).checks[0].detail).toMatch(/unknown/);
  });
});

describe("another statement of the same evidence", () => {
  it("passes if it is the one that follows, and not if it is stronger", async () => {
    const c = await certify(id, { n: 100, edges: "directed" });
    const weaker = forge(c, {}, {}, { tau: c.statement.tau / 2, rho: c.statement.rho });
    expect(weaker.statement.queries as number).toBeLessThan(c.statement.queries as number);
    expect((await verify(weaker)).valid).toBe(true);
    const stronger = { ...weaker, statement: { ...weaker.statement, queries: c.statement.queries } };
    expect((await verify(stronger)).valid).toBe(false);
    const less = { ...c, statement: { ...c.statement, queries: 1, log2Queries: 0 } };
    expect((await verify(less)).valid).toBe(false);
  });
});

describe("sets of degrees", () => {
  it("have a representative without 0 and 1 with the same mean up to its sign, and a mirror image", () => {
    for (const n of [7, 8]) {
      const { below } = stream([n, 1]);
      for (let k = 0; k < 20; k++) {
        const set = below(2 ** n);
        const { index, sign } = representative(n, set);
        const image = mirrored(n, set);
        const { values } = characterMeans(n, 0.5, [set, 4 * index, image]);
        expect(values[0]).toBeCloseTo(sign * values[1], 13);
        expect(values[0]).toBeCloseTo(values[2], 13);
        expect(mirrored(n, image)).toBe(set);
      }
    }
  });
});
