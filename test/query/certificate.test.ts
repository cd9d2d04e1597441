import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { type Certificate } from "../../src/query/certificate.ts";
import { certify, costOfCertificate, verify } from "../../src/family/certify.ts";

const id = "gnn-degree-parity";
const roundTrip = (c: Certificate): Certificate => JSON.parse(JSON.stringify(c)) as Certificate;

type Path = (string | number)[];
/** The places of all numbers and strings in a document. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([k, v]) =>
    leaves(v, [...path, Array.isArray(value) ? Number(k) : k]),
  );
}
function altered(document: Certificate, path: Path, change: (old: unknown) => unknown): unknown {
  const copy = roundTrip(document);
  let at = copy as unknown as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  const last = path[path.length - 1];
  at[last] = change(at[last]);
  return copy;
}
const changes: ((old: unknown) => unknown)[] = [
  (old) => (typeof old === "number" ? (old === 0 ? 1 : old * 1.001) : typeof old === "boolean" ? !old : old === null ? 1 : `1${String(old)}`), // prettier-ignore
  (old) => (typeof old === "number" ? old + 1 : typeof old === "boolean" ? null : old === null ? 0.5 : ""),
];

describe("certificates of gnn-degree-parity", () => {
  // enumeration over all graphs for n <= 7
  it.each([
    [3, 1 / 2],
    [4, 1 / 2],
    [5, 0.34375],
    [6, 0.2451171875],
    [7, 0.16548919677734375],
  ])("n = %i has largest parity vector probability %d", async (n, largest) => {
    const c = await certify(id, { n, edges: "undirected", p: 0.5 }, { tau: 0.25, rho: 0.75 });
    expect(c.evidence["maxParityVectorProbability"]).toBe(largest);
    expect(c.functions).toEqual({ count: `${2 ** (n - 2)}`, log2: n - 2 });
    expect(c.dimension.spectral as number).toBeLessThanOrEqual(1 / largest);
    expect(c.dimension.spectral as number).toBeCloseTo(1 / largest, 12);
    expect(c.gram.lambdaMax!).toBe(2 ** (n - 2) * largest);
    const bound = 0.0625 * (1 / largest - 16 / 9);
    expect(c.statement.queries).toBe(Math.floor(bound) + 1);
    expect(c.confidence).toBe(1);
    expect((await verify(roundTrip(c))).valid).toBe(true);
  });

  const small = [
    ["undirected", { n: 6, edges: "undirected", p: 0.5 }, {}],
    ["a general p", { n: 5, edges: "undirected", p: 0.3 }, {}],
    ["directed", { n: 8, edges: "directed", p: 0.4, window: 5 }, {}],
    ["sampled", { n: 16, edges: "undirected", p: 0.5 }, { samples: 1000, seed: 3 }],
  ] as const;

  it.each(small)("verify, and not with any altered number or word: %s", async (_name, params, options) => {
    const c = roundTrip(await certify(id, params, { tau: 0.3, rho: 0.7, ...options }));
    expect((await verify(c)).valid).toBe(true);
    const survivors: string[] = [];
    for (const path of leaves(c))
      for (const change of changes) {
        if (path[0] === "schema") continue;
        const document = altered(c, path, change);
        if ((await verify(document)).valid) survivors.push(path.join("."));
      }
    // tau and rho may change where everything that depends on them stays as it is
    expect(survivors.filter((p) => p !== "statement.tau" && p !== "statement.rho")).toEqual([]);
  });

  it("do not verify with a field missing or added", async () => {
    const c = roundTrip(await certify(id, { n: 5, edges: "undirected", p: 0.5 }));
    for (const key of Object.keys(c)) {
      if (key === "schema") continue;
      const { [key]: _gone, ...rest } = c as unknown as Record<string, unknown>;
      expect((await verify(rest)).valid).toBe(false);
    }
    expect((await verify({ ...c, note: 1 })).valid).toBe(false);
    expect((await verify({ ...c, evidence: { ...c.evidence, note: 1 } })).valid).toBe(false);
  });

  it.each([
    [id, { n: 6 }, { samples: 1000 }, "--samples: not read by .*; allowed: --exact"],
    [id, { n: 18 }, { samples: 1000, exact: true }, "--samples: not read"],
    [id, { n: 30, edges: "directed" }, { exact: true }, "--exact: not read"],
    [
      id,
      { n: 6 },
      { labels: { functions: 1, samples: 1, values: new Float64Array(1) } },
      "--labels: not read",
    ],
    ["cnn-hidden-plane", { group: "cyclic:16", k: 4 }, { samples: 1000 }, "--samples: not read"],
    ["gnn-hidden-plane", { n: 5, d: 16, k: 4, graph: "complete" }, { exact: true }, "--exact: not read"],
    ["frame-parity", { group: "cyclic:12", k: 4 }, { exact: true }, "--exact: not read"],
    ["invariant-polynomial", { variables: 20, degree: 3 }, { samples: 1000 }, "--samples: not read"],
  ])("refuse options that they do not read: %s %j %j", async (family, params, options, message) => {
    await expect(certify(family, params, options)).rejects.toThrow(new RegExp(message));
    expect(() => costOfCertificate(family, params, options)).toThrow(new RegExp(message));
  });

  it("are not verified against labels that their check would not look at", async () => {
    const labels = { functions: 1, samples: 1, values: new Float64Array(1) };
    await expect(verify(await certify(id, { n: 6 }, { exact: true }), { labels })).rejects.toThrow(
      /--labels: not read by the check of gnn-degree-parity/,
    );
  });

  it("verify with full", async () => {
    for (const [, params, options] of small)
      expect((await verify(roundTrip(await certify(id, params, options)), { full: true })).valid).toBe(true);
  });

  it("are told from other documents", async () => {
    for (const document of [null, 3, [], {}, { schema: "equihard.train/1" }])
      await expect((async () => verify(document))()).rejects.toThrow(InputError);
  });

  it("are sampled beyond n = 15: the limit holds for the exact law where that is known", async () => {
    const c = await certify(id, { n: 16, edges: "undirected", p: 0.5 }, { samples: 20_000 });
    expect(c.gram.method).toBe("monte-carlo");
    expect(c.confidence).toBe(0.99);
    const q = c.evidence["maxParityVectorProbability"] as number;
    // it is 61.0
    expect(1 / q).toBeGreaterThan(40);
    expect(1 / q).toBeLessThan(61.1);
    for (const samples of [3000, 1001, 100_000_000])
      await expect(certify(id, { n: 16 }, { samples })).rejects.toThrow(/1, 2 or 5 times a power of ten/);
  });

  it("leave lambdaMax open on overflow", async () => {
    const c = await certify(id, { n: 2000, edges: "directed", p: 0.5, window: 8 });
    expect(c.functions.log2).toBe(1999);
    expect(c.gram.lambdaMax).toBeNull();
    expect(Number(c.dimension.spectral)).toBeCloseTo(256, 0);
  });

  it("refuse unknown families and parameters out of range", async () => {
    await expect(certify("gnn", {})).rejects.toThrow(InputError);
    await expect(certify(id, { n: 2, edges: "undirected", p: 0.5 })).rejects.toThrow(/n/);
    await expect(certify(id, { n: 5, edges: "undirected", p: 0.5 }, { tau: 0 })).rejects.toThrow(/tau/);
    await expect(certify(id, { n: 5, edges: "directed", p: 0.5, window: 9 })).rejects.toThrow(/window/);
  });
});
