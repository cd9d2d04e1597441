/** The forgeries of issue 13 at their own size. */

import { expect, it } from "vitest";
import { certify, verify } from "../../../src/family/certify.ts";
import type { CountEvidence, SampleEvidence } from "../../../src/family/gnn-degree-parity/evidence.ts";
import { degreeParityLaw } from "../../../src/family/gnn-degree-parity/degree-law.ts";
import { upperLimit } from "../../../src/numeric/confidence.ts";
import { layerMoves, histogramIndex } from "../../../src/family/gnn-degree-parity/degree-histograms.ts";
import { forge } from "../../../src/family/forge.ts";
import { lowered, withCounts } from "./forged-counts.ts";

const id = "gnn-degree-parity";

it("n = 15, lowered along a subgroup of F_2^13 that five vectors span, does not verify by whatever amount", async () => {
  const c = await certify(id, { n: 15 });
  const { counts } = c.evidence as CountEvidence;
  const exact = counts.map(([v, text]): [number, bigint] => [v, BigInt(text)]);
  for (const part of [1n, 7n, 1000n]) {
    const document = forge(c, withCounts(lowered(15, exact, part)));
    expect(document.dimension.spectral).toBeGreaterThan(c.dimension.spectral as number);
    const { valid, checks } = await verify(document);
    expect(valid).toBe(false);
    expect(checks.filter((check) => !check.ok).map((check) => check.name)).toEqual(["counts"]);
  }
});

it("the seed ground for n = 16, p = .04 claims less than the truth, which is computed", async () => {
  const ground = await certify(id, { n: 16, p: 0.04 }, { samples: 1000, seed: 28_773, rho: 0.651 });
  const { likeliest, relativeError } = degreeParityLaw(16, 0.04);
  expect(relativeError).toBeLessThan(1e-11);
  const dimension = 1 / likeliest.probability;
  expect(Number(ground.dimension.spectral)).toBeLessThan(dimension);
  // the limit that ignores all other seeds claimed more than there is: one query where the bound is vacuous
  const { largestCount } = ground.evidence as SampleEvidence;
  expect(1 / upperLimit(largestCount, 1000, 0.01)).toBeGreaterThan(dimension);
});

it("fewer than 2^15 ways lead into a histogram at n = 17", () => {
  const index = histogramIndex(17);
  let most = 0;
  for (let t = 0; t < 17; t++) {
    const { targets, first, ways } = layerMoves(17, t, index);
    for (let i = 0; i < targets; i++)
      most = Math.max(
        most,
        ways.subarray(first[i], first[i + 1]).reduce((a, b) => a + b, 0),
      );
  }
  expect(most).toBeLessThan(2 ** 15);
});
