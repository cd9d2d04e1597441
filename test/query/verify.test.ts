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
