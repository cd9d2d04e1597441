/** The schemas that `schema` prints are those of real documents. */

import * as z from "zod/mini";
import { describe, expect, it } from "vitest";
import { documents, jsonSchema } from "../../src/cli/documents.ts";
import { certify, verify } from "../../src/family/certify.ts";

const fits = (name: string, document: unknown): boolean =>
  z.safeParse(documents[name].schema, document).success;
const without = (document: object, field: string): object =>
  Object.fromEntries(Object.entries(document).filter(([name]) => name !== field));

describe("every kind of document", () => {
  it.each(Object.keys(documents))("%s has a JSON Schema that says what it is", (name) => {
    const schema = JSON.parse(JSON.stringify(jsonSchema(name))) as Record<string, unknown>;
    expect(schema).toMatchObject({
      title: `equihard ${name}`,
      description: documents[name].what,
      type: "object",
    });
    expect(schema["$schema"]).toMatch(/2020-12/);
    const forms = (schema["anyOf"] ?? [schema]) as Record<string, object>[];
    for (const { properties } of forms) expect(Object.keys(properties).length).toBeGreaterThan(0);
  });
});

describe("real documents", () => {
  it("certificates, verifications and parameters fit, and not with a field less", async () => {
    const certificate = JSON.parse(JSON.stringify(await certify("gnn-degree-parity", { n: 6 }))) as object;
    const verification = JSON.parse(JSON.stringify(await verify(certificate))) as object;
    for (const [name, document, field] of [
      ["certificate", certificate, "digest"],
      ["verification", verification, "route"],
      ["parameters:cnn-hidden-plane", { group: "cyclic:8", k: 4 }, "k"],
      ["sweep", { family: "gnn-degree-parity", parameters: { n: { grid: [6, 7] } }, seeds: 3 }, undefined],
      ["hypergraph", { vertices: 3, edges: [[0, 1]] }, "edges"],
      ["curves", { id: "a", step: 1, loss: 0.5, accuracy: null }, "loss"],
    ] as const) {
      expect(fits(name, document), name).toBe(true);
      if (field !== undefined) expect(fits(name, without(document, field)), name).toBe(false);
      expect(fits(name, "text"), name).toBe(false);
    }
  });
});
