import { describe, expect, it } from "vitest";
import { type Certificate } from "../../src/query/certificate.ts";
import { certify, verify } from "../../src/family/certify.ts";
import { expectAllRejected } from "./mutations.ts";

const id = "gnn-degree-parity";
describe("10,000 single-field mutations of valid certificates", () => {
  it("are all rejected", async () => {
    const certificates: Certificate[] = [
      await certify(id, { n: 6 }, { tau: 0.3, rho: 0.7 }),
      await certify(id, { n: 8, p: 0.3 }),
      await certify(id, { n: 11 }),
      await certify(id, { n: 4 }), // vacuous
      await certify(id, { n: 40, edges: "directed", window: 8 }),
      await certify(id, { n: 24 }, { samples: 500, seed: 5 }),
      await certify("gnn-hidden-plane", { n: 5, d: 30, k: 4, graph: "cycle" }),
      await certify("gnn-hidden-plane", { n: 3, d: 8, k: 2, graph: "er:0.5", count: 12 }, { seed: 3 }),
      await certify("gnn-hidden-plane", { n: 3, d: 6, k: 4, graph: { edges: [[0, 1]] }, count: 40 }),
      await certify("invariant-polynomial", { invariants: "hermite", variables: 20, degree: 3, terms: 3 }),
      await certify("frame-parity", { group: "cyclic:12", k: 4 }),
      await certify("frame-parity", { group: "symmetric:8xsymmetric:8", k: 6 }),
      await certify("frame-parity", { group: "cyclic:12", k: 4, frame: "sort-abs" }),
      await certify("cnn-hidden-plane", { group: "cyclic:16", k: 4 }),
      await certify("cnn-hidden-plane", { group: "cyclic:6", k: 4, columns: 2, count: 12 }),
    ];
    await expectAllRejected(certificates, (document) => verify(document));
  });
});

it("n = 16 is certified exactly on demand", async () => {
  const c = await certify(id, { n: 16 }, { exact: true });
  expect(c.gram.method).toBe("exact");
  expect((await verify(c)).valid).toBe(true);
});
