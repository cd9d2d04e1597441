import { describe, expect, it } from "vitest";
import { certify } from "../../src/family/certify.ts";
import { formatCertificate } from "../../src/family/certificate-text.ts";
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
    expect(text).not.toMatch(/^vacuous/m);
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
    const text = formatCertificate(c);
    expect(text).toContain("with confidence 0.99");
    expect(text).not.toContain("(exact)");
    // no sentence that claims something leaves it out
    const claims = text.split("\n").filter((line) => line.includes("needs at least"));
    expect(claims.map((line) => line.startsWith("With confidence 0.99: "))).toEqual([true, true, true]);
  });

  it("says of other notions' sizes whether all digits are shown, and which say nothing", async () => {
    const text = formatCertificate(await certify("gnn-degree-parity", { n: 4 }));
    // 2.66666...
    expect(text).toContain("2.66666, exact, rounded down: D^2 / ||M||_F^2");
    expect(text.match(/ [01], vacuous lower bound: /g)).toHaveLength(4);
    const large = formatCertificate(await certify("frame-parity", { group: "cyclic:100", k: 40 }));
    expect(large).toMatch(/SQ dimension +\d\.\d\de\d\d, exact, rounded down/);
    expect(large).toMatch(/about 2\^\d+\.\d+ functions/);
    const whole = formatCertificate(await certify("frame-parity", { group: "cyclic:12", k: 4 }));
    expect(whole).toMatch(/SQ dimension +43, exact: /);
  });

  it("calls nothing exact or equal that is computed with an error or cut off", async () => {
    const cnn = formatCertificate(await certify("cnn-hidden-plane", { group: "cyclic:8", k: 4 }));
    expect(cnn.split("Any deterministic")[0]).not.toContain("exact");
    const c = await certify("gnn-degree-parity", { n: 30, edges: "directed", window: 6 });
    const [, most] = /a probability of at most ([0-9.e-]+)/.exec(formatCertificate(c)) ?? [];
    expect(Number(most)).toBeGreaterThanOrEqual(1 / Number(c.dimension.spectral));
  });

  it("names no rho at which the bound would speak where there is none below 1", async () => {
    // dimension 1.0003
    const c = await certify("gnn-degree-parity", { n: 6, p: 0.00001 });
    expect(Number(c.dimension.spectral)).toBeGreaterThan(1);
    expect(formatCertificate(c)).toContain("nor does it at any other up to 0.999");
  });

  it("abbreviates huge counts", async () => {
    const c = await certify("gnn-degree-parity", { n: 200, edges: "directed", p: 0.5, window: 4 });
    expect(formatCertificate(c)).toContain("2^199 functions");
  });
});
