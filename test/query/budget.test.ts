import { describe, expect, it } from "vitest";
import { budget } from "../../src/family/budget.ts";
import { certify } from "../../src/family/certify.ts";
import { heldAgainst } from "../../src/query/budget.ts";
import { formatBudget } from "../../src/query/budget-text.ts";
import { compare, exactly, multiply, rational } from "../../src/numeric/rational.ts";

const certificate = certify(
  "gnn-degree-parity",
  { n: 7, edges: "undirected", p: 0.5 },
  { tau: 0.1, rho: 0.9 },
);
const dimension = 1 / 0.16548919677734375;

describe("budget", () => {
  it("is T P queries at sqrt(2 ln(2TP/delta) / B), against the bound at that tolerance", async () => {
    const b = await budget(await certificate, { steps: 4, parameters: 5, batch: 10_000, delta: 0.05 });
    expect(b.schema).toBe("equihard.budget/1");
    expect(b.queries).toBe(20);
    expect(b.standardError).toBe(0.01);
    // ln(2 * 20 / 0.05) = ln 800
    expect(b.tolerance).toBeCloseTo(0.01 * Math.sqrt(2 * Math.log(800)), 15);
    const bound = b.tolerance ** 2 * (dimension - 1 / 0.81);
    expect(b.certified).toEqual({
      tolerance: b.tolerance,
      rho: 0.9,
      queries: Math.floor(bound) + 1,
      vacuous: false,
    });
    // one answer: 1/B (d - 1/rho^2) = 0.0001 * 4.8
    expect(b.certifiedSingle).toEqual({ tolerance: 0.01, rho: 0.9, queries: 1, vacuous: false });
    expect(b.withinBound).toBe(false);
    expect(b.position).toBe("above");
    expect(formatBudget(b)).toContain("20 queries");
    expect(formatBudget(b)).toContain("exceeds the bound");
  });

  it("lies within the bound where T P is below it (directed, a large dimension, small batches)", async () => {
    const c = await certify(
      "gnn-degree-parity",
      { n: 30, edges: "directed", p: 0.5, window: 14 },
      { tau: 0.1, rho: 0.5 },
    );
    const b = await budget(c, { steps: 1, parameters: 1, batch: 64 });
    expect(Number(b.certified.queries)).toBeGreaterThan(100);
    expect(b.withinBound).toBe(true);
    expect(b.position).toBe("below");
    expect(heldAgainst(c, { steps: 1e6, parameters: 1e6, batch: 64 }).withinBound).toBe(false);
  });

  it("prints tolerances from above, and the confidence of a sampled dimension", async () => {
    const c = await certify("gnn-degree-parity", { n: 18 }, { samples: 1000, tau: 0.12344, rho: 0.9 });
    const text = formatBudget(heldAgainst(c, { steps: 10, parameters: 10 }));
    expect(text).toContain("The certificate, with confidence 0.99: at least ");
    expect(text).toContain("of tolerance 0.1235 ||f||");
    for (let batch = 1; batch < 60; batch++) {
      const b = heldAgainst(c, { steps: 10, parameters: 10, batch });
      const one = exactly(b.certifiedSingle!.tolerance);
      expect(compare(multiply(one, one), rational(1, batch))).toBeGreaterThanOrEqual(0);
      const [, shown] = /all of them at once within (\S+) but/.exec(formatBudget(b)) ?? [];
      expect(Number(shown)).toBeGreaterThanOrEqual(b.tolerance);
    }
  });

  it("says vacuous, and caps the tolerance at 1", async () => {
    const c = await certify(
      "gnn-degree-parity",
      { n: 3, edges: "undirected", p: 0.5 },
      { tau: 0.1, rho: 0.5 },
    );
    const b = await budget(c, { steps: 10, parameters: 10, batch: 1 });
    expect(b.certified).toEqual({ tolerance: 1, rho: 0.5, queries: 0, vacuous: true });
    expect(b.withinBound).toBe(false);
    expect(b.position).toBe("vacuous");
    expect(formatBudget(b)).toContain("vacuous");
    expect(b.notes.join(" ")).toContain("no guarantee");
  });

  it("prints products above 2^53 as strings", async () => {
    const b = await budget(await certificate, { steps: 2 ** 50, parameters: 2 ** 50, batch: 1 });
    expect(b.queries).toBe(`${2n ** 100n}`);
  });

  it("without a batch is compared at the certificate's own tolerance", async () => {
    const b = await budget(await certificate, { steps: 2, parameters: 3 });
    expect(b).toMatchObject({ batch: null, delta: null, standardError: null, tolerance: 0.1, certifiedSingle: null });
    expect(b.certified.queries).toBe((await certificate).statement.queries);
    expect(formatBudget(b)).toContain("certificate's own tolerance 0.1");
  }); // prettier-ignore

  it("of an absolute certificate says what that says, not what the same number says of ||f||", async () => {
    // a complete graph on 5 nodes: squared norms of about 4, so that an absolute tolerance is the harder one
    const params = { n: 5, graph: "complete", d: 16, k: 4 };
    const [absolute, relative] = await Promise.all(
      [true, false].map((is) => certify("gnn-hidden-plane", params, { absolute: is })),
    );
    const [a, r] = await Promise.all(
      [absolute, relative].map((c) => budget(c, { steps: 1, parameters: 10 })),
    );
    expect(a.certified.queries).toBe(absolute.statement.queries);
    expect(r.certified.queries).toBe(relative.statement.queries);
    expect(Number(a.certified.queries)).toBeLessThan(10);
    expect(Number(r.certified.queries)).toBeGreaterThan(10);
    expect([a.position, r.position]).toEqual(["above", "below"]);
    expect(formatBudget(a)).toContain("0.0625 (absolute)");
    expect(formatBudget(r)).toContain("0.0625 ||f||");
  });

  it("verifies first: a larger dimension with all that depends on it is refused", async () => {
    const c = await certificate;
    const options = { steps: 1, parameters: 1, batch: 1 };
    const forged = { ...c, dimension: { ...c.dimension, spectral: 85 } };
    await expect(budget(forged, options)).rejects.toThrow(/does not verify: dimension/);
    await expect(budget(c, options)).resolves.toMatchObject({ queries: 1 });
  });

  it("rejects what is no certificate and numbers out of range", async () => {
    const one = { steps: 1, parameters: 1, batch: 1 };
    await expect(budget({ schema: "other" }, one)).rejects.toThrow(/certificate/);
    const c = await certificate;
    await expect(budget({ ...c, extra: 1 }, one)).rejects.toThrow(/extra/);
    await expect(budget(c, { ...one, steps: 0 })).rejects.toThrow(/steps/);
    await expect(budget(c, { ...one, delta: 1 })).rejects.toThrow(/delta/);
    await expect(budget(c, { steps: 1, parameters: 1, delta: 0.1 })).rejects.toThrow(/--delta: not read by a budget without --batch/);
    await expect(budget(c, { ...one, ball: 1 })).rejects.toThrow(/--ball: not read by a budget without --noise/);
    await expect(budget(c, { ...one, noise: 1, ball: 1 })).rejects.toThrow(/no bound over a ball.*gnn-hidden-plane with --n 1/);
    await expect(budget(c, { ...one, noise: 0 })).rejects.toThrow(/noise/);
  }); // prettier-ignore
});
