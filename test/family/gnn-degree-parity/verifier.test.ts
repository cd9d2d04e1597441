/** Forged certificates of degree parities, coherent ones and ground seeds: none passes, every honest one does. */

import { beforeAll, describe, expect, it } from "vitest";
import { runNow, runSteps } from "../../../src/base/progress.ts";
import { certify, verify } from "../../../src/family/certify.ts";
import {
  exactUpToAsked,
  type CountEvidence,
  type SampleEvidence,
} from "../../../src/family/gnn-degree-parity/evidence.ts";
import { deltaOf, isRound, roundBelow } from "../../../src/family/gnn-degree-parity/samples.ts";
import { checkCounts } from "../../../src/family/gnn-degree-parity/verify-counts.ts";
import { checkSamples } from "../../../src/family/gnn-degree-parity/verify-samples.ts";
import { upperLimit } from "../../../src/numeric/confidence.ts";
import { asWritten } from "../../../src/numeric/rational.ts";
import type { Certificate } from "../../../src/query/certificate.ts";
import type { Verification } from "../../../src/query/verify.ts";
import { forge } from "../../../src/family/forge.ts";
import { parityCounts } from "./enumeration.ts";
import { lowered, withCounts } from "./forged-counts.ts";

const id = "gnn-degree-parity";
type Counts = [number, bigint][];
const failing = (v: Verification): string[] => v.checks.filter((c) => !c.ok).map((c) => c.name);
const countsIn = (c: Certificate): Counts =>
  (c.evidence as CountEvidence).counts.map(([v, text]) => [v, BigInt(text)]);

/** What a forger who knows the program writes: other counts, with every field that follows from them, checksum included. */
function forged(
  c: Certificate,
  change: (counts: Counts) => Counts,
  statement?: { tau: number; rho: number },
) {
  return forge(c, withCounts(change(countsIn(c))), {}, { ...c.statement, ...statement });
}

describe("counts", () => {
  it("are accepted as they are by enumeration, and not with one of them off by one", async () => {
    for (const [n, p] of [[5, 0.5], [6, 0.3], [7, 0.5]]) {
      const { num, den } = asWritten(p);
      const weight = (k: number): bigint => num ** BigInt(k) * (den - num) ** BigInt((n * (n - 1)) / 2 - k);
      const counts = [...parityCounts(n, "undirected")]
        .map(([v, row]): [number, bigint] => [v, row.reduce((sum, x, k) => sum + BigInt(x) * weight(k), 0n)])
        .sort(([v], [w]) => v - w);
      const okay = async (listed: Counts, full: boolean): Promise<boolean> => {
        const evidence = { kind: "counts", ...withCounts(listed) } as const;
        const { checks } = await runSteps(checkCounts({ n, p, edges: "undirected", bit: 0 }, evidence, { full }));
        return checks.every((c) => c.ok);
      };
      expect(await okay(counts, false)).toBe(true);
      expect(await okay(counts, true)).toBe(true);
      for (const [i, j] of [[0, 1], [3, counts.length - 1], [7, 2]])
        expect(await okay(counts.map(([v, x], k) => [v, k === i ? x + 1n : k === j ? x - 1n : x]), false)).toBe(false);
    }
  }); // prettier-ignore

  let certificate: Certificate;
  beforeAll(async () => {
    certificate = await certify(id, { n: 12 });
    expect(failing(await verify(structuredClone(certificate)))).toEqual([]);
  });

  const order = (counts: Counts): number[] =>
    [...counts.keys()].sort((a, b) => Number(counts[b][1] - counts[a][1]));
  const moved = (counts: Counts, from: number, to: number, amount: bigint): Counts =>
    counts.map(([v, x], i) => [v, i === from ? x - amount : i === to ? x + amount : x]);

  it.each<[string, (counts: Counts) => Counts]>([
    ["one graph moved", (counts) => moved(counts, 10, 700, 1n)],
    ["two counts exchanged", (counts) => moved(counts, 10, 700, counts[10][1] - counts[700][1])],
    ["the likeliest made less likely by a part in 10^12", (counts) => moved(counts, order(counts)[0], 5, counts[order(counts)[0]][1] / 10n ** 12n)],
    ["the top spread over all", (counts) => {
      const [, most] = counts[order(counts)[0]];
      const top = order(counts).slice(0, 20).map((i) => [i, counts[i][1] - most / 2n] as const);
      return top.filter(([, over]) => over > 0n).reduce((list, [i, over], k) => moved(list, i, order(counts)[700 - k], over), counts);
    }],
    ["a character added", (counts) => {
      const least = counts.reduce((a, [, x]) => (x < a ? x : a), counts[0][1]) / 2n;
      const even = counts.filter(([v]) => (v & 64) === 0).length;
      // as many up as down
      let [up, down] = [Math.min(even, counts.length - even), Math.min(even, counts.length - even)];
      return counts.map(([v, x]) => [v, (v & 64) === 0 ? (up-- > 0 ? x + least : x) : down-- > 0 ? x - least : x]);
    }],
  ])("do not verify: %s", async (_name, change) => {
    expect(failing(await verify(forged(certificate, change)))).toEqual(["counts"]);
  }); // prettier-ignore

  it("of another p do not verify", async () => {
    const other = countsIn(await certify(id, { n: 12, p: 0.25 }));
    const scaled = other.map(([v, x]): [number, bigint] => [v, x / 2n ** 66n]);
    const missing =
      BigInt((certificate.evidence as CountEvidence).total) - scaled.reduce((a, [, x]) => a + x, 0n);
    expect(failing(await verify(forged(certificate, () => moved(scaled, 0, 1, 0n).map(([v, x], i) => [v, i === 0 ? x + missing : x]))))).toEqual(["counts"]); // prettier-ignore
  });

  it("lowered along a subgroup that five vectors span, by whatever amount, do not verify", async () => {
    // such a change leaves 31 of 32 Fourier coefficients as they are
    const { spectral } = certificate.dimension;
    for (const part of [1n, 2n, 3n, 5n, 8n, 13n, 21n, 34n]) {
      const document = forged(certificate, (counts) => lowered(12, counts, part));
      expect(document.dimension.spectral).toBeGreaterThan(spectral as number);
      expect(failing(await verify(document))).toEqual(["counts"]);
    }
  });

  it("do not turn vacuous into one query by a rho tuned to the last digit", async () => {
    const rho = Math.sqrt(1 / (certificate.dimension.spectral as number)) * (1 - 2 ** -50);
    const honest = forged(certificate, (counts) => counts, { tau: 0.0625, rho });
    expect(honest.statement.vacuous).toBe(true);
    expect((await verify(honest)).valid).toBe(true);
    const [most] = order(countsIn(certificate));
    const bolder = forged(certificate, (counts) => moved(counts, most, 3, counts[most][1] >> 48n), {
      tau: 0.0625,
      rho,
    });
    expect(bolder.statement.vacuous).toBe(false);
    expect(failing(await verify(bolder))).toEqual(["counts"]);
  });

  it("violating what the table itself must satisfy are named", async () => {
    const scaled = forged(certificate, (counts) => counts.map(([v, x]) => [v, (x * 99n) / 100n]));
    const total = `${2n ** 66n}`;
    expect(failing(await verify(forge(scaled, { total })))).toContain("total");
    const flipped = forged(certificate, (counts) => counts.map(([v, x], i) => [i === counts.length - 1 ? v ^ 1 : v, x]));
    expect(failing(await verify(flipped))).toEqual(["constraints"]);
    expect(failing(await verify(forge(certificate, { maxAbsCorrelation: 0.9 })))).toEqual(["correlations"]);
    expect(failing(await verify(forge(certificate, { maxParityVectorProbability: 0.04 })))).toEqual(["maximum"]);
    const damaged = { ...certificate, digest: "0123456789abcdef" };
    expect(failing(await verify(damaged))).toEqual(["digest"]);
  }); // prettier-ignore

  it("are given where they are not too long, the law in float64 only elsewhere", async () => {
    const law = await certify(id, { n: 10, p: 0.12345678901234568 });
    expect(law.evidence["kind"]).toBe("law");
    const elsewhere = forge(law, {}, { p: 0.5 });
    expect((await verify(elsewhere)).route).toBe("form of the evidence");
  });
});

describe("a law in float64", () => {
  it("verifies, and not where it claims more than can be proved", async () => {
    for (const params of [{ n: 10, p: 0.12345678901234568 }, { n: 11, p: 0.9876543219876543 }, { n: 6, p: 1e-200 }, { n: 8, p: 5e-324 }])
      expect(failing(await verify(await certify(id, params)))).toEqual([]);
    const c = await certify(id, { n: 10, p: 0.12345678901234568 });
    const { law, relativeError, maxAbsCorrelation, likeliest } = c.evidence as { law: [number, number][]; relativeError: number; maxAbsCorrelation: number; likeliest: number };
    const scaled = (which: number, by: number): object => {
      const changed = law.map(([v, x]): [number, number] => [v, v === which ? x * by : x]);
      return { law: changed, maxParityVectorProbability: Math.max(...changed.map(([, x]) => x)) };
    };
    const rare = law[0][0] === likeliest ? law[1][0] : law[0][0];
    for (const change of [
      { relativeError: 0 },
      { relativeError: relativeError / 40 },
      { maxAbsCorrelation: maxAbsCorrelation * (1 - 1e-11) },
      { law: law.slice(1) },
      scaled(likeliest, 1 - 1e-11),
      scaled(likeliest, 1 - 2 * relativeError),
      scaled(rare, 1 + 1e-10),
      scaled(rare, 1 - 1e-10),
    ])
      expect((await verify(forge(c, change))).valid).toBe(false);
  }); // prettier-ignore
});

describe("a window", () => {
  it("verifies, and not where it claims more than can be proved", async () => {
    for (const params of [
      { n: 30, edges: "directed", window: 6 },
      { n: 3, edges: "directed-loops", window: 3, p: 0.9 },
      { n: 400, edges: "directed", window: 12, p: 0.01 },
      { n: 10_000, edges: "directed", window: 3, p: 1e-9 },
    ])
      expect(failing(await verify(await certify(id, params)))).toEqual([]);
    for (const [n, window] of [[30, 6], [2000, 14]]) {
      const c = await certify(id, { n, edges: "directed", window });
      const { maxParityVectorProbability: most, relativeError, maxAbsCorrelation } = c.evidence as Record<string, number>;
      for (const change of [
        { maxParityVectorProbability: most * (1 - 2 * relativeError) },
        { maxParityVectorProbability: most / 2 },
        { relativeError: 0 },
        { relativeError: 1e-16 },
        ...(n === 30 ? [{ lowest: 3 }, { likeliest: 5 }] : []),
        { maxAbsCorrelation: maxAbsCorrelation - 1e-9 },
      ])
        expect((await verify(forge(c, change))).valid, JSON.stringify(change)).toBe(false);
    }
  }); // prettier-ignore
});

describe("samples", () => {
  let sampled: Certificate;
  let evidence: SampleEvidence;
  beforeAll(async () => {
    sampled = await certify(id, { n: 20 }, { samples: 5000 });
    evidence = sampled.evidence as SampleEvidence;
  });
  const limited = (largestCount: number, samples: number, seed = 0): object => {
    const delta = deltaOf({ n: 20, edges: "undirected", p: 0.5 }, samples, seed);
    return { largestCount, samples, seed, delta, maxParityVectorProbability: upperLimit(largestCount, samples, delta) };
  }; // prettier-ignore

  it("share their confidence with all that could have been chosen: the shares sum to at most 1", () => {
    const share = (n: number, p: number, samples: number, seed: number): number =>
      deltaOf({ n, edges: "undirected", p }, samples, seed);
    // math: 0.01 / 3 / (16 * 17) / (24 * 25 * 26) / (3 * 4 * 5) / (28774 * 28775)
    expect(share(16, 0.04, 1000, 28_773)).toBeCloseTo(0.01 / 3 / 272 / 15_600 / 60 / (28_774 * 28_775), 28);
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    const whole = share(16, 0.5, 1000, 0);
    const upTo = (most: number): number[] => Array.from({ length: most }, (_, i) => i);
    const seeds = sum(upTo(5000).map((s) => share(16, 0.5, 1000, s))) / whole;
    const orders = sum(upTo(5000).map((n) => share(n + 1, 0.5, 1000, 0))) / whole;
    const rounds = sum(upTo(9e4).filter(isRound).map((s) => share(16, 0.5, s, 0))) / whole;
    // relative to those of n = 16, N = 1000 and seed 0: 1/272, 1/60, 1/2
    expect(seeds / 2).toBeLessThan(1);
    expect(seeds / 2).toBeGreaterThan(0.999);
    expect(orders / 272).toBeLessThan(1);
    expect(orders / 272).toBeGreaterThan(0.999);
    expect(rounds / 60).toBeCloseTo(1 - 1 / 6, 6); // decades 0 to 4 of them
    const tenths = sum([0.1, 0.3, 0.7, 0.9, 0.2, 0.4, 0.6, 0.8, 0.5].map((p) => share(16, p, 1000, 0))) / whole;
    expect(tenths / 6).toBeCloseTo(4 / 990 + 4 / 120 + 1 / 6, 12);
    expect(isRound(0) || isRound(30) || isRound(1001) || isRound(15)).toBe(false);
    expect([roundBelow(1), roundBelow(49), roundBelow(99_999), roundBelow(200)]).toEqual([1, 20, 50_000, 200]);
  }); // prettier-ignore

  it("verify, by samples of the verifier's own, too", async () => {
    expect((await verify(sampled)).valid).toBe(true);
    expect((await verify(sampled, { fresh: true })).valid).toBe(true);
    const large = await certify(id, { n: 100, p: 0.2 }, { samples: 500 });
    expect((await verify(large)).valid).toBe(true);
    expect((await verify(large, { fresh: true })).valid).toBe(true);
  });

  it("altered, all consequences recomputed, do not verify", async () => {
    const { largestCount, samples, delta } = evidence;
    for (const change of [
      limited(largestCount - 1, samples),
      limited(largestCount, 2 * samples),
      limited(largestCount, samples, 2),
      { maxParityVectorProbability: 0.005 },
      { maxParityVectorProbability: evidence.maxParityVectorProbability * (1 - 1e-4) },
      { likeliest: 12_345 },
      { delta: 0.0099 },
      { delta: 2 * delta, maxParityVectorProbability: upperLimit(largestCount, samples, 2 * delta) },
      { samples: samples + 1 },
    ])
      expect((await verify(forge(sampled, change))).valid, JSON.stringify(change)).toBe(false);
  });

  it("with a count that no graphs have pass the limit, and fall to fresh ones", () => {
    const params = { n: 20, p: 0.5, edges: "undirected", bit: 0 } as const;
    const half = { ...evidence, ...limited(Math.floor((evidence.largestCount * 10) / 3), 50_000) };
    const { checks } = runNow(checkSamples(params, half, { fresh: true }));
    expect(checks.map((c) => c.ok)).toEqual([true, false]);
    expect(checks[1].name).toBe("fresh samples");
  });

  it("of a ground seed gain nothing: what the limit of one certificate alone gives is refused", async () => {
    const c = await certify(id, { n: 16, p: 0.04 }, { samples: 1000, seed: 28_773, rho: 0.651 });
    expect(c.statement.vacuous).toBe(true);
    expect((await verify(c)).valid).toBe(true);
    const { largestCount } = c.evidence as SampleEvidence;
    const alone = { maxParityVectorProbability: upperLimit(largestCount, 1000, 0.01) };
    const ground = forge(c, alone);
    expect(ground.statement.vacuous).toBe(false);
    expect(failing(await verify(ground))).toEqual(["confidence limit"]);
    expect(failing(await verify(forge(c, { ...alone, delta: 0.009999 })))).toContain("evidence.delta");
    expect(failing(await verify(ground, { fresh: true }))).toEqual(["confidence limit"]);
  });

  it("for a family they do not fit are refused by form", async () => {
    for (const params of [
      { n: 12, edges: "undirected", p: 0.5 },
      { n: 20, edges: "directed", p: 0.5, window: 4 },
    ]) {
      const document = forge(sampled, {}, params);
      expect((await verify(document)).route).toBe("form of the evidence");
    }
    const unknown = { ...sampled, family: { ...sampled.family, id: "gnn" } };
    expect((await verify(unknown)).checks[0].detail).toMatch(/unknown/);
    const counts = await certify(id, { n: 6 });
    expect((await verify(forge(counts, {}, { n: exactUpToAsked + 1 }))).route).toBe("form of the evidence");
  });
});
