import { expect, it } from "vitest";
import { certify, verify } from "../../src/family/certify.ts";
import { forgeryTrial } from "../../src/family/forgery-trial.ts";
import { processorTime } from "../processor-time.ts";
import { groundCertificates, groundLaws } from "./ground.ts";
import { honestCertificates } from "./honest.ts";
import { slowestAllowed } from "./slowest.ts";

it("5,000 forged documents of all kinds: no false one is accepted, nothing crashes, none is slow", async () => {
  const count = 5000;
  const result = await forgeryTrial(await honestCertificates(), {
    count,
    seed: 2024,
    limit: { seconds: 10, bytes: 2 ** 30 },
    clock: processorTime,
  });
  const { falseAccepted, crashes, refused, weaker, sharper, slowest } = result;
  expect([falseAccepted, crashes]).toEqual([[], []]);
  expect(refused + weaker + sharper).toBe(count);
  // the forger reaches the evidence's own check: weaker claims are accepted
  expect(weaker).toBeGreaterThan(count / 50);
  expect(slowest.milliseconds, slowest.change).toBeLessThan(slowestAllowed.verify);
});

it("certificates of samples ground by seed or by edge probability verify, and claim less than the truth", async () => {
  const ground = await groundCertificates(300);
  for (const { certificate, dimension } of ground) {
    expect((await verify(certificate)).valid).toBe(true);
    expect(Number(certificate.dimension.spectral)).toBeLessThan(dimension);
  }
});

it("exact laws ground by what is moved along a subgroup claim more than is true, and none verifies", async () => {
  const { tries, claimed, dimension, accepted } = await groundLaws(12, 40);
  expect(claimed).toBeGreaterThan(1.1 * dimension);
  expect([tries, accepted]).toEqual([40, 0]);
});

it("n = 16 is certified exactly on demand", async () => {
  const c = await certify("gnn-degree-parity", { n: 16 }, { exact: true });
  expect(c.gram.method).toBe("exact");
  expect((await verify(c)).valid).toBe(true);
});
