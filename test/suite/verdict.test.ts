/** Verdicts against certificate and budget. */

import { describe, expect, it } from "vitest";
import { against, type Held, type Needed } from "../../src/suite/verdict.ts";
import { labelsOf, score, sourceOf, standings } from "../../src/suite/score.ts";

const needed: Needed = { queries: "26", tau: 1 / 16, rho: 0.5, vacuous: false, model: "CSQ" };
const held = (position: Held["position"]): Held => ({
  queries: 20,
  tolerance: 1 / 16,
  certified: { tolerance: 1 / 16, rho: 0.5, queries: 26, vacuous: false },
  position,
});

describe("a verdict against certificate and budget", () => {
  it("says nothing without a certificate, and what a certificate alone says", () => {
    expect(against("learned", null, null)).toBeNull();
    expect(against("learned", { ...needed, vacuous: true }, held("below"))).toMatch(/vacuous/);
    expect(against("at chance", needed, null)).toMatch(/need 26 queries of tolerance 0.0625 .* --steps/);
  });

  it("tells the four cases apart", () => {
    expect(against("learned", needed, held("below"))).toMatch(/20 queries are fewer than the 26 .*more than corr/);
    expect(against("partly", needed, held("above"))).toMatch(/not fewer than .*may have been enough/);
    expect(against("at chance", needed, held("below"))).toMatch(/leads to expect/);
    expect(against("at chance", needed, held("above"))).toMatch(/does not explain the failure/);
  });

  it("holds a training's T P against the certificate of the entry", async () => {
    const task = { family: "gnn-hidden-plane", params: { n: 1, d: 16, k: 4 }, easy: false, seed: 0, test: 200 };
    const source = sourceOf(task);
    const labels = labelsOf(source, 200);
    const few = await score("x", task, labels, { steps: 5, parameters: 4 });
    expect(few.certificate?.vacuous).toBe(false);
    expect(few.budget).toMatchObject({ queries: 20, position: "below" });
    expect([few.verdict, few.against]).toEqual(["learned", expect.stringMatching(/more than correlations/)]);
    const many = await score("x", task, new Float32Array(200), { steps: 1e6, parameters: 1e6 });
    expect([many.verdict, many.budget?.position]).toEqual(["at chance", "above"]);
    const constant = { family: "gnn-degree-parity", params: { n: 6 }, easy: true, seed: 0, test: 200 };
    const same = await score("gnn-degree-parity.n6.easy", constant, labelsOf(sourceOf(constant), 200));
    expect([same.verdict, standings([same])]).toEqual(["constant target", []]);
    const twin = await score("x", { ...task, easy: true }, new Float32Array(200));
    expect([twin.certificate, twin.budget, twin.against]).toEqual([null, null, null]);
    expect(few.baseline.loss).toBeGreaterThan(0);
  });
}); // prettier-ignore
