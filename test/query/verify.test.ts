import { describe, expect, it } from "vitest";
import { certify, verify } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";

const id = "gnn-degree-parity";
describe("another statement of the same evidence", () => {
  it("passes if it is the one that follows, and not if it is stronger", async () => {
    const c = await certify(id, { n: 100, edges: "directed" });
    const weaker = forge(c, {}, {}, { tau: c.statement.tau / 2, rho: c.statement.rho });
    expect(weaker.statement.queries as number).toBeLessThan(c.statement.queries as number);
    expect((await verify(weaker)).valid).toBe(true);
    const stronger = { ...weaker, statement: { ...weaker.statement, queries: c.statement.queries } };
    expect((await verify(stronger)).valid).toBe(false);
    const less = { ...c, statement: { ...c.statement, queries: 1, log2Queries: 0 } };
    expect((await verify(less)).valid).toBe(false);
  });
});

it("a certificate of an earlier version is told to be one", async () => {
  const { statement, ...rest } = await certify(id, { n: 6 });
  const { normalisation: _n, space: _s, class: _c, members: _m, training: _t, ...old } = statement;
  const { valid, checks } = await verify({ ...rest, statement: old });
  expect(valid).toBe(false);
  expect(checks[0].detail).toMatch(/^written by an earlier version, .* certify again$/);
  const damaged = { ...rest, statement: { ...old, class: "something" } };
  expect((await verify(damaged)).checks[0].detail).toMatch(/missing/);
});
