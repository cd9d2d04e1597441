import { expect, it } from "vitest";
import { certify, verify } from "../../src/family/certify.ts";

it("n = 15 is certified exactly and verified by its counts", async () => {
  const c = await certify("gnn-degree-parity", { n: 15, edges: "undirected", p: 0.5 });
  expect(c.gram.method).toBe("exact");
  // 47.2 of the design's mathematics
  expect(Number(c.dimension.spectral)).toBeCloseTo(47.2, 1);
  const document: unknown = JSON.parse(JSON.stringify(c));
  expect((await verify(document)).valid).toBe(true);
  expect((await verify(document, { full: true })).valid).toBe(true);
  // trade one graph between two vectors: every sum stays as it was
  const { counts } = c.evidence as { counts: [number, string][] };
  counts[5][1] = `${BigInt(counts[5][1]) + 1n}`;
  counts[6][1] = `${BigInt(counts[6][1]) - 1n}`;
  expect((await verify(c)).valid).toBe(false);
});
