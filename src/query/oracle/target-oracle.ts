/** Oracles of one hidden target: exact or noisy for a finite population, or honest averages over fresh samples. */

import { reject, requireChoice } from "../../base/errors.ts";
import { foldIn, stream, type Key, type Stream } from "../../base/random.ts";
import type { Law, Samples } from "../../distribution/law.ts";
import { oracleOf, type Oracle } from "./oracle.ts";
import { samplePopulation, type Population } from "./population.ts";
import { expectations, labelCorrelations } from "./summed.ts";

/** What an oracle knows of its target. */
export interface HiddenTarget {
  label(samples: Samples): ArrayLike<number>;
  /** Labels are +-1. */
  readonly signs: boolean;
}

/** Errors added to true answers, in units of the tolerance: independent of each other, never above it. */
export const noises = {
  none: (): number => 0,
  uniform: (s: Stream): number => 2 * s.uniform() - 1,
  /** Standard deviation half the tolerance, redrawn until it is within. */
  gaussian: (s: Stream): number => {
    for (;;) {
      const z = s.normal() / 2;
      if (Math.abs(z) <= 1) return z;
    }
  },
} as const;
/** The name of one of these. */
export type Noise = keyof typeof noises;

/**
 * Answers for the population's law: the truth plus noise within the tolerance. `none` makes it exact, whatever
 * tolerance it states.
 */
export function populationOracle(
  target: HiddenTarget,
  population: Population,
  { tolerance, noise, key }: { tolerance: number; noise: Noise; key: Key },
): Oracle {
  requireChoice(noise, Object.keys(noises), "oracle: noise");
  const labels = target.label(population.points);
  const errors = stream(key);
  return oracleOf({
    tolerance,
    signs: target.signs,
    async respond(block, scale) {
      const { inner, ...rest } = await labelCorrelations(population, block, labels);
      const error = (q: number): number =>
        tolerance * noises[noise](errors) * (scale === "norm" ? rest.norms[q] : 1);
      return { ...rest, inner: inner.map((x, q) => x + error(q)) };
    },
    expectations: (block) => expectations(population, block),
  });
}

/**
 * Averages over `batch` fresh samples, new ones for every block. They keep no promise: the stated tolerance 1 /
 * sqrt(batch) is the standard error of an answer for labels +-1. Norms and label-free expectations are those of the
 * population.
 * @throws InputError for a batch that is no positive integer
 */
export function samplingOracle(
  target: HiddenTarget,
  population: Population,
  { law, batch, key }: { law: Law; batch: number; key: Key },
): Oracle {
  if (!Number.isSafeInteger(batch) || batch < 1)
    reject({ where: "samplingOracle", what: `batch is ${batch}`, allowed: "an integer, at least 1" });
  let blocks = 0;
  return oracleOf({
    tolerance: 1 / Math.sqrt(batch),
    signs: target.signs,
    async respond(block) {
      const fresh = samplePopulation(law, foldIn(key, blocks++), batch);
      const { inner } = await labelCorrelations(fresh, block, target.label(fresh.points));
      return { ...(await labelCorrelations(population, block, null)), inner };
    },
    expectations: (block) => expectations(population, block),
  });
}
