/** What `verify` will not do, and how soon it says so. */

import { describe, expect, it } from "vitest";
import { certify, verify } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { certifyLabels } from "../../src/query/own-class/class-of-your-own.ts";
import { processorTime } from "../processor-time.ts";

describe("work", () => {
  it("that forged parameters ask for is not begun", async () => {
    const sets = await certify("frame-parity", { group: "cyclic:12", k: 4, frame: "sort-abs" });
    const planes = await certify("gnn-hidden-plane", { n: 1, d: 2, k: 32, count: 12 });
    const start = processorTime();
    const huge = await verify(forge(sets, {}, { group: "cyclic:1000000", k: 500_000 }));
    expect([huge.valid, huge.route]).toEqual([false, "form of the evidence"]);
    const digits = { subsets: `1${"0".repeat(20_000)}` };
    expect((await verify(forge(sets, digits, { group: "cyclic:1000000", k: 500_000 }))).valid).toBe(false);
    await expect(verify(forge(planes, {}, { count: 16_000 }))).rejects.toThrow(
      /verify: checking the evidence takes about .* minutes and .* GiB; allowed: 10 minutes and 2.0 GiB; add --yes/,
    );
    expect(processorTime() - start).toBeLessThan(5000);
  });

  it("has the limit that it is given", async () => {
    const c = await certify("frame-parity", { group: "cyclic:12", k: 4 });
    await expect(verify(c, { limit: { seconds: 0.1, bytes: 1e9 } })).rejects.toThrow(/verify: checking/);
    expect((await verify(c, { limit: { seconds: 10, bytes: 1e9 } })).valid).toBe(true);
  });
});

describe("parameters that cannot be built", () => {
  const files = (generators: number[][]) => ({ files: { a: { degree: 3, generators } } });
  it.each<[string, object, object]>([
    ["frame-parity", { group: "file:a", ...files([[1, 2, 0]]), k: 2 }, files([[1, 1, 0]])],
    ["frame-parity", { group: "file:a", ...files([[1, 2, 0]]), k: 2 }, files([[1, 2, 0, 3]])],
    ["frame-parity", { group: "cyclic:8", k: 2 }, { group: "file:absent" }],
    ["cnn-hidden-plane", { group: "cyclic:8", k: 4 }, { group: "symmetric:1000xsymmetric:1001" }],
    ["gnn-hidden-plane", { n: 2, d: 6, k: 4, count: 12 }, { graph: "er:1e-300" }],
    ["gnn-hidden-plane", { n: 3, d: 6, k: 4 }, { graph: { edges: [[0, 7]] } }],
  ])("make a certificate of %s that does not hold: %j, %j", async (id, params, otherwise) => {
    const honest = await certify(id, params);
    const { valid, checks } = await verify(forge(honest, {}, otherwise));
    expect(valid).toBe(false);
    expect(checks.some((c) => !c.ok && c.detail.length > 0)).toBe(true);
  });
});

describe("verification", () => {
  it("says how surely: checked, or sampled where the evidence is a sample", async () => {
    expect((await verify(await certify("gnn-degree-parity", { n: 6 }))).level).toBe("checked");
    expect((await verify(await certify("frame-parity", { group: "cyclic:8", k: 2 }))).level).toBe("checked");
    const labels = { functions: 2, samples: 4, values: Int8Array.of(1, -1, 1, 1, 1, 1, -1, 1) };
    expect((await verify(await certifyLabels(labels), { labels })).level).toBe("sampled");
  });

  it("draws nothing afresh where nothing is sampled", async () => {
    const exact = await certify("gnn-degree-parity", { n: 6 });
    await expect(verify(exact, { fresh: true })).rejects.toThrow(/--fresh: not read by/);
  });
});

describe("an absolute tolerance", () => {
  it("gives fewer queries where functions are short: tau / max ||f|| in place of tau", async () => {
    const params = { n: 1, d: 16, k: 4 };
    const [relative, absolute] = await Promise.all(
      [false, true].map((form) => certify("gnn-hidden-plane", params, { absolute: form })),
    );
    expect([relative, absolute].map((c) => c.statement.normalisation)).toEqual(["relative", "absolute"]);
    // ||F||^2 = 0.1167867 at k = 4
    const queries = (c: typeof relative): number => (Number(c.dimension.spectral) - 4) / 256;
    expect(relative.statement.queries).toBe(Math.floor(queries(relative)) + 1);
    expect(absolute.statement.queries).toBe(Math.floor(queries(absolute) / 0.1167867) + 1);
    for (const c of [relative, absolute]) expect((await verify(c)).valid).toBe(true);
    const mixed = { ...relative, statement: { ...relative.statement, normalisation: "absolute" } };
    expect((await verify(mixed)).valid).toBe(false);
  });

  it("on one node is that of F, whatever graph is named", async () => {
    const [named, plain] = await Promise.all(
      ["er:0.5", "complete"].map((graph) =>
        certify("gnn-hidden-plane", { n: 1, d: 16, k: 4, graph }, { absolute: true }),
      ),
    );
    expect(named.statement.queries).toBe(plain.statement.queries);
    expect((await verify(named)).valid).toBe(true);
  });

  it("of values whose squares leave the range of numbers is the safe one, or refused", async () => {
    const signs = Float64Array.of(1, -1, 1, 1, 1, 1, -1, 1);
    const scaled = (bound: number) => ({ functions: 2, samples: 4, values: signs.map((x) => x * bound) });
    const tiny = await certifyLabels(scaled(2e-200), { bound: 2e-200, absolute: true, tau: 1e-170 });
    expect((await verify(tiny, { labels: scaled(2e-200) })).valid).toBe(true);
    await expect(certifyLabels(scaled(2e200), { bound: 2e200, absolute: true })).rejects.toThrow(
      /--absolute: no bound on/,
    );
  });

  it("is refused where no bound on the norms is known", async () => {
    const params = { group: "cyclic:8", k: 2, frame: "sort-abs" };
    await expect(certify("frame-parity", params, { absolute: true })).rejects.toThrow(
      /--absolute: no bound on/,
    );
  });
});
