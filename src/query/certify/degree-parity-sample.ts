/**
 * Evidence of `gnn-degree-parity` for larger undirected graphs: the largest number K of N sampled graphs with one parity
 * vector. The likeliest vector is one fixed vector whose count is at most K, so the one-sided Clopper-Pearson limit of
 * (K, N) bounds its probability with the stated confidence, without a union bound.
 */

import { reject } from "../../base/errors.ts";
import { keyFor } from "../../base/random.ts";
import { integer, z } from "../../base/schema.ts";
import { countCells, defaultSamples, sampleCells } from "../../distribution/degree-sample.ts";
import type { GraphLaw } from "../../distribution/erdos-renyi.ts";
import { lowerLimit, upperLimit } from "../../numeric/confidence.ts";
import type { Progress } from "../../numeric/progress.ts";
import { exactly, type Rational } from "../../numeric/rational.ts";
import type { Check, EvidenceOptions } from "./certifier.ts";

export const confidence = 0.99;

/** 8 bytes each. */
const largestSamples = 100_000_000;

export const schema = z.strictObject({
  kind: z.literal("sample"),
  seed: integer(0, Number.MAX_SAFE_INTEGER),
  samples: integer(1, largestSamples),
  /** Largest number of samples with one parity vector. */
  largestCount: integer(1, largestSamples),
  /** Upper confidence limit. */
  maxParityVectorProbability: z.number().check(z.gt(0), z.lte(1)),
});
export type SampleEvidence = z.output<typeof schema>;

const keyOf = ({ n, edges, p }: GraphLaw, seed: number) => keyFor(seed, "parity vectors", { n, edges, p });

export function* collect(
  law: GraphLaw,
  { seed, samples = defaultSamples(law) }: EvidenceOptions,
): Generator<Progress, SampleEvidence> {
  if (samples > largestSamples)
    reject({ where: "samples", what: `${samples} are too many`, allowed: `1 to ${largestSamples}` });
  const { largestCount } = countCells(yield* sampleCells(keyOf(law, seed), law, samples));
  return {
    kind: "sample",
    seed,
    samples,
    largestCount,
    maxParityVectorProbability: upperLimit(largestCount, samples, confidence),
  };
}

export const maximum = (e: SampleEvidence): Rational => exactly(e.maxParityVectorProbability);

/** So few hits that the limit lies more than twice above the observed share. */
export const limitedBySamples = (e: SampleEvidence): boolean =>
  e.maxParityVectorProbability > (2 * e.largestCount) / e.samples;

export function wellFormed(_law: GraphLaw, e: SampleEvidence): Check[] {
  const counts = e.largestCount <= e.samples;
  const limit = counts ? upperLimit(e.largestCount, e.samples, confidence) : 1;
  // the incomplete beta function's last digits may differ between engines
  const ok = counts && Math.abs(e.maxParityVectorProbability / limit - 1) <= 1e-12;
  return [{ name: "Clopper-Pearson limit", ok, detail: `${limit} for ${e.largestCount} of ${e.samples}` }];
}

/** Draws the samples again; with `full` also fresh ones, in which the same vector must not be too frequent. */
export function* check(
  law: GraphLaw,
  e: SampleEvidence,
  full: boolean,
): Generator<Progress, { route: string; checks: Check[] }> {
  const again = countCells(yield* sampleCells(keyOf(law, e.seed), law, e.samples));
  const checks: Check[] = [
    {
      name: "samples drawn again",
      ok: again.largestCount === e.largestCount,
      detail: `commonest of ${again.cells} vectors: ${again.largestCount} times`,
    },
  ];
  if (full) {
    const cells = yield* sampleCells(keyFor(e.seed, "fresh parity vectors", law), law, e.samples);
    const hits = cells.reduce((sum, cell) => sum + (cell === again.likeliest ? 1 : 0), 0);
    const low = lowerLimit(hits, e.samples, 1 - 1e-6);
    checks.push({
      name: "fresh samples",
      ok: low <= e.maxParityVectorProbability,
      detail: `the same vector came up ${hits} times, lower limit ${low}`,
    });
  }
  return { route: "the samples drawn again from the seed, the limit recomputed", checks };
}
