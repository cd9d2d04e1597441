import { expect, it } from "vitest";
import { certify, verify } from "../../src/family/certify.ts";

it("n = 15 is certified exactly and verified by its coefficients", async () => {
  const c = await certify("gnn-degree-parity", { n: 15, edges: "undirected", p: 0.5 });
  expect(c.gram.method).toBe("exact");
  // 47.2 of the design's mathematics
  expect(Number(c.dimension.spectral)).toBeCloseTo(47.2, 1);
  const document: unknown = JSON.parse(JSON.stringify(c));
  expect((await verify(document)).valid).toBe(true);
  expect((await verify(document, { full: true })).valid).toBe(true);
  const { law } = c.evidence as { law: [number, number][] };
  // trade probability between two vectors: every sum stays as it was
  law[5][1] += 1e-9;
  law[6][1] -= 1e-9;
  expect((await verify(c)).valid).toBe(false);
});
