import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import type { Family } from "../../src/family/family.ts";
import { forgeries } from "../../src/family/forgeries.ts";
import { forgeryTrial } from "../../src/family/forgery-trial.ts";
import { certify, verify } from "../../src/family/certify.ts";
import { frameParity } from "../../src/family/frame-parity/index.ts";
import { honestCertificates } from "../query/honest.ts";

const take = <T>(from: Iterator<T>, count: number): T[] =>
  Array.from({ length: count }, () => from.next().value as T);

describe("forgeries", () => {
  it("of the same key are the same, differ from the honest document, and reach every part of it", async () => {
    const honest = await certify("gnn-degree-parity", { n: 6 });
    const text = JSON.stringify(honest);
    const forged = take(forgeries(honest, keyFor(1)), 2000);
    expect(take(forgeries(honest, keyFor(1)), 50)).toEqual(forged.slice(0, 50));
    const single = forged.filter((f) => f.kind === "field");
    for (const { document } of single) expect(JSON.stringify(document)).not.toBe(text);
    for (const part of Object.keys(honest))
      expect(single.some(({ change }) => change.startsWith(part)), part).toBe(true);
    expect(single.length).toBeGreaterThan(500);
    expect(forged.length - single.length).toBeGreaterThan(500);
  }); // prettier-ignore

  it("that are coherent agree in all fields: only the evidence's check can refuse them", async () => {
    const honest = await certify("frame-parity", { group: "cyclic:12", k: 4 });
    const coherent = take(forgeries(honest, keyFor(2)), 200).filter((f) => f.kind === "coherent");
    const limit = { seconds: 1.1, bytes: 1e9 };
    const verdicts = await Promise.allSettled(coherent.map(({ document }) => verify(document, { limit })));
    const routes = verdicts.flatMap((v) =>
      v.status === "fulfilled" && !v.value.valid ? [v.value.route] : [],
    );
    expect(routes.filter((r) => r === "fields recomputed from the evidence")).toEqual([]);
    expect(routes.filter((r) => r.includes("subsets")).length).toBeGreaterThan(10);
  });

  it("are refused or weaker, by a small trial over every kind", async () => {
    const result = await forgeryTrial(await honestCertificates(), {
      count: 120,
      seed: 5,
      limit: { seconds: 2, bytes: 1e9 },
    });
    expect([result.falseAccepted, result.crashes]).toEqual([[], []]);
    expect(result.refused + result.weaker + result.sharper).toBe(120);
  });

  it("are accepted by a verifier that believes everything, which the trial shows", async () => {
    const gullible: Family = {
      ...frameParity,
      id: "gullible",
      verifier: {
        wellFormed: () => [],
        *check() {
          yield { what: "looking away", done: 1, total: 1 };
          return { route: "none", checks: [] };
        },
      },
    } as Family; // prettier-ignore
    const certificate = await certify(gullible, { group: "cyclic:12", k: 4 });
    const { falseAccepted } = await forgeryTrial([{ certificate, family: gullible }], { count: 2000 });
    expect(falseAccepted.length).toBeGreaterThan(50);
    expect(falseAccepted.every((change) => change.includes("coherent"))).toBe(true);
  });

  it("are judged by their claims where the verifier is one of one's own", async () => {
    const honest = await Promise.all([
      certify("gnn-degree-parity", { n: 6 }),
      certify("frame-parity", { group: "cyclic:12", k: 4 }),
    ]);
    const { falseAccepted, weaker, refused } = await forgeryTrial(
      honest.map((certificate) => ({ certificate })),
      { count: 400, verifier: () => Promise.resolve(true) },
    );
    expect(refused).toBe(0);
    expect(falseAccepted.length).toBeGreaterThan(200);
    expect(weaker).toBeGreaterThan(40);
    expect(falseAccepted.some((change) => change.includes("field: dimension.spectral"))).toBe(true);
  });

  it("of empty records are no crash", async () => {
    const certificate = await certify("frame-parity", {
      group: "file:a",
      files: { a: { degree: 3, generators: [] } },
      k: 2,
    });
    expect(take(forgeries(certificate, keyFor(4)), 300)).toHaveLength(300);
  });
});
