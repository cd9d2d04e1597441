import { expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { gaussian } from "../../../src/distribution/gaussian.ts";
import type { Samples } from "../../../src/distribution/law.ts";
import { oracleError } from "../../../src/query/oracle/check.ts";
import { samplePopulation } from "../../../src/query/oracle/population.ts";
import { populationOracle, samplingOracle } from "../../../src/query/oracle/target-oracle.ts";

const key = keyFor("oracle check");
const law = gaussian([3]);
const population = samplePopulation(law, key, 500);
const target = {
  label: ({ count, data }: Samples) => Float32Array.from({ length: count }, (_, i) => Math.sign(data[3 * i])),
  signs: true,
};
/** The coordinates, and a query that is 0. */
const block = {
  count: 4,
  on: ({ count, data }: Samples) =>
    Float32Array.from({ length: 4 * count }, (_, at) =>
      at < 3 * count ? data[3 * (at % count) + Math.floor(at / count)] : 0,
    ),
};

it("is rounding for an exact oracle, and within the tolerance for a noisy one, weighted or not", async () => {
  const exact = populationOracle(target, population, { tolerance: 0.1, noise: "none", key });
  expect(await oracleError(exact, target, population, block)).toBeLessThan(1e-6);
  const weights = Float64Array.from({ length: 500 }, (_, i) => (2 * i + 1) / 250_000);
  const weighted = { ...population, weights };
  const noisy = populationOracle(target, weighted, { tolerance: 0.1, noise: "uniform", key });
  const error = await oracleError(noisy, target, weighted, block);
  expect(error).toBeGreaterThan(0.01);
  expect(error).toBeLessThan(0.1 + 1e-6);
});

it("tells oracles that break their promise (negative controls)", async () => {
  const exact = populationOracle(target, population, { tolerance: 0.1, noise: "none", key });
  const liar = {
    correlations: async () => {
      const { values, norms } = await exact.correlations(block);
      return { values: values.map((v, i) => v + (i === 2 ? 0.2 : 0)), norms };
    },
  };
  expect(await oracleError(liar, target, population, block)).toBeCloseTo(0.2, 6);
  const other = { label: (s: Samples) => target.label(s).map((y) => -y) };
  expect(await oracleError(exact, other, population, block)).toBeGreaterThan(1);
  const sampled = samplingOracle(target, population, { law, batch: 10, key });
  expect(await oracleError(sampled, target, population, block)).toBeGreaterThan(0.01);
});
