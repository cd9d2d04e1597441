/** Blocks that offer sums against the same blocks without them. */

import { describe, expect, it } from "vitest";
import { keyFor, uniforms } from "../../../src/base/random.ts";
import { gaussian } from "../../../src/distribution/gaussian.ts";
import type { Samples } from "../../../src/distribution/law.ts";
import type { FunctionBlock, QueryBlock } from "../../../src/query/oracle/oracle.ts";
import { NotFinite, samplePopulation, type Population } from "../../../src/query/oracle/population.ts";
import { expectations, labelCorrelations } from "../../../src/query/oracle/summed.ts";
import { populationOracle } from "../../../src/query/oracle/target-oracle.ts";

const size = 3;
const sampled = samplePopulation(gaussian([size]), keyFor("population"), 1500);
const raw = uniforms(keyFor("weights"), new Float64Array(1500));
const total = raw.reduce((a, b) => a + b, 0);
const weighted: Population = { ...sampled, weights: raw.map((w) => w / total) };
const labels = Float64Array.from({ length: 1500 }, (_, x) => sampled.points.data[size * x] ** 2 - 0.7);

const powers = (power: number): FunctionBlock => ({
  count: size,
  on: ({ data, count }) =>
    Float32Array.from(
      { length: size * count },
      (_, at) => data[(at % count) * size + Math.floor(at / count)] ** power,
    ),
});
/** The coordinates of an example, their cubes beside. */
const plain: QueryBlock = { ...powers(1), free: powers(3) };
const sumsOf = ({ data }: Samples, factors: Float32Array, power: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) =>
    factors.reduce((sum, c, x) => sum + c * data[x * size + i] ** power, 0),
  );
const unneeded = () => Promise.reject(new Error("the values are not needed"));
const summing: QueryBlock = {
  count: size,
  on: unneeded,
  free: { count: size, on: unneeded },
  sums: (samples, { signal, share }) =>
    Promise.resolve({
      inner: sumsOf(samples, signal, 1),
      squares: sumsOf(samples, share, 2),
      free: sumsOf(samples, share, 3),
    }),
};

describe.each([
  ["uniform", sampled],
  ["weighted", weighted],
])("on a %s population", (_, population) => {
  const close = (a: Float64Array, b: Float64Array): void =>
    a.forEach((x, i) => expect(Math.abs(x - b[i])).toBeLessThan(1e-6)); // factors have 24 bits

  it("sums answer as values do", async () => {
    const [a, b] = [
      await labelCorrelations(population, summing, labels),
      await labelCorrelations(population, plain, labels),
    ];
    close(a.inner, b.inner);
    close(a.norms, b.norms);
    close(a.free!, await expectations(population, plain.free!));
    for (const seen of [b.inner, a.free!]) expect(Math.abs(seen[0])).toBeGreaterThan(1e-3); // there is something to miss
    const unlabelled = await labelCorrelations(population, summing, null);
    expect([unlabelled.norms, unlabelled.free]).toEqual([a.norms, a.free]);
  });

  it("an oracle tells what is asked beside, whichever way it comes by it", async () => {
    const oracle = populationOracle({ label: () => labels, signs: false }, population, { tolerance: 0, noise: "none", key: keyFor("noise") }); // prettier-ignore
    const [a, b] = [await oracle.correlations(summing), await oracle.correlations(plain)];
    expect(oracle.asked()).toBe(2 * size);
    close(a.values, b.values);
    close(a.free!, b.free!);
    expect((await oracle.correlations(powers(1))).free).toBeUndefined();
  });
});

it("sums that are not finite are no answer", async () => {
  for (const kind of ["inner", "squares", "free"]) {
    const sums: QueryBlock["sums"] = async (...given) => ({
      ...(await summing.sums!(...given)),
      [kind]: Float64Array.of(0, NaN, 1),
    });
    await expect(labelCorrelations(sampled, { ...summing, sums }, labels), kind).rejects.toThrow(NotFinite);
  }
});
