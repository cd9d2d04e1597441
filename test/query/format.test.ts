import { describe, expect, it } from "vitest";
import { certify, formatCertificate } from "../../src/family/certify.ts";
import { frameParity } from "../../src/family/frame-parity/index.ts";
import { upperLimit } from "../../src/numeric/confidence.ts";

describe("formatCertificate", () => {
  it("states queries, exactness, and what is not said", async () => {
    const c = await certify(
      "gnn-degree-parity",
      { n: 7, edges: "undirected", p: 0.5 },
      { tau: 0.9, rho: 0.85 },
    );
    const text = formatCertificate(c);
    // 0.81 * (6.04269 - 1 / 0.7225) = 3.77: at least 4
    expect(text).toContain("at least 4 queries of tolerance 0.9");
    expect(text).toContain("at least 6.04269 (proved, rounded down)");
    expect(text).toContain("does not say that gradient descent fails");
    // 0.81 * (0.5 * 6.04269 - 1 / 0.7225) = 1.33: at least 2
    expect(text).toContain("with probability 0.5 on a uniformly drawn member needs at least 2 queries");
    expect(text).not.toContain("vacuous");
  });

  it("says exact of a whole number only", async () => {
    expect(
      formatCertificate(await certify("frame-parity", frameParity.parse({ group: "cyclic:12", k: 4 }))),
    ).toContain("(exact)");
  });

  it("calls no bound exact, though it is a whole number or one cut off", async () => {
    const bound = await certify("gnn-hidden-plane", { n: 5, graph: "er:0.5", d: 16, k: 4 });
    expect(formatCertificate(bound)).toContain("at least 3740 (proved)");
    const cut = await certify("gnn-hidden-plane", { n: 1, d: 4000, k: 8 });
    expect(cut.dimension.spectral).toMatch(/^[0-9]{20,}$/);
    expect(formatCertificate(cut)).toContain(`${cut.dimension.spectral} (proved, rounded down)`);
  });

  it("states a limit of samples that no number of them reaches", async () => {
    const c = await certify("gnn-degree-parity", { n: 60 }, { samples: 100 });
    const [, most] = /no class gets a dimension above ([0-9.]+):/.exec(formatCertificate(c)) ?? [];
    // the fullest of 100 cells holds one graph at least
    const { delta } = c.evidence as { delta: number };
    expect(1 / upperLimit(1, 100, delta)).toBeLessThanOrEqual(Number(most));
    expect(Number(most)).toBeLessThan(1.001 / upperLimit(1, 100, delta));
  });

  it("says vacuous when rho is too small", async () => {
    const c = await certify(
      "gnn-degree-parity",
      { n: 7, edges: "undirected", p: 0.5 },
      { tau: 0.1, rho: 0.4 },
    );
    const text = formatCertificate(c);
    expect(c.statement).toMatchObject({ vacuous: true, queries: 0, log2Queries: null });
    expect(text).toContain("vacuous");
    expect(text).not.toContain("at least 0 queries");
    // 1 / sqrt(6.04269) = 0.4068
    expect(text).toContain("rho above 0.407");
  });

  it("states the confidence of a sampled bound", async () => {
    const c = await certify("gnn-degree-parity", { n: 18, edges: "undirected", p: 0.5 }, { samples: 2000 });
    expect(formatCertificate(c)).toContain("with confidence 0.99");
    expect(formatCertificate(c)).not.toContain("(exact)");
  });

  it("abbreviates huge counts", async () => {
    const c = await certify("gnn-degree-parity", { n: 200, edges: "directed", p: 0.5, window: 4 });
    expect(formatCertificate(c)).toContain("2^199 functions");
  });
});
