import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { certify, verify } from "../../src/family/certify.ts";
import { certificateLike, oddity, parseDocument, readCertificate } from "../../src/query/document.ts";

const schema = "equihard.certificate/1";

describe("documents of unknown origin", () => {
  it("are no certificates at all", async () => {
    for (const other of [
      undefined,
      null,
      5,
      "x",
      [],
      {},
      { schema: 1 },
      { schema: "equihard.gram/1" },
      { Schema: schema },
    ]) {
      expect(() => certificateLike(other)).toThrow(InputError);
      await expect(verify(other)).rejects.toThrow(InputError);
    }
    expect(() => parseDocument("{")).toThrow(/not JSON/);
    expect(parseDocument("[1]")).toEqual([1]);
  });

  it("are certificates that do not hold", async () => {
    const good = JSON.stringify(await certify("gnn-degree-parity", { n: 6 }));
    expect((await verify(parseDocument(good))).valid).toBe(true);
    const texts = [
      `{"schema":"${schema}"}`,
      good.replace('"tau":0.0625', '"tau":1e999'),
      good.replace('"tau":0.0625', '"tau":-0'),
      good.replace('"tau":0.0625', '"tau":"0.0625"'),
      good.replace('"tau":0.0625', '"tau":0.0625,"tau2":1'),
      good.replace('"likeliest":0', '"likeliest":-0'),
      good.replace('"bound":"spectral"', '"bound":"spectral","__proto__":{"vacuous":false}'),
      good.replace('"confidence":1', '"confidence":true'),
      good.replace('"confidence":1', '"confidence":[1]'),
      good.replace('"counts":[', `"counts":[${'[0,"5"],'.repeat(300_000)}`),
      good.replace('"counts":[', `"counts":[${"[".repeat(5000)}${"]".repeat(5000)},`),
      good.replace('"id":"gnn-degree-parity"', `"id":"${"x".repeat(1e6)}"`),
      good.replace('"count":"16"', `"count":"${"9".repeat(1e5)}"`),
      good.replace('"total":"32768"', '"total":"0"'),
      good.replace('"total":"32768"', '"total":"032768"'),
      good.replace('"total":"32768"', '"total":32768'),
      good.replace('"params":{"n":6', '"params":{"n":600'),
      good.replace('"params":{"n":6', '"params":{"n":6.5'),
      good.replace('"params":{"n":6', '"params":{"n":1e9'),
    ]; // prettier-ignore
    for (const text of texts) {
      expect(text).not.toBe(good);
      const result = await verify(parseDocument(text));
      expect(result.valid, text.slice(0, 200)).toBe(false);
      expect(result.checks.some((c) => !c.ok && c.detail.length < 1000)).toBe(true);
    }
    for (const value of [NaN, Infinity, 1n, () => 1, Symbol("x"), new Date(0)]) {
      const document = JSON.parse(good) as { confidence: unknown };
      document.confidence = value;
      expect((await verify(document)).valid).toBe(false);
    }
  });

  it("that say something twice are no certificates", async () => {
    const good = JSON.stringify(await certify("gnn-degree-parity", { n: 6 }));
    for (const [once, twice] of [
      ['"tau":0.0625', '"tau":0.0625,"tau":0.5'],
      ['"tau":0.0625', '"t\\u0061u":0.5,"tau":0.0625'],
      ['"confidence":1', '"confidence":1,"confidence":1'],
      ['"params":{', '"params":{"n":7,'],
    ])
      expect(() => parseDocument(good.replace(once, twice))).toThrow(/twice in one object/);
  });

  it("are read for their numbers by form alone", async () => {
    const good = JSON.parse(JSON.stringify(await certify("gnn-degree-parity", { n: 6 }))) as object;
    expect(readCertificate(good).dimension.spectral).toBeCloseTo(4.08, 2);
    expect(() => readCertificate({ ...good, extra: 1 })).toThrow(/extra/);
    expect(() => readCertificate({ schema })).toThrow(InputError);
  });

  it("show where they are odd", () => {
    expect(oddity({ a: [1, { b: -0 }] })).toBe("a.1.b: no plain number");
    expect(oddity({ a: [1, "x", null, true, {}] })).toBeUndefined();
  });
});
