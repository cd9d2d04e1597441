import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { drawPlane, listedPlane, overlap, planeOf } from "../../../src/family/plane/plane.ts";
import { rayleighEstimate } from "../../../src/numeric/eigenvalue-bounds.ts";
import { harmonicDimension } from "../../../src/family/plane/harmonics.ts";
import { polygonProduct } from "../../../src/family/plane/polygon-product.ts";
import { runSteps } from "../../../src/base/progress.ts";
import { certify, verify } from "../../../src/family/certify.ts";
import { formatCertificate } from "../../../src/family/certificate-text.ts";
import { gnnHiddenPlane } from "../../../src/family/gnn-hidden-plane/index.ts";
import { forge as forged } from "../../../src/family/forge.ts";
import { correlationError, planeGram, gramProduct } from "../../../src/family/plane/plane-gram.ts";

const id = "gnn-hidden-plane";
const base = { n: 5, graph: "complete" };

const failing = async (document: unknown): Promise<string[]> =>
  (await verify(document)).checks.filter((c) => !c.ok).map((c) => c.name);

describe("all planes", () => {
  it("are certified with dim H_k for every drawn graph, and verified", async () => {
    for (const [d, k, dimension] of [[16, 4, 3740], [64, 4, 764_400], [256, 4, 183_148_480]] as const) {
      const c = await certify(id, { n: 5, graph: "er:0.5", d, k });
      expect([c.model, c.gram.method, c.functions.count, c.gram.lambdaMax]).toEqual(["CSQ", "schur", null, null]);
      expect(c.dimension.spectral).toBe(dimension);
      expect(c.confidence).toBe(1);
    }
    const large = await certify(id, { ...base, graph: "er:0.5", d: 1_000_000, k: 12 });
    expect(large.dimension.spectral).toBe(`${harmonicDimension(1_000_000, 12)}`);
    for (const params of [{ d: 16, k: 4 }, { d: 5, k: 2, graph: "er:0.5" }, { d: 40, k: 6, graph: "star" }]) {
      const c = await certify(id, { ...base, ...params });
      expect(await failing(c)).toEqual([]);
      expect(formatCertificate(c)).toContain(`dim H_${params.k}(R^${params.d})`);
    }
  }); // prettier-ignore

  it("of one vector or a fixed graph gain what the shares of the degrees leave: min over l of dim H_l / share_l", async () => {
    // the design's mathematics: share .569 of degree 4, .0735 of degree 8
    for (const [d, k, least, share] of [[16, 4, 3740, 0.569], [256, 8, 509_436_238_615_200, 0.0735]]) {
      const c = await certify(id, { n: 1, d, k });
      expect(Math.abs((Number(c.dimension.spectral) * share) / least - 1)).toBeLessThan(1e-3);
      expect(await failing(c)).toEqual([]);
    }
    for (const params of [{ d: 16, k: 4 }, { n: 7, d: 6, k: 4, graph: "star" }, { n: 6, d: 5, k: 12, graph: "cycle" }, { n: 3, d: 17, k: 64, graph: "path" }, { n: 2, d: 2, k: 4 }]) {
      const c = await certify(id, { ...base, ...params });
      expect(await failing(c)).toEqual([]);
      const { gain } = c.evidence as { gain: number };
      if (params.d > 2) {
        expect(gain).toBeGreaterThan(1.01);
        for (const more of [1 + 1e-5, 1.01, 2]) expect(await failing(forged(c, { gain: gain * more }))).toContain("shares");
      }
      expect(await failing(forged(c, { gain: 1 + (gain - 1) / 2 }))).toEqual([]);
    }
    const drawn = await certify(id, { ...base, d: 16, k: 4, graph: "er:0.5" });
    expect(await failing(forged(drawn, { gain: 1.01 }))).toEqual(["shares"]);
  }); // prettier-ignore

  it("with another dimension are refused, by the formulas and by sampled planes", async () => {
    const c = await certify(id, { ...base, d: 12, k: 4 });
    expect(await failing(forged(c, { harmonicDimension: "1366" }))).toEqual(["dimension", "dimension by restriction"]); // prettier-ignore
    expect(await failing(forged(c, {}, { k: 6 }))).toContain("dimension");
    expect(await failing(forged(c, {}, { k: 5 }))).toEqual(["fields"]);
    expect(await failing(forged(c, {}, { graph: "file:x.json" }))).toEqual(["fields"]);
    expect(await failing(forged(c, {}, { count: 20 }))).toContain("evidence.kind");
    const claim = { kind: "all-planes", harmonicDimension: "13000", gain: 1 } as const;
    const { verifier } = gnnHiddenPlane;
    const params = gnnHiddenPlane.parse({ ...base, d: 12, k: 4 });
    const { checks } = await runSteps(verifier!.check(params, claim, { full: false, fresh: false }));
    expect(checks.map((x) => x.ok)).toEqual([false, false, false]);
  });
});

describe("listed planes", () => {
  it("are certified by their Gram matrix, and verified by another route", async () => {
    for (const params of [{ d: 16, k: 4, count: 120 }, { d: 3, k: 2, count: 30, graph: "path" }, { n: 1, d: 2, k: 8, count: 9 }, { d: 40, k: 6, count: 200 }]) {
      const c = await certify(id, { ...base, ...params }, { seed: 4 });
      expect([c.gram.method, c.functions.count]).toEqual(["closed-form", `${params.count}`]);
      const lambda = c.gram.lambdaMax as number;
      expect(lambda).toBeGreaterThanOrEqual(1);
      expect(Math.abs(Number(c.dimension.spectral) - params.count / lambda)).toBeLessThan(1e-9 * params.count);
      expect(await failing(c)).toEqual([]);
      expect(formatCertificate(c)).toContain("from seed 4");
    }
  }); // prettier-ignore

  it("with a stronger claim than their matrix gives are refused", async () => {
    const c = await certify(id, { ...base, d: 10, k: 4, count: 60 });
    const { lambdaUpper, lambdaLower, maxAbsCorrelation } = c.evidence as Record<string, number>;
    for (const [evidence, check] of [
      [{ lambdaUpper: lambdaUpper * (1 - 1e-6), lambdaLower: lambdaLower * (1 - 2e-6) }, "largest eigenvalue"],
      [{ maxAbsCorrelation: maxAbsCorrelation * 0.99 }, "largest correlation"],
      [{ seed: 1 }, "largest correlation"],
      [{ maxAbsCorrelation: maxAbsCorrelation - 1e-10 }, "largest correlation"],
      [{ entryError: 1e-17 }, "entry error"],
      [{ lambdaLower: lambdaLower * (1 + 1e-6), lambdaUpper: lambdaUpper * (1 + 2e-6) }, "estimate from below"],
    ] as const)
      expect(await failing(forged(c, evidence))).toContain(check);
    expect(await failing(forged(c, {}, { count: 61 }))).not.toEqual([]);
    // weaker, and everything that depends on it changed with it: it may pass
    for (const weaker of [{ lambdaUpper: lambdaUpper * 1.1 }, { lambdaLower: lambdaLower * 0.9 }, { entryError: 1e-9 }])
      expect(await failing(forged(c, weaker))).toEqual([]);
  }); // prettier-ignore

  it("approach dim H_k from below as the list grows", async () => {
    for (const [d, k, dimension] of [[6, 2, 20], [4, 4, 25], [5, 4, 55]] as const) {
      expect(Number(harmonicDimension(d, k))).toBe(dimension);
      let before = 0;
      for (const order of [100, 700]) {
        const product = gramProduct(k, [{ correlation: 1, weight: 1 }], order);
        const gram = await runSteps(planeGram(product, d, order, (i) => listedPlane(d, 0, i)));
        const effective = order / rayleighEstimate(gram.matrix, order);
        expect(effective).toBeGreaterThan(before);
        expect(effective).toBeLessThan(1.05 * dimension);
        before = effective;
      }
      expect(before).toBeGreaterThan(0.7 * dimension);
    }
  }); // prettier-ignore
});

describe("the Gram matrix", () => {
  it("states errors that cover planes whose rows are off by rounding", () => {
    // rows perturbed by 1e-10 stand for rounding of that size: the correlation moves less than the bound scaled to it
    const k = 6;
    const product = polygonProduct(k);
    const d = 7;
    const [U, V] = [drawPlane(keyFor("U"), d), drawPlane(keyFor("V"), d)];
    const size = 1e-10;
    const moved = U.map((x, i) => x + size * Math.sin(3 * i));
    const unit = planeOf([...moved.subarray(0, d)], [...moved.subarray(d)], "moved");
    const [before, after] = [overlap(U, V), overlap(unit, V)].map((K) => product.value(...K));
    const change = Math.abs(after - before) / product.normSquared;
    expect(change).toBeGreaterThan(0);
    const scale = size / ((d + 4) * 2 ** -53);
    expect(change).toBeLessThan(correlationError(product, 1, d) * scale * Math.sqrt(d));
  });
});
