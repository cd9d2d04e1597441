/** Blocks that offer sums against the same blocks without them. */

import { describe, expect, it } from "vitest";
import { keyFor, uniforms } from "../../../src/base/random.ts";
import { gaussian } from "../../../src/distribution/gaussian.ts";
import type { BlockSums, QueryBlock } from "../../../src/query/oracle/oracle.ts";
import { NotFinite, samplePopulation, type Population } from "../../../src/query/oracle/population.ts";
import { expectations, labelCorrelations, queryNorms } from "../../../src/query/oracle/summed.ts";

const size = 3;
const sampled = samplePopulation(gaussian([size]), keyFor("population"), 1500);
const raw = uniforms(keyFor("weights"), new Float64Array(1500));
const total = raw.reduce((a, b) => a + b, 0);
const weighted: Population = { ...sampled, weights: raw.map((w) => w / total) };
const labels = Float64Array.from({ length: 1500 }, (_, x) => sampled.points.data[size * x] ** 2 - 0.7);

/** The coordinates of an example. */
const plain: QueryBlock = {
  count: size,
  on: ({ data, count }) =>
    Float32Array.from(
      { length: size * count },
      (_, at) => data[(at % count) * size + Math.floor(at / count)],
    ),
};
const sumsOf =
  (power: number): BlockSums =>
  ({ data }, factors) =>
    Promise.resolve(
      Float64Array.from({ length: size }, (_, i) =>
        factors.reduce((sum, c, x) => sum + c * data[x * size + i] ** power, 0),
      ),
    );
const summing: QueryBlock = {
  count: size,
  on: () => Promise.reject(new Error("the values are not needed")),
  sums: sumsOf(1),
  squares: sumsOf(2),
};

describe.each([
  ["uniform", sampled],
  ["weighted", weighted],
])("on a %s population", (_, population) => {
  const close = (a: Float64Array, b: Float64Array): void =>
    a.forEach((x, i) => expect(Math.abs(x - b[i])).toBeLessThan(1e-6)); // factors have 24 bits

  it("sums answer as values do", async () => {
    close(await expectations(population, summing), await expectations(population, plain));
    close(await queryNorms(population, summing), await queryNorms(population, plain));
    const [a, b] = [
      await labelCorrelations(population, summing, labels),
      await labelCorrelations(population, plain, labels),
    ];
    close(a.inner, b.inner);
    close(a.norms, b.norms);
    expect(Math.abs(b.inner[0])).toBeGreaterThan(1e-3); // there is something to miss
  });
});

it("sums that are not finite are no answer", async () => {
  const broken: QueryBlock = { ...summing, sums: () => Promise.resolve(Float64Array.of(0, NaN, 1)) };
  await expect(expectations(sampled, broken)).rejects.toThrow(NotFinite);
  await expect(labelCorrelations(sampled, broken, labels)).rejects.toThrow(NotFinite);
});
