import { expect, it } from "vitest";
import { certify, verify } from "../../src/family/certify.ts";
import { forgeryTrial } from "../../src/family/forgery-trial.ts";
import { honestCertificates } from "./honest.ts";

it("5,000 forged documents of all kinds: no false one is accepted, nothing crashes, none is slow", async () => {
  const count = 5000;
  const result = await forgeryTrial(await honestCertificates(), {
    count,
    seed: 2024,
    limit: { seconds: 10, bytes: 2 ** 30 },
  });
  const { falseAccepted, crashes, refused, weaker, sharper, slowest } = result;
  expect([falseAccepted, crashes]).toEqual([[], []]);
  expect(refused + weaker + sharper).toBe(count);
  // the forger reaches the evidence's own check: weaker claims are accepted
  expect(weaker).toBeGreaterThan(count / 50);
  expect(slowest.milliseconds, slowest.change).toBeLessThan(60_000);
});

it("n = 16 is certified exactly on demand", async () => {
  const c = await certify("gnn-degree-parity", { n: 16 }, { exact: true });
  expect(c.gram.method).toBe("exact");
  expect((await verify(c)).valid).toBe(true);
});
